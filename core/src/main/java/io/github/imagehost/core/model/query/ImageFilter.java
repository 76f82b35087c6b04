package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What images have in common that are looked for; all of it has to hold. Start with {@link #ALL} and narrow it with the
 * other methods, each of which returns a new filter.
 *
 * @param text finds them
 * @param filename the name in the link, exactly
 * @param type the format
 * @param minSize the least number of bytes
 * @param maxSize the largest number of bytes
 * @param uploadedFrom the earliest upload
 * @param uploadedBefore before the last upload, exclusive
 * @param digest the SHA-256 of the bytes as they were uploaded
 * @param visibility who may see them
 * @param album the id of an album of the same owner that they are in; none are in any other
 * @param tag that they have
 */
public record ImageFilter(
        SearchText text,
        Optional<String> filename,
        Optional<ImageType> type,
        Optional<Long> minSize,
        Optional<Long> maxSize,
        Optional<Instant> uploadedFrom,
        Optional<Instant> uploadedBefore,
        Optional<Digest> digest,
        Optional<Visibility> visibility,
        Optional<Long> album,
        Optional<Tag> tag) {

    /** Lets every image through. */
    public static final ImageFilter ALL = new ImageFilter(
            SearchText.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public ImageFilter {
        if (minSize.isPresent() && maxSize.isPresent() && minSize.get() > maxSize.get()) {
            throw new IllegalArgumentException(
                    "No size is at least " + minSize.get() + " and at most " + maxSize.get() + " bytes");
        }
        if (uploadedFrom.isPresent()
                && uploadedBefore.isPresent()
                && !uploadedFrom.get().isBefore(uploadedBefore.get())) {
            throw new IllegalArgumentException(
                    "No time is from " + uploadedFrom.get() + " on and before " + uploadedBefore.get());
        }
    }

    /** The same filter for images that this text {@linkplain SearchText finds}. */
    public ImageFilter text(String newText) {
        return with(parts -> parts.text = new SearchText(newText));
    }

    /** The same filter for the image with this name in its link. */
    public ImageFilter filename(String newFilename) {
        return with(parts -> parts.filename = Optional.of(newFilename));
    }

    /** The same filter for images of this format. */
    public ImageFilter type(ImageType newType) {
        return with(parts -> parts.type = Optional.of(newType));
    }

    /**
     * The same filter for images of at least so many bytes.
     *
     * @throws IllegalArgumentException if none is left by that
     */
    public ImageFilter minSize(long bytes) {
        return with(parts -> parts.minSize = Optional.of(bytes));
    }

    /**
     * The same filter for images of at most so many bytes.
     *
     * @throws IllegalArgumentException if none is left by that
     */
    public ImageFilter maxSize(long bytes) {
        return with(parts -> parts.maxSize = Optional.of(bytes));
    }

    /**
     * The same filter for images that were uploaded at this time or later.
     *
     * @throws IllegalArgumentException if none is left by that
     */
    public ImageFilter uploadedFrom(Instant time) {
        return with(parts -> parts.uploadedFrom = Optional.of(time));
    }

    /**
     * The same filter for images that were uploaded before this time.
     *
     * @throws IllegalArgumentException if none is left by that
     */
    public ImageFilter uploadedBefore(Instant time) {
        return with(parts -> parts.uploadedBefore = Optional.of(time));
    }

    /** The same filter for images of this content. */
    public ImageFilter digest(Digest newDigest) {
        return with(parts -> parts.digest = Optional.of(newDigest));
    }

    /** The same filter for images that these people may see. */
    public ImageFilter visibility(Visibility newVisibility) {
        return with(parts -> parts.visibility = Optional.of(newVisibility));
    }

    /**
     * The same filter for images in an album.
     *
     * @param id of an album of the same owner; none are in any other
     */
    public ImageFilter album(long id) {
        return with(parts -> parts.album = Optional.of(id));
    }

    /** The same filter for images with this tag. */
    public ImageFilter tag(Tag newTag) {
        return with(parts -> parts.tag = Optional.of(newTag));
    }

    private ImageFilter with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.filter();
    }

    /** What a filter consists of, while one of it is changed. */
    private static final class Parts {

        private SearchText text;
        private Optional<String> filename;
        private Optional<ImageType> type;
        private Optional<Long> minSize;
        private Optional<Long> maxSize;
        private Optional<Instant> uploadedFrom;
        private Optional<Instant> uploadedBefore;
        private Optional<Digest> digest;
        private Optional<Visibility> visibility;
        private Optional<Long> album;
        private Optional<Tag> tag;

        Parts(ImageFilter filter) {
            this.text = filter.text;
            this.filename = filter.filename;
            this.type = filter.type;
            this.minSize = filter.minSize;
            this.maxSize = filter.maxSize;
            this.uploadedFrom = filter.uploadedFrom;
            this.uploadedBefore = filter.uploadedBefore;
            this.digest = filter.digest;
            this.visibility = filter.visibility;
            this.album = filter.album;
            this.tag = filter.tag;
        }

        ImageFilter filter() {
            return new ImageFilter(
                    text,
                    filename,
                    type,
                    minSize,
                    maxSize,
                    uploadedFrom,
                    uploadedBefore,
                    digest,
                    visibility,
                    album,
                    tag);
        }
    }
}
