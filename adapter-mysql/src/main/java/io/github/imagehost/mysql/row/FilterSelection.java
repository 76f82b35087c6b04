package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which images of a list to read; whatever is null does not matter.
 *
 * @param uploadedBefore exclusive
 */
public record FilterSelection(
        @Nullable String filename,
        @Nullable String mimeType,
        @Nullable Long minSize,
        @Nullable Long maxSize,
        @Nullable Instant uploadedFrom,
        @Nullable Instant uploadedBefore,
        @Nullable Digest digest) {

    /** Whether everything is wanted. */
    public boolean isAll() {
        return filename == null
                && mimeType == null
                && minSize == null
                && maxSize == null
                && uploadedFrom == null
                && uploadedBefore == null
                && digest == null;
    }
}
