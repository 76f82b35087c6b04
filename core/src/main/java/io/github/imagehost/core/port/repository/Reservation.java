package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.ObjectKey;

/**
 * The right to store the object of one blob, for a limited time; to bring a missing one back, until somebody has.
 *
 * @param blobId the repository's own number of the blob
 * @param objectKey where the object goes: the request's key, or, if the object is missing, the key of that one
 * @param missing whether the blob is stored, and the store has lost its object, which is to be brought back
 * @param request what it was reserved for
 * @param <R> the request
 */
public record Reservation<R extends ClaimRequest>(long blobId, ObjectKey objectKey, boolean missing, R request) {}
