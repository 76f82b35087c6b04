package io.github.imagehost.core.dedup;

import com.google.common.base.Ticker;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.Claim;
import io.github.imagehost.core.port.ClaimRequest;
import io.github.imagehost.core.port.CommitStateUnknownException;
import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.port.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.RepositoryException;
import io.github.imagehost.core.port.Reservation;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.port.StoreUnavailableException;
import io.github.imagehost.core.port.UploadLedger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores every picture once: claim, put, complete. Any number of threads and processes may upload the same bytes at the same
 * time. Safe for use by many threads.
 */
public final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(320);
    private static final int TRIES_TO_LEARN_AN_OUTCOME = 3;
    /** Whoever loses the reservation as often as that will hardly keep the next one. */
    static final int STARTS = 3;

    private final ImageStore store;
    private final UploadLedger ledger;
    private final UploadTiming timing;
    private final Function<ImageType, String> filenames;
    private final Ticker ticker;
    private final int starts;
    private final LocalUploads localUploads = new LocalUploads();

    public Uploads(ImageStore store, UploadLedger ledger, UploadTiming timing) {
        this(store, ledger, timing, new Filenames()::next, Ticker.systemTicker(), STARTS);
    }

    /**
     * @param filenames never gives the same name twice
     * @param ticker measures how long an upload takes
     * @param starts how often an upload begins, the first time included
     */
    Uploads(
            ImageStore store,
            UploadLedger ledger,
            UploadTiming timing,
            Function<ImageType, String> filenames,
            Ticker ticker,
            int starts) {
        this.store = store;
        this.ledger = ledger;
        this.timing = timing;
        this.filenames = filenames;
        this.ticker = ticker;
        this.starts = starts;
    }

    /** Gives an owner an image of these bytes on the terms of {@link UploadTerms#NOW}; otherwise as the other. */
    public Upload upload(OwnerId owner, ReceivedImage received) {
        return upload(owner, received, UploadTerms.NOW);
    }

    /**
     * Gives an owner an image of these bytes, and stores them if nobody has. When this returns, image and bytes are durable.
     *
     * @param received stays open
     * @throws UploadBusyException if another upload of the same bytes does not come to an end in time
     * @throws StoreException if the bytes can't be stored, or not before their reservation runs out
     * @throws RepositoryException if the image can't be recorded
     */
    public Upload upload(OwnerId owner, ReceivedImage received, UploadTerms terms) {
        for (String filename : terms.earlierFilenames()) {
            Optional<Image> image = outcomeOfEarlierTry(request(owner, received, terms, filename));
            if (image.isPresent()) {
                return answer(image.get(), filename, terms);
            }
        }
        try (LocalUploads.Visit visit = localUploads.enter(received.digest())) {
            for (int start = 0; start < starts; start++) {
                Optional<Upload> upload = uploadUnderNewName(owner, received, terms, visit);
                if (upload.isPresent()) {
                    return upload.get();
                }
            }
        }
        throw new StoreUnavailableException(
                "The reservation of " + received.digest() + " was lost each of " + starts + " times");
    }

    /** Empty if the reservation was lost, or its image deleted, meanwhile: then somebody else may have stored the bytes. */
    private Optional<Upload> uploadUnderNewName(
            OwnerId owner, ReceivedImage received, UploadTerms terms, LocalUploads.Visit visit) {
        String filename = filenames.apply(received.descriptor().type());
        terms.beforeClaim().accept(filename);
        ClaimRequest request = request(owner, received, terms, filename);
        long start = ticker.read();
        long pause = SHORTEST_PAUSE_NANOS;
        while (true) {
            long departures = visit.departures();
            long leaseStart = ticker.read();
            Claim claim = claim(request);
            if (claim instanceof Claim.Existing existing) {
                return Optional.of(answer(existing.image(), filename, terms));
            }
            if (claim instanceof Claim.Attached attached) {
                return Optional.of(answer(attached.image(), filename, terms));
            }
            if (claim instanceof Claim.Reserved reserved) {
                return store(reserved.reservation(), leaseStart, received, visit)
                        .map(image -> answer(image, filename, terms));
            }
            if (claim instanceof Claim.FilenameUsed) {
                return Optional.empty();
            }
            long patienceLeft = timing.patience().toNanos() - (ticker.read() - start);
            if (patienceLeft <= 0) {
                throw new UploadBusyException("Another upload of " + received.digest() + " did not end within "
                        + timing.patience().toMillis() + " ms");
            }
            await(visit, departures, pause, patienceLeft);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /**
     * Empty if the owner has no image. The try's reservation may be as old as can be, so that the sweep might forget its key while an
     * object is on the way there: it is given up instead of being used.
     */
    private Optional<Image> outcomeOfEarlierTry(ClaimRequest request) {
        Claim claim = claim(request);
        if (claim instanceof Claim.Existing existing) {
            return Optional.of(existing.image());
        }
        if (claim instanceof Claim.Attached attached) {
            return Optional.of(attached.image());
        }
        if (claim instanceof Claim.Reserved reserved) {
            ledger.abandon(reserved.reservation());
        }
        return Optional.empty();
    }

    /** The image is new if it was made under the filename of this try, or of an earlier one. */
    private static Upload answer(Image image, String filename, UploadTerms terms) {
        boolean isNew =
                image.filename().equals(filename) || terms.earlierFilenames().contains(image.filename());
        return new Upload(image, !isNew);
    }

    private ClaimRequest request(OwnerId owner, ReceivedImage received, UploadTerms terms, String filename) {
        return new ClaimRequest(
                owner, received.descriptor(), received.originalName(), filename, timing.lease(), terms.uploadedAt());
    }

    private Claim claim(ClaimRequest request) {
        return untilOutcomeIsKnown(() -> ledger.claim(request));
    }

    /** Empty if the reservation was lost, or its image deleted, meanwhile. */
    private Optional<Image> store(
            Reservation reservation, long leaseStart, ReceivedImage received, LocalUploads.Visit visit) {
        Optional<Image> image;
        visit.hold();
        try {
            if (ticker.read() - leaseStart >= timing.lease().duration().toNanos()) {
                // a process that slept must not send what might arrive when nobody remembers the key any more
                ledger.abandon(reservation);
                return Optional.empty();
            }
            put(reservation, received);
            image = untilOutcomeIsKnown(() -> ledger.complete(reservation));
        } catch (RuntimeException e) {
            abandon(reservation, e);
            throw e;
        } finally {
            visit.release();
        }
        if (image.isEmpty()) {
            deleteUnused(reservation);
        }
        return image;
    }

    /** Where an object was missing, the bytes of somebody may lie who has put them there with other settings, and died. */
    private void put(Reservation reservation, ReceivedImage received) {
        try {
            store.put(reservation.objectKey(), received);
        } catch (ObjectAlreadyExistsException e) {
            if (reservation.objectKey().equals(reservation.request().objectKey())) {
                throw e;
            }
            throw new StoreUnavailableException(e.getMessage() + "; a repair of the store moves it out of the way", e);
        }
    }

    private void abandon(Reservation reservation, RuntimeException failure) {
        try {
            ledger.abandon(reservation);
        } catch (RepositoryException e) {
            // the lease runs out, and the sweep does the rest
            failure.addSuppressed(e);
        }
    }

    /** The row of a lost reservation may be forgotten before the late object arrived. */
    private void deleteUnused(Reservation reservation) {
        ObjectKey key = reservation.objectKey();
        try {
            if (ledger.isLost(reservation)) {
                store.delete(List.of(key));
            }
        } catch (StoreException | RepositoryException e) {
            log.info("Object {} of a lost reservation is left to the sweep: {}", key, e.getMessage());
        }
    }

    static <T> T untilOutcomeIsKnown(Supplier<T> repeatableOperation) {
        for (int tryNumber = 1; ; tryNumber++) {
            try {
                return repeatableOperation.get();
            } catch (CommitStateUnknownException e) {
                if (tryNumber == TRIES_TO_LEARN_AN_OUTCOME) {
                    throw e;
                }
            }
        }
    }

    /** For a moment, or until somebody in this process is done. */
    static void await(LocalUploads.Visit visit, long departures, long pause, long patienceLeft) {
        try {
            long jittered = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
            visit.awaitDeparture(departures, jittered, patienceLeft);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UploadBusyException("Interrupted while waiting for another upload of the same bytes");
        }
    }
}
