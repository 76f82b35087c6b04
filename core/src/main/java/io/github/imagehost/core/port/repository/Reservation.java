package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.ObjectKey;

/**
 * The right to store the object of one blob, for a limited time.
 *
 * @param blobId the repository's own number of the blob
 * @param objectKey where the object goes: the request's key, or, if the blob's object is
 *     {@linkplain BlobEntry.State#MISSING missing}, the key of that object
 * @param request what it was reserved for
 * @param <R> the request
 */
public record Reservation<R extends ClaimRequest>(long blobId, ObjectKey objectKey, R request) {}
