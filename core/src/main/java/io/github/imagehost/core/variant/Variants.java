package io.github.imagehost.core.variant;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.dedup.DedupProtocol;
import io.github.imagehost.core.dedup.Filenames;
import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ContentInMemory;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Variants of pictures, each of which is rendered and stored once, when somebody asks for it for the first time. Safe
 * for use by many threads.
 */
public final class Variants {

    /** The keys of all variants begin with it. */
    public static final String PREFIX = "variants/";

    private final ImageStore store;
    private final ImageEngine engine;
    private final UploadTiming timing;
    private final Function<ImageType, String> filenames;
    private final int starts;
    private final DedupProtocol<VariantRequest, Variant> protocol;

    public Variants(ImageStore store, VariantLedger ledger, ImageEngine engine, UploadTiming timing) {
        this(store, ledger, engine, timing, new Filenames()::next, System::nanoTime, DedupProtocol.STARTS);
    }

    /**
     * @param filenames never gives the same name twice
     * @param nanoTime measures, in nanoseconds, how long it takes
     * @param starts how often somebody begins to render a variant, the first time included
     */
    public Variants(
            ImageStore store,
            VariantLedger ledger,
            ImageEngine engine,
            UploadTiming timing,
            Function<ImageType, String> filenames,
            LongSupplier nanoTime,
            int starts) {
        this.store = store;
        this.engine = engine;
        this.timing = timing;
        this.filenames = filenames;
        this.starts = starts;
        this.protocol = new DedupProtocol<>(store, ledger, new VariantLedgerPart(ledger), timing, nanoTime, starts);
    }

    /** What a variant is made of is known when it is rendered. */
    private record VariantLedgerPart(VariantLedger ledger) implements DedupProtocol.Ledger<VariantRequest, Variant> {

        @Override
        public Claim<VariantRequest, Variant> claim(VariantRequest request) {
            return ledger.claimVariant(request);
        }

        @Override
        public Optional<Variant> complete(Reservation<VariantRequest> reservation, ObjectContent rendered) {
            VariantRequest request = reservation.request();
            return ledger.completeVariant(reservation, rendered.digest(), rendered.size())
                    ? Optional.of(new Variant(request.objectKey(), request.type(), rendered.digest(), rendered.size()))
                    : Optional.empty();
        }
    }

    /**
     * The variant of an image, which is rendered and stored if it is the first time that somebody asks for it.
     *
     * @return empty if the image was deleted meanwhile
     * @throws UploadBusyException if somebody else does not come to an end of rendering it in time, or takes over each
     *     time
     * @throws UndecodableImageException if the picture can't be decoded
     * @throws ObjectNotFoundException if the image's bytes are not in the store: it was deleted meanwhile, or they are
     *     lost
     * @throws StoreException if it can't be read or the variant not be stored
     * @throws RepositoryException if the variant can't be recorded
     */
    public Optional<Variant> variant(Image image, Transformation transformation) {
        Claim<VariantRequest, Variant> stored = protocol.store(
                identityOf(image.objectKey(), transformation),
                () -> newRequest(image, transformation),
                () -> new ContentInMemory(
                        render(image, transformation), transformation.format().mimeType()));
        if (stored instanceof Claim.KeyUsed) {
            throw new UploadBusyException(
                    "The reservation of a variant of " + image.objectKey() + " was lost each of " + starts + " times");
        }
        return stored.found();
    }

    /** A request under a fresh key. */
    public VariantRequest newRequest(Image image, Transformation transformation) {
        return new VariantRequest(
                image.objectKey(),
                identityOf(image.objectKey(), transformation),
                transformation.format(),
                freshKey(image.objectKey(), transformation),
                timing.lease());
    }

    /** The same for the same variant of the same blob, for ever. A new option has to be added to this text. */
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

    /** Lets the engine read the picture when it has room for it. */
    private byte[] render(Image image, Transformation transformation) {
        ImageDescriptor content = image.content();
        SourceImage announced =
                new SourceImage(content.type(), content.width(), content.height(), content.storedSize());
        try {
            return engine.render(() -> store.open(image.objectKey()), announced, transformation);
        } catch (IOException e) {
            throw new StoreUnavailableException("Can't read " + image.objectKey() + " to render it", e);
        }
    }
}
