package io.github.imagehost.core.intake;

import com.google.common.base.Throwables;
import io.github.imagehost.core.decoding.DecodingOverdueException;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.decoding.StopSignal;
import io.github.imagehost.core.decoding.StoppableSource;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.ImageWalker;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Looks at refused files once more: whether they lack nothing but their end. The codes of a JPEG are read for that,
 * which is as dear as decoding it, so it happens within the same limits, in the threads of the {@link PixelCheck}. Safe
 * for use by many threads.
 */
final class SecondLook {

    private static final int JPEG_SIGNATURE = 0xffd8;

    private final UploadPolicy policy;
    private final PixelCheck pixelCheck;

    /** @param pixelCheck whose threads, places and memory it uses; stays open */
    SecondLook(UploadPolicy policy, PixelCheck pixelCheck) {
        this.policy = policy;
        this.pixelCheck = pixelCheck;
    }

    /**
     * Finds the picture in a file.
     *
     * @param content if nobody waits for the look any more, that may read it until it is closed
     * @param requester who waits for the answer
     * @return empty if more is wrong with the file than its end, or it takes too long to find out: what the first look
     *     has found is true of it in any case
     * @throws IntakeBusyException if too many others are looked at for too long, or there is no memory
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws SpoolException if the content can't be read
     */
    Optional<WalkedImage> at(SpooledContent content, Requester requester) {
        try {
            return pixelCheck.run(cost(content), requester, signal -> walk(content, signal));
        } catch (DecodingOverdueException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwables.throwIfUnchecked(Objects.requireNonNullElse(e.getCause(), e));
            throw new IllegalStateException("A second look at a picture failed in an unknown way", e);
        }
    }

    private DecodingCost cost(SpooledContent content) {
        try (InputStream in = content.open()) {
            boolean isJpeg = (in.read() << Byte.SIZE | in.read()) == JPEG_SIGNATURE;
            return isJpeg ? DecodingCost.ofCodes(policy.limits()) : DecodingCost.ofWalk(content.size());
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }

    private Optional<WalkedImage> walk(SpooledContent content, StopSignal signal) {
        try {
            return ImageWalker.walkWithoutEnd(
                    new StoppableSource(content, signal), policy.limits(), policy.metadata(), signal::check);
        } catch (MalformedImageException | ImageLimitException e) {
            // the first look has said what is wrong
            return Optional.empty();
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }
}
