package io.github.imagehost.core.dedup;

import com.google.common.base.Ticker;
import com.google.common.hash.Hashing;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.ImageWalker;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.port.ObjectNotFoundException;
import io.github.imagehost.core.port.RepositoryException;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.port.StoreUnavailableException;
import io.github.imagehost.core.port.VariantClaim;
import io.github.imagehost.core.port.VariantLedger;
import io.github.imagehost.core.port.VariantRequest;
import io.github.imagehost.core.port.VariantReservation;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derives every variant of a picture once: claim, render, put, complete. Any number of threads and processes may ask for the same
 * one at the same time. Safe for use by many threads.
 */
public final class Variants {

    private static final Logger log = LoggerFactory.getLogger(Variants.class);

    /** Every variant lies below this one. */
    public static final String PREFIX = "variants/";

    private static final int UPRIGHT = 1;
    private static final long NANOS_OF_A_MILLI = 1_000_000;
    private static final long SHORTEST_PAUSE_NANOS = 10 * NANOS_OF_A_MILLI;
    private static final long LONGEST_PAUSE_NANOS = 320 * NANOS_OF_A_MILLI;

    private final ImageStore store;
    private final VariantLedger ledger;
    private final ImageEngine engine;
    private final UploadTiming timing;
    private final Function<ImageType, String> filenames;
    private final Ticker ticker;
    private final int starts;
    private final LocalUploads localRenderings = new LocalUploads();

    public Variants(ImageStore store, VariantLedger ledger, ImageEngine engine, UploadTiming timing) {
        this(store, ledger, engine, timing, new Filenames()::next, Ticker.systemTicker(), Uploads.STARTS);
    }

    /**
     * @param filenames never gives the same name twice
     * @param ticker measures how long it takes
     * @param starts how often somebody begins to derive a variant, the first time included
     */
    Variants(
            ImageStore store,
            VariantLedger ledger,
            ImageEngine engine,
            UploadTiming timing,
            Function<ImageType, String> filenames,
            Ticker ticker,
            int starts) {
        this.store = store;
        this.ledger = ledger;
        this.engine = engine;
        this.timing = timing;
        this.filenames = filenames;
        this.ticker = ticker;
        this.starts = starts;
    }

    /**
     * The variant of an image, which is derived and stored if it is the first time that somebody asks for it.
     *
     * @return empty if the image was deleted meanwhile
     * @throws UploadBusyException if somebody else does not come to an end of deriving it in time, or takes over each time
     * @throws UndecodableImageException if the picture can't be decoded
     * @throws ObjectNotFoundException if the image's bytes are not in the store: it was deleted meanwhile, or they are lost
     * @throws StoreException if it can't be read or the variant not be stored
     * @throws RepositoryException if the variant can't be recorded
     */
    public Optional<Variant> variant(Image image, Transformation transformation) {
        try (LocalUploads.Visit visit = localRenderings.enter(identityOf(image.objectKey(), transformation))) {
            for (int start = 0; start < starts; start++) {
                VariantClaim outcome = deriveUnderNewKey(image, transformation, visit);
                if (outcome instanceof VariantClaim.Stored stored) {
                    return Optional.of(stored.variant());
                }
                if (outcome instanceof VariantClaim.SourceGone) {
                    return Optional.empty();
                }
            }
        }
        throw new UploadBusyException(
                "The reservation of a variant of " + image.objectKey() + " was lost each of " + starts + " times");
    }

