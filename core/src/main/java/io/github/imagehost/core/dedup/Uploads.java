package io.github.imagehost.core.dedup;

import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.ImageCatalog;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Gives owners images of the bytes that they upload, which are stored once. Safe for use by many threads. */
public final class Uploads {

    private final UploadLedger ledger;
    private final Function<String, Optional<Image>> named;
    private final UploadTiming timing;
    private final int starts;
    private final Function<ImageType, String> filenames;
    private final DedupProtocol<UploadRequest, Image> protocol;

    public Uploads(ImageStore store, MetadataRepository repository, UploadTiming timing) {
        this(
                store,
                repository,
                repository::findByFilename,
                timing,
                new Filenames()::next,
                System::nanoTime,
                DedupProtocol.STARTS);
    }

    /**
     * @param named finds the image with a name, as {@link ImageCatalog#findByFilename} does
     * @param filenames never gives the same name twice
     * @param nanoTime measures, in nanoseconds, how long an upload takes
     * @param starts how often an upload begins, the first time included
     */
    Uploads(
            ImageStore store,
            UploadLedger ledger,
            Function<String, Optional<Image>> named,
            UploadTiming timing,
            Function<ImageType, String> filenames,
            LongSupplier nanoTime,
            int starts) {
        this.ledger = ledger;
        this.named = named;
        this.timing = timing;
        this.starts = starts;
        this.filenames = filenames;
        this.protocol = new DedupProtocol<>(store, ledger, new UploadLedgerPart(ledger), timing, nanoTime, starts);
    }

    /** The request describes the object already, so that its completion needs no more. */
    private record UploadLedgerPart(UploadLedger ledger) implements DedupProtocol.Ledger<UploadRequest, Image> {

        @Override
        public Claim<UploadRequest, Image> claim(UploadRequest request) {
            return ledger.claim(request);
        }

        @Override
        public Optional<Image> complete(Reservation<UploadRequest> reservation, ObjectContent content) {
            return ledger.complete(reservation);
        }
    }

    /**
     * Gives an owner an image of these bytes, now and for the first time; see {@link #upload(OwnerId, ReceivedImage,
     * UploadTerms)}.
     */
    public Upload upload(OwnerId owner, ReceivedImage received) {
        return upload(owner, received, UploadTerms.NOW);
    }

    /**
     * Gives an owner an image of these bytes, and stores them if nobody has. When this returns, image and bytes are
     * durable.
     *
     * @param received stays open
     * @throws UploadBusyException if another upload of the same bytes does not come to an end in time
     * @throws StoreException if the bytes can't be stored, or not before their reservation runs out
     * @throws QuotaExceededException if the owner would have more than its quota allows; nothing is stored for it
     * @throws RepositoryException if the image can't be recorded
     */
    public Upload upload(OwnerId owner, ReceivedImage received, UploadTerms terms) {
        // the image is new if it has the filename of one of these tries, however a claim has called it
        Set<String> ownFilenames = new HashSet<>(terms.earlierFilenames());
        for (String filename : terms.earlierFilenames()) {
            UploadRequest earlier = request(owner, received, terms, filename);
            Optional<Image> image = isKnown(earlier) ? protocol.outcomeOf(earlier) : Optional.empty();
            if (image.isPresent()) {
                return answer(image.get(), ownFilenames);
            }
        }
        Claim<UploadRequest, Image> stored = protocol.store(
                received.descriptor().digest(),
                () -> {
                    String filename = filenames.apply(received.descriptor().type());
                    terms.beforeClaim().accept(filename);
                    ownFilenames.add(filename);
                    return request(owner, received, terms, filename);
                },
                () -> received);
        Image image = stored.found()
                .orElseThrow(() -> new StoreUnavailableException("Could not store "
                        + received.descriptor().digest() + " in " + starts
                        + " starts: each time its reservation was lost, or its image deleted"));
        return answer(image, ownFilenames);
    }

    /**
     * Whether the repository knows the name of an earlier try, so that a claim under it brings no deleted image back:
     * if its image goes meanwhile, the name is remembered for long enough. One that is not known may be that of an
     * image that was deleted long ago.
     */
    private boolean isKnown(UploadRequest earlier) {
        return !ledger.isLost(earlier.objectKey())
                || named.apply(earlier.filename()).isPresent();
    }

    private static Upload answer(Image image, Set<String> ownFilenames) {
        return new Upload(image, !ownFilenames.contains(image.filename()));
    }

    private UploadRequest request(OwnerId owner, ReceivedImage received, UploadTerms terms, String filename) {
        return new UploadRequest(
                owner,
                received.descriptor(),
                received.originalName(),
                filename,
                timing.lease(),
                terms.uploadedAt(),
                terms.sharing());
    }
}
