package io.github.imagehost.core.port;

import io.github.imagehost.core.model.Variant;

/** The answer to {@link VariantLedger#claimVariant}. */
public sealed interface VariantClaim {

    /**
     * Somebody has derived it already.
     *
     * @param variant as it is stored
     */
    record Stored(Variant variant) implements VariantClaim {}

    /**
     * There is none, and the caller is the only one who may derive it.
     *
     * @param reservation what to complete or abandon
     */
    record Reserved(VariantReservation reservation) implements VariantClaim {}

    /** Somebody else is deriving it right now. */
    record Busy() implements VariantClaim {}

    /** The blob is not stored, or not any more. */
    record SourceGone() implements VariantClaim {}

    /**
     * The request's key was used before, and keys are used once. An earlier try of the same request may have had its effect, which
     * is undone by now: the caller may claim again, with a fresh key.
     */
    record KeyUsed() implements VariantClaim {}
}