    /** Neither reserved nor busy: it is there, or its source is gone, or the reservation was lost, so that its key is used. */
    private VariantClaim deriveUnderNewKey(Image image, Transformation transformation, LocalUploads.Visit visit) {
        VariantRequest request = newRequest(image, transformation);
        long start = ticker.read();
        long pause = SHORTEST_PAUSE_NANOS;
        while (true) {
            long departures = visit.departures();
            long leaseStart = ticker.read();
            VariantClaim claim = Uploads.untilOutcomeIsKnown(() -> ledger.claimVariant(request));
            if (claim instanceof VariantClaim.Reserved reserved) {
                return derive(reserved.reservation(), leaseStart, image, transformation, visit);
            }
            if (!(claim instanceof VariantClaim.Busy)) {
                return claim;
            }
            long patienceLeft = timing.patience().toNanos() - (ticker.read() - start);
            if (patienceLeft <= 0) {
                throw new UploadBusyException("Somebody else who renders " + request.objectKey()
                        + " did not end within " + timing.patience().toMillis() + " ms");
            }
            Uploads.await(visit, departures, pause, patienceLeft);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** A request under a fresh key. */
    VariantRequest newRequest(Image image, Transformation transformation) {
        return new VariantRequest(
                image.objectKey(),
                identityOf(image.objectKey(), transformation),
                transformation.format(),
                freshKey(image.objectKey(), transformation),
                timing.lease());
    }

    /** The same for the same variant of the same blob, for ever; whatever is added has to change it. */
    private static Digest identityOf(ObjectKey source, Transformation transformation) {
        String text = "imagehost variant\n" + source + "\n" + transformation.width() + "\n" + transformation.height()
                + "\n" + transformation.fit() + "\n" + transformation.format() + "\n" + transformation.quality();
        return digestOf(text);
    }

    private ObjectKey freshKey(ObjectKey source, Transformation transformation) {
        String name = "/" + filenames.apply(transformation.format());
        boolean fits = PREFIX.length() + source.value().length() + name.length() <= ObjectKey.MAX_LENGTH;
        String folder = fits ? source.value() : digestOf(source.value()).hex();
        return new ObjectKey(PREFIX + folder + name);
    }

    private static Digest digestOf(String text) {
        return Digest.of(
                Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
    }

    private VariantClaim derive(
            VariantReservation reservation,
            long leaseStart,
            Image image,
            Transformation transformation,
            LocalUploads.Visit visit) {
        ObjectKey key = reservation.request().objectKey();
        RenderedContent rendered;
        boolean isStored;
        visit.hold();
        try {
            rendered = new RenderedContent(render(image, transformation), transformation.format());
            if (ticker.read() - leaseStart >= timing.lease().duration().toNanos()) {
                throw new StoreUnavailableException("The reservation of " + key + " ran out before it was rendered");
            }
            store.put(key, rendered);
            isStored = Uploads.untilOutcomeIsKnown(
                    () -> ledger.completeVariant(reservation, rendered.digest(), rendered.size()));
        } catch (RuntimeException e) {
            abandon(reservation, e);
            throw e;
        } finally {
            visit.release();
        }
        if (isStored) {
            return new VariantClaim.Stored(
                    new Variant(key, transformation.format(), rendered.digest(), rendered.size()));
        }
        deleteUnused(key);
        return new VariantClaim.KeyUsed();
    }

    /** Lets the engine read the picture when it has room for it. */
    private byte[] render(Image image, Transformation transformation) {
        ImageDescriptor content = image.content();
        SourceImage announced =
                new SourceImage(content.type(), content.width(), content.height(), UPRIGHT, content.storedSize());
        try {
            return engine.render(new StoredSource(image), announced, transformation);
        } catch (IOException e) {
            throw new StoreUnavailableException("Can't read " + image.objectKey() + " to render it", e);
        }
    }

    /** An image in the store, whose header says how it is turned. */
    private final class StoredSource implements ImageSource {

        private final Image image;

        StoredSource(Image image) {
            this.image = image;
        }

        @Override
        public InputStream open() {
            return store.open(image.objectKey());
        }

        @Override
        public SourceImage describe(byte[] bytes, SourceImage announced) {
            try {
                WalkedImage walked = ImageWalker.walk(
                                new ByteArrayInputStream(bytes),
                                bytes.length,
                                ImageLimits.UNLIMITED,
                                MetadataPolicy.KEEP)
                        .orElseThrow(() -> undecodable(image, Optional.empty()));
                return new SourceImage(
                        walked.type(), walked.width(), walked.height(), walked.orientation(), bytes.length);
            } catch (MalformedImageException | ImageLimitException | IOException e) {
                throw undecodable(image, Optional.of(e));
            }
        }
    }

    private static UndecodableImageException undecodable(Image image, Optional<Exception> cause) {
        return new UndecodableImageException("Can't render " + image.objectKey(), cause.orElse(null));
    }

    private void abandon(VariantReservation reservation, RuntimeException failure) {
        try {
            ledger.abandonVariant(reservation);
        } catch (RepositoryException e) {
            // the lease runs out, and the sweep does the rest
            failure.addSuppressed(e);
        }
    }

    /** The row of a lost reservation may be forgotten before the late object arrived. */
    private void deleteUnused(ObjectKey key) {
        try {
            store.delete(List.of(key));
        } catch (StoreException e) {
            log.info("Object {} of a lost reservation is left to the sweep: {}", key, e.getMessage());
        }
    }
}
