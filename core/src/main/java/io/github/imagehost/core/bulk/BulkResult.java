package io.github.imagehost.core.bulk;

import io.github.imagehost.core.model.Image;
import java.util.Optional;

/**
 * What became of an item.
 *
 * @param outcome in one word
 * @param bytesRead how many bytes the item has
 * @param bytesStored how many bytes the store has more now
 * @param bytesSaved how many bytes it would have more if duplicates were stored, too
 * @param remark why it was refused, or what else is to be known
 * @param image the image that shows the item now; empty if there is none, or if it was an earlier run that made it
 * @param cause what was thrown; empty if nothing was, or if it was in an earlier run
 */
public record BulkResult(
        Outcome outcome,
        long bytesRead,
        long bytesStored,
        long bytesSaved,
        Optional<Remark> remark,
        Optional<Image> image,
        Optional<Exception> cause) {

    /** What can become of an item. */
    public enum Outcome {
        /** It has an image that there was not before. */
        NEW,
        /** It has the image of another item with the same bytes, or one that was there before. */
        DUPLICATE,
        /** It was taken over before; nothing was done. */
        KNOWN,
        /** It has no image, and will not have one as long as it and the settings are as they are. */
        REFUSED,
        /** It has no image, but may get one in a later run. */
        FAILED
    }

    /**
     * What is to be known of an item.
     *
     * @param code what programs tell remarks apart by, in lower case with underscores
     * @param message one sentence for people
     */
    public record Remark(String code, String message) {}

    /** The item has a new image. */
    public static BulkResult added(long bytesRead, long bytesStored, Optional<Image> image) {
        return new BulkResult(Outcome.NEW, bytesRead, bytesStored, 0, Optional.empty(), image, Optional.empty());
    }

    /** The item has an image that is there already, or will be. */
    public static BulkResult duplicate(long bytesRead, long bytesSaved, Optional<Image> image) {
        return new BulkResult(Outcome.DUPLICATE, bytesRead, 0, bytesSaved, Optional.empty(), image, Optional.empty());
    }

    /** The item was taken over before. */
    public static BulkResult known() {
        return new BulkResult(Outcome.KNOWN, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The item can't be taken. */
    public static BulkResult refused(String code, String message) {
        return without(Outcome.REFUSED, new Remark(code, message), Optional.empty());
    }

    /** The item can't be taken, because of this. */
    public static BulkResult refused(String code, Exception cause) {
        return without(Outcome.REFUSED, new Remark(code, textOf(cause)), Optional.of(cause));
    }

    /** The item could not be taken now, because of this. */
    public static BulkResult failed(Exception cause) {
        return new BulkResult(Outcome.FAILED, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.of(cause));
    }

    /** The same with something that is to be known. */
    public BulkResult with(Remark newRemark) {
        return new BulkResult(outcome, bytesRead, bytesStored, bytesSaved, Optional.of(newRemark), image, cause);
    }

    private static BulkResult without(Outcome outcome, Remark remark, Optional<Exception> cause) {
        return new BulkResult(outcome, 0, 0, 0, Optional.of(remark), Optional.empty(), cause);
    }

    private static String textOf(Exception exception) {
        return Optional.ofNullable(exception.getMessage())
                .orElseGet(() -> exception.getClass().getSimpleName());
    }
}
