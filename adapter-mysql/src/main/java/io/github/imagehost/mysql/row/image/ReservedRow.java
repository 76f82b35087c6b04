package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;

/**
 * A reserved blob.
 *
 * @param nameUsed whether something has or had its key as a filename, so that no image can be made of it
 */
public record ReservedRow(long blobId, String objectKey, Digest digest, boolean nameUsed) {}
