package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.ClaimRequest;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.ReservationLedger;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that each item is stored only once, even if many threads and processes ask for it at the same time:
 *
 * <ol>
 *   <li><em>claim</em>: the repository answers with what is there, or with the reservation of a fresh key, which one
 *       request has at a time;
 *   <li><em>put</em>: whoever has the reservation stores the object, and nobody else does, but that several may store
 *       the same bytes again whose object is missing;
 *   <li><em>complete</em>: the repository records an image or a variant that uses the object, unless the reservation
 *       was lost meanwhile.
 * </ol>
 *
 * <p>A request that dies on the way, or never learns what came of its claim, leaves a reservation that runs out, and
 * perhaps an object that the {@link Sweep} deletes. Safe for use by many threads.
 *
 * @param <R> what is asked for
 * @param <T> the resulting item: an image or a variant
 */
public final class DedupProtocol<R extends ClaimRequest, T> {

    /** How often a request starts in all; after losing its reservation this often it gives up. */
    public static final int STARTS = 3;

    private static final Logger log = LoggerFactory.getLogger(DedupProtocol.class);

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(320);
    private static final int TRIES_TO_LEARN_AN_OUTCOME = 3;

    private final ImageStore store;
    private final ReservationLedger reservations;
    private final Ledger<R, T> ledger;
    private final UploadTiming timing;
    private final LongSupplier nanoTime;
    private final int starts;
    private final LocalUploads localUploads = new LocalUploads();

    /**
     * The part of the repository that decides who stores something, and what comes of it. Both calls may be repeated
     * when nobody knows their outcome.
     *
     * @param <R> what is asked for
     * @param <T> the resulting item
     */
    public interface Ledger<R extends ClaimRequest, T> {

        /** Asks for the item, or for the right to store what it is made of. */
        Claim<R, T> claim(R request);

        /**
         * Creates the item for the object that was stored.
         *
         * @return empty if the reservation was lost, or the item deleted, meanwhile
         */
        Optional<T> complete(Reservation<R> reservation, ObjectContent content);
    }

    /**
     * @param nanoTime a clock that never goes back, in nanoseconds
     * @param starts how often a request starts at the most, the first time included
     */
    public DedupProtocol(
            ImageStore store,
            ReservationLedger reservations,
            Ledger<R, T> ledger,
            UploadTiming timing,
            LongSupplier nanoTime,
            int starts) {
        this.store = store;
        this.reservations = reservations;
        this.ledger = ledger;
        this.timing = timing;
        this.nanoTime = nanoTime;
        this.starts = starts;
    }

    /**
     * Stores something, if nobody has. When this returns an item, item and object are durable.
     *
     * @param identity what all these requests have as their {@link ClaimRequest#identity()}
     * @param requests gives a request with a fresh key each time
     * @param content what to store; asked for after each claim that reserves it, and not before
     * @return {@link Claim.Existing} with the item that was there, or that this call has made; {@link Claim.Attached}
     *     with a new image of what was there; {@link Claim.SourceGone}; or {@link Claim.KeyUsed} if the reservation was
     *     lost, or the item deleted, each time
     * @throws UploadBusyException if somebody else does not finish storing it in time; the patience counts for each
     *     start anew
     * @throws StoreException if the object can't be stored
     * @throws QuotaExceededException if its owner may not have it
     * @throws RepositoryException if the item can't be recorded
     */
    public Claim<R, T> store(Digest identity, Supplier<R> requests, Supplier<? extends ObjectContent> content) {
        try (LocalUploads.Visit visit = localUploads.enter(identity)) {
            for (int start = 0; start < starts; start++) {
                Claim<R, T> answer = storeUnderNewKey(requests.get(), content, visit);
                if (!(answer instanceof Claim.KeyUsed)) {
                    return answer;
                }
            }
        }
        return new Claim.KeyUsed<>();
    }

