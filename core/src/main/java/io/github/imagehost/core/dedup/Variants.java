package io.github.imagehost.core.dedup;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.ImageWalker;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
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
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

    private static final long NANOS_OF_A_MILLI = 1_000_000;
    private static final long SHORTEST_PAUSE_NANOS = 10 * NANOS_OF_A_MILLI;
    private static final long LONGEST_PAUSE_NANOS = 320 * NANOS_OF_A_MILLI;

    /** The intake has limited what the picture may ask for, and the engine limits what it gives. */
    private static final ImageLimits NO_LIMITS =
            new ImageLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final ImageStore store;
    private final VariantLedger ledger;
    private final ImageEngine engine;
    private final UploadTiming timing;
    private final Filenames filenames = new Filenames();
    private final LocalUploads localRenderings = new LocalUploads();

    public Variants(ImageStore store, VariantLedger ledger, ImageEngine engine, UploadTiming timing) {
        this.store = store;
        this.ledger = ledger;
        this.engine = engine;
        this.timing = timing;
    }

    /**
     * The variant of an image, which is derived and stored if it is the first time that somebody asks for it.
     *
     * @return empty if the image was deleted meanwhile
     * @throws UploadBusyException if somebody else does not come to an end of deriving it in time
     * @throws UndecodableImageException if the picture can't be decoded
     * @throws StoreException if it can't be read or the variant not be stored
     * @throws RepositoryException if the variant can't be recorded
     */
    public Optional<Variant> variant(Image image, Transformation transformation) {
        Digest identity = identityOf(image.objectKey(), transformation);
        VariantRequest request = new VariantRequest(
                image.objectKey(),
                identity,
                transformation.format(),
                freshKey(image.objectKey(), transformation),
                timing.lease());
        long start = System.nanoTime();
        long pause = SHORTEST_PAUSE_NANOS;
        try (LocalUploads.Visit visit = localRenderings.enter(identity)) {
            while (true) {
                long departures = visit.departures();
                long leaseStart = System.nanoTime();
                VariantClaim claim = Uploads.untilOutcomeIsKnown(() -> ledger.claimVariant(request));
                if (claim instanceof VariantClaim.Stored stored) {
                    return Optional.of(stored.variant());
                }
                if (claim instanceof VariantClaim.SourceGone) {
                    return Optional.empty();
                }
                if (claim instanceof VariantClaim.Reserved reserved) {
                    return derive(reserved.reservation(), leaseStart, image, transformation, visit);
                }
                long patienceLeft = timing.patience().toNanos() - (System.nanoTime() - start);
                if (patienceLeft <= 0) {
                    throw new UploadBusyException("Somebody else who renders " + request.objectKey()
                            + " did not end within " + timing.patience().toMillis() + " ms");
                }
                Uploads.await(visit, departures, pause, patienceLeft);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** The same for the same variant of the same blob, for ever; whatever is added has to change it. */
    private static Digest identityOf(ObjectKey source, Transformation transformation) {
        String text = "imagehost variant\n" + source + "\n" + transformation.width() + "\n" + transformation.height()
                + "\n" + transformation.fit() + "\n" + transformation.format() + "\n" + transformation.quality();
        return digestOf(text);
    }

    private ObjectKey freshKey(ObjectKey source, Transformation transformation) {
        String name = "/" + filenames.next(transformation.format());
        boolean fits = PREFIX.length() + source.value().length() + name.length() <= ObjectKey.MAX_LENGTH;
        String folder = fits ? source.value() : digestOf(source.value()).hex();
        return new ObjectKey(PREFIX + folder + name);
    }

    private static Digest digestOf(String text) {
        return Digest.of(
                Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
    }

    private Optional<Variant> derive(
            VariantReservation reservation,
            long leaseStart,
            Image image,
            Transformation transformation,
            LocalUploads.Visit visit) {
        RenderedContent rendered;
        boolean isStored;
        visit.hold();
        try {
            rendered = new RenderedContent(render(image, transformation), transformation.format());
            if (System.nanoTime() - leaseStart >= timing.lease().duration().toNanos()) {
                throw new StoreUnavailableException(
                        "The reservation of " + reservation.request().objectKey() + " ran out before it was rendered");
            }
            store.put(reservation.request().objectKey(), rendered);
            isStored = Uploads.untilOutcomeIsKnown(
                    () -> ledger.completeVariant(reservation, rendered.digest(), rendered.size()));
        } catch (ObjectNotFoundException e) {
            abandon(reservation, e);
            return Optional.empty();
        } catch (RuntimeException e) {
            abandon(reservation, e);
            throw e;
        } finally {
            visit.release();
        }
        if (isStored) {
            return Optional.of(new Variant(
                    reservation.request().objectKey(), transformation.format(), rendered.digest(), rendered.size()));
        }
        deleteUnused(reservation.request().objectKey());
        return Optional.empty();
    }

    private byte[] render(Image image, Transformation transformation) {
        try (InputStream in = store.open(image.objectKey())) {
            byte[] picture = in.readAllBytes();
            WalkedImage walked = ImageWalker.walk(
                            new ByteArrayInputStream(picture), picture.length, NO_LIMITS, MetadataPolicy.KEEP)
                    .orElseThrow(() -> undecodable(image, Optional.empty()));
            SourceImage source = new SourceImage(
                    walked.type(), walked.width(), walked.height(), walked.orientation(), picture.length);
            return engine.render(() -> new ByteArrayInputStream(picture), source, transformation);
        } catch (MalformedImageException | ImageLimitException e) {
            throw undecodable(image, Optional.of(e));
        } catch (IOException e) {
            throw new StoreUnavailableException("Can't read " + image.objectKey() + " to render it", e);
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
