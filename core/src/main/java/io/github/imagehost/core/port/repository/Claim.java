package io.github.imagehost.core.port.repository;

import java.util.Optional;

/**
 * The answer to a request to have something stored once.
 *
 * @param <R> the request
 * @param <T> what comes of it: an image or a variant
 */
public sealed interface Claim<R extends ClaimRequest, T> {

    /** What makes it unnecessary to store anything; empty if there is nothing of the kind. */
    default Optional<T> found() {
        return Optional.empty();
    }

    /**
     * It is stored, and whoever asks has it.
     *
     * @param item an image of this owner, as it is now; or the variant
     */
    record Existing<R extends ClaimRequest, T>(T item) implements Claim<R, T> {

        @Override
        public Optional<T> found() {
            return Optional.of(item);
        }
    }

    /**
     * The content is stored, and an image with this request's filename points to it: this claim has made it, of what
     * another owner has stored, or an earlier try of the same request has made it.
     *
     * @param item the new image
     */
    record Attached<R extends ClaimRequest, T>(T item) implements Claim<R, T> {

        @Override
        public Optional<T> found() {
            return Optional.of(item);
        }
    }

    /**
     * It is not stored, and the caller is the only one who may store it; or its object is missing, and the caller may
     * store the same bytes again, and so may others.
     *
     * @param reservation what to complete or abandon
     */
    record Reserved<R extends ClaimRequest, T>(Reservation<R> reservation) implements Claim<R, T> {}

    /** Somebody else is storing it right now. */
    record Busy<R extends ClaimRequest, T>() implements Claim<R, T> {}

    /** The blob from which a variant was to be made is not stored, or not any more. */
    record SourceGone<R extends ClaimRequest, T>() implements Claim<R, T> {}

    /**
     * The request's key was used before, and keys are used once. An earlier try of the same request may have succeeded,
     * and its result was removed since: the caller may claim again, with a fresh key.
     */
    record KeyUsed<R extends ClaimRequest, T>() implements Claim<R, T> {}
}
