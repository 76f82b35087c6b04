package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Variant;

/**
 * What sees to it that a variant of a blob of a {@link MetadataRepository} is made once, for hosts that render. A
 * variant is reserved, stored and condemned as blobs are, and condemned with the blob that it is made from, in the same
 * step.
 */
public interface VariantLedger extends ReservationLedger {

    /**
     * Asks for a variant, or for the right to store it. Looks first, without locks, and writes only if it has to. May
     * be repeated with the same request after an unknown outcome, and then continues where that one ended.
     *
     * @return never {@link Claim.Attached}
     */
    Claim<VariantRequest, Variant> claimVariant(VariantRequest request);

    /**
     * Turns a reservation into a stored variant. Call it only after the object is durable. May be repeated.
     *
     * @param digest of the object
     * @param size of the object, in bytes
     * @return whether it is stored; if not, the reservation {@linkplain #isLost is lost}
     */
    boolean completeVariant(Reservation<VariantRequest> reservation, Digest digest, long size);
}
