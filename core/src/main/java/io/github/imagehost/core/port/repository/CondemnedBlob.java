package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.ObjectKey;

/**
 * A blob nobody may attach to any more and whose object is to be deleted.
 *
 * @param blobId the repository's own number of the blob
 * @param objectKey where the object lies, if there is one
 * @param settled whether the quarantine was over when this was read: no request can be under way any more that would
 *     store the object, so that once it is deleted it stays deleted
 */
public record CondemnedBlob(long blobId, ObjectKey objectKey, boolean settled) {}
