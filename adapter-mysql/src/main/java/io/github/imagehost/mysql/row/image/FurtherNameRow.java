package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;
import org.jspecify.annotations.Nullable;

/** A further name of an image, with what is known of the object that it came with. */
public record FurtherNameRow(
        long ownerId,
        long imageId,
        String filename,
        @Nullable Long formerId,
        String objectKey,
        Digest storedDigest,
        long storedSize) {}