    /**
     * Claims, waits as long as somebody else is storing it, and stores it if it has to. Never answers
     * {@link Claim.Reserved} or {@link Claim.Busy}. After {@link Claim.KeyUsed} the caller should claim again with a
     * fresh key; somebody else may have stored the object meanwhile.
     */
    private Claim<R, T> storeUnderNewKey(
            R request, Supplier<? extends ObjectContent> content, LocalUploads.Visit visit) {
        long waitingSince = nanoTime.getAsLong();
        long pause = SHORTEST_PAUSE_NANOS;
        while (true) {
            long departures = visit.departures();
            long claimedAt = nanoTime.getAsLong();
            Claim<R, T> claim = untilOutcomeIsKnown(() -> ledger.claim(request));
            if (claim instanceof Claim.Reserved<R, T> reserved) {
                // what is new is answered as existing, too: whoever has to know compares filenames
                return putAndComplete(reserved.reservation(), claimedAt, content, visit)
                        .<Claim<R, T>>map(Claim.Existing::new)
                        .orElseGet(Claim.KeyUsed::new);
            }
            if (!(claim instanceof Claim.Busy)) {
                return claim;
            }
            long patienceLeft = timing.patience().toNanos() - (nanoTime.getAsLong() - waitingSince);
            if (patienceLeft <= 0) {
                throw new UploadBusyException("Another request for " + request.identity() + " did not end within "
                        + timing.patience().toMillis() + " ms");
            }
            await(visit, departures, pause, patienceLeft);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /**
     * Repeats the claim of an earlier request, whose process may have died. If it is answered with a reservation, that
     * is given up: it may be so old that the sweep forgets its key while an object is still on its way.
     *
     * @return what the owner has now, whether this request made it, the earlier one, or another; empty if it has
     *     nothing
     */
    Optional<T> outcomeOf(R earlierRequest) {
        Claim<R, T> claim = untilOutcomeIsKnown(() -> ledger.claim(earlierRequest));
        if (claim instanceof Claim.Reserved<R, T> reserved) {
            reservations.abandon(reserved.reservation());
        }
        return claim.found();
    }

    /** Empty if the reservation was lost, or the item deleted, meanwhile. */
    private Optional<T> putAndComplete(
            Reservation<R> reservation,
            long claimedAt,
            Supplier<? extends ObjectContent> content,
            LocalUploads.Visit visit) {
        Optional<T> item;
        visit.hold();
        try {
            ObjectContent object = content.get();
            if (nanoTime.getAsLong() - claimedAt >= timing.lease().duration().toNanos()) {
                // after a long pause, as of a machine that is overloaded, the object could arrive when the row with its
                // key is deleted already; the completion notices a pause that begins now, or during which the clock
                // stood still: it finds the reservation lost
                reservations.abandon(reservation);
                return Optional.empty();
            }
            put(reservation, object);
            item = untilOutcomeIsKnown(() -> ledger.complete(reservation, object));
        } catch (RuntimeException e) {
            abandon(reservation, e);
            throw e;
        } finally {
            visit.release();
        }
        if (item.isEmpty()) {
            deleteUnused(reservation.objectKey());
        }
        return item;
    }

    /**
     * Stores the object. Under the key of a missing one there may be other bytes: somebody with other settings for the
     * removal of metadata has put them there, and died before completing.
     */
    private void put(Reservation<R> reservation, ObjectContent object) {
        try {
            store.put(reservation.objectKey(), object);
        } catch (ObjectAlreadyExistsException e) {
            if (!reservation.missing()) {
                throw e;
            }
            throw new StoreUnavailableException(e.getMessage() + "; a repair of the store moves it out of the way", e);
        }
    }

    private void abandon(Reservation<R> reservation, RuntimeException failure) {
        try {
            reservations.abandon(reservation);
        } catch (RepositoryException e) {
            // the lease runs out, and the sweep does the rest
            failure.addSuppressed(e);
        }
    }

    /** Done here, because no sweep knows the key if its row is gone already. */
    private void deleteUnused(ObjectKey key) {
        try {
            if (reservations.isLost(key)) {
                store.delete(List.of(key))
                        .forEach((left, reason) ->
                                log.warn("Object {} of a lost reservation is left: {}", left, reason));
            }
        } catch (StoreException | RepositoryException e) {
            log.warn("Object {} of a lost reservation is left: {}", key, e.getMessage());
        }
    }

    /** Calls again, a few times, as long as nobody knows whether a call took effect. */
    private static <A> A untilOutcomeIsKnown(Supplier<A> repeatableCall) {
        CommitStateUnknownException unknown;
        try {
            return repeatableCall.get();
        } catch (CommitStateUnknownException e) {
            unknown = e;
        }
        for (int repetition = 1; repetition < TRIES_TO_LEARN_AN_OUTCOME; repetition++) {
            try {
                return repeatableCall.get();
            } catch (CommitStateUnknownException e) {
                unknown = e;
            } catch (RepositoryUnavailableException e) {
                // "nothing was changed" holds for this repetition, not for the unknown try before it
                unknown.addSuppressed(e);
                throw unknown;
            }
        }
        throw unknown;
    }

    /** Waits for a moment, or until somebody in this process is done. */
    private static void await(LocalUploads.Visit visit, long departures, long pause, long patienceLeft) {
        try {
            long jittered = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
            visit.awaitDeparture(departures, jittered, patienceLeft);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UploadBusyException("Interrupted while waiting for another request for the same");
        }
    }
}
