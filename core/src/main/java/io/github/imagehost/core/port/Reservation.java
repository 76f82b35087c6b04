package io.github.imagehost.core.port;

/**
 * The right to store one new blob, for a limited time.
 *
 * @param blobId the repository's own number of the blob
 * @param request what it was reserved for
 */
public record Reservation(long blobId, ClaimRequest request) {}
