package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images of a list to read; whatever is null does not matter.
 *
 * @param needle bytes that stand in the folded name
 * @param named ids of images that need not have them there
 * @param uploadedBefore exclusive
 */
@SuppressWarnings("ArrayRecordComponent") // is a parameter, never compared
public record FilterSelection(
        byte @Nullable [] needle,
        List<Long> named,
        @Nullable String filename,
        @Nullable String mimeType,
        @Nullable Long minSize,
        @Nullable Long maxSize,
        @Nullable Instant uploadedFrom,
        @Nullable Instant uploadedBefore,
        @Nullable Digest digest) {

    /** Whether everything is wanted. */
    public boolean isAll() {
        return needle == null && !isExact() && !hasType() && !hasSize() && !hasTime();
    }

    /** Whether one image can be wanted at the most. */
    public boolean isExact() {
        return filename != null || digest != null;
    }

    public boolean hasType() {
        return mimeType != null;
    }

    public boolean hasSize() {
        return minSize != null || maxSize != null;
    }

    public boolean hasTime() {
        return uploadedFrom != null || uploadedBefore != null;
    }

    /** Nothing of it but the type. */
    public FilterSelection typeOnly() {
        return new FilterSelection(null, List.of(), null, mimeType, null, null, null, null, null);
    }

    /** Nothing of it but the size. */
    public FilterSelection sizeOnly() {
        return new FilterSelection(null, List.of(), null, null, minSize, maxSize, null, null, null);
    }

    /** Nothing of it but the time. */
    public FilterSelection timeOnly() {
        return new FilterSelection(null, List.of(), null, null, null, null, uploadedFrom, uploadedBefore, null);
    }
}
