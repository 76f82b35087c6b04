package io.github.imagehost.core.port;

/**
 * The right to derive one new variant, for a limited time.
 *
 * @param blobId the repository's number of the variant's row
 * @param request what was asked for
 */
public record VariantReservation(long blobId, VariantRequest request) {}
