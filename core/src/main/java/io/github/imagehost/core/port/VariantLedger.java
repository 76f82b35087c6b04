package io.github.imagehost.core.port;

import io.github.imagehost.core.model.Digest;

/**
 * The part of the {@link MetadataRepository} that sees to it that a variant of a blob is derived once. A variant is reserved,
 * stored and condemned as blobs are, and condemned with the blob that it is derived from, in the same step.
 */
public interface VariantLedger {

    /**
     * Asks for a variant, or for the right to derive it. Looks first, without locks, and writes only if it has to. May be
     * repeated with the same request after an unknown outcome, and then continues where that one ended.
     */
    VariantClaim claimVariant(VariantRequest request);

    /**
     * Turns a reservation into a stored variant. Call it only after the object is durable. May be repeated.
     *
     * @param digest of the object
     * @param size of the object, in bytes
     * @return whether it is stored; if not, the reservation is lost, or the blob is condemned, and nobody needs the object
     */
    boolean completeVariant(VariantReservation reservation, Digest digest, long size);

    /** Gives a reservation up, as {@link UploadLedger#abandon} does. */
    void abandonVariant(VariantReservation reservation);
}
