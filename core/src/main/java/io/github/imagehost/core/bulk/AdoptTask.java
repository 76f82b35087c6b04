package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.bulk.BulkResult.Remark;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.dedup.Filenames;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.RemoteInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Makes images of objects that are in the store already, without moving or changing a byte. Reads and looks at each of
 * them as an upload does; what can't become an image stays where it is. Of several with the same bytes, the first one
 * becomes an image, and the others become further names of that.
 *
 * <p>The host, the store and the repository belong together. For one run.
 */
public final class AdoptTask implements BulkTask<AdoptableItem> {

    /** The object holds what an upload would have removed, such as a location. */
    public static final String METADATA_KEPT = "metadata_kept";

    private static final Pattern LEGAL_FILENAME = Pattern.compile("[!-~&&[^/]]{1,200}");

    private final ImageHost host;
    private final ImageStore store;
    private final AdministrableRepository repository;
    private final OwnerId owner;
    private final Optional<Set<Digest>> forecast;
    private final Filenames filenames = new Filenames();

    private AdoptTask(
            ImageHost host,
            ImageStore store,
            AdministrableRepository repository,
            OwnerId owner,
            Optional<Set<Digest>> forecast) {
        this.host = host;
        this.store = store;
        this.repository = repository;
        this.owner = owner;
        this.forecast = forecast;
    }

    /** Does it. */
    public static AdoptTask adopting(
            ImageHost host, ImageStore store, AdministrableRepository repository, OwnerId owner) {
        return new AdoptTask(host, store, repository, owner, Optional.empty());
    }

    /** Tells only what would become of each item, and takes memory as {@link ForecastTask} does. */
    public static AdoptTask forecasting(
            ImageHost host, ImageStore store, AdministrableRepository repository, OwnerId owner) {
        return new AdoptTask(host, store, repository, owner, Optional.of(ConcurrentHashMap.newKeySet()));
    }

    @Override
    public Prepared prepare(AdoptableItem item, TriedFilenames tried) throws IOException {
        if (tried.filenames().isEmpty() && isKnown(item)) {
            return Prepared.done(BulkResult.known());
        }
        if (item.filename()
                .filter(name -> !LEGAL_FILENAME.matcher(name).matches())
                .isPresent()) {
            return Prepared.done(BulkResult.refused(
                    "filename_illegal",
                    "A link can't have this name: " + item.filename().get()));
        }
        if (item.keys().isEmpty()) {
            return Prepared.done(BulkResult.refused(
                    "object_name_illegal",
                    "An object of this name can't be adopted: legal are " + ObjectKey.RULE
                            + "; copy it to such a name, or import it"));
        }
        Optional<ObjectKey> key = item.keys().stream().filter(this::isThere).findFirst();
        if (key.isEmpty()) {
            return Prepared.done(BulkResult.refused("object_missing", "The store has no such object"));
        }
        // an upload that is not finished: the bytes are where they belong
        try (InputStream in = new RemoteInputStream(store.open(key.get()));
                SpooledContent content = host.spool(in);
                PreparedUpload upload =
                        host.prepare(ExistingImages.unknown(owner), item.originalName(), content, Requester.PATIENT)) {
            return check(item, key.get(), upload.received().orElseThrow(), tried);
        }
    }

    private Prepared check(AdoptableItem item, ObjectKey key, ReceivedImage received, TriedFilenames tried) {
        if (received.endIsSupplied()) {
            return Prepared.done(BulkResult.refused(
                    "image_truncated", "The object lacks the picture's end, and no byte of it may be changed"));
        }
        ImageDescriptor asUploaded = received.descriptor();
        if (item.knownSize().filter(size -> size != asUploaded.size()).isPresent()) {
            return Prepared.done(BulkResult.refused(
                    "size_differs",
                    "The object has " + asUploaded.size() + " bytes, not "
                            + item.knownSize().get()));
        }
        if (item.knownDigest()
                .filter(digest -> !digest.equals(asUploaded.digest()))
                .isPresent()) {
            return Prepared.done(
                    BulkResult.refused("digest_differs", "The object has the digest " + asUploaded.digest()));
        }
        ImageDescriptor asStored = new ImageDescriptor(
                asUploaded.digest(), asUploaded.size(), asUploaded.type(), asUploaded.width(), asUploaded.height());
        AdoptionRequest request = new AdoptionRequest(
                owner,
                item.id(),
                asStored,
                key,
                item.filename().orElseGet(() -> freshName(asStored, tried)),
                received.originalName(),
                UploadTerms.legalDate(item.uploadedAt()),
                UploadTerms.legalDate(item.updatedAt()),
                Sharing.UNLIMITED);
        boolean keepsMetadata = !asUploaded.storedDigest().equals(asUploaded.digest());
        return new CheckedObject(request, keepsMetadata, tried);
    }

    /** The same one as an earlier try, so that the repository knows that it is one. */
    private String freshName(ImageDescriptor content, TriedFilenames tried) {
        List<String> earlier = tried.filenames();
        return earlier.isEmpty() ? filenames.next(content.type()) : earlier.get(earlier.size() - 1);
    }

    private boolean isThere(ObjectKey key) {
        return store.size(key).isPresent();
    }

    private boolean isKnown(AdoptableItem item) {
        return item.id().isPresent()
                ? isKnown(item.id().get(), item.filename())
                : item.keys().stream().anyMatch(key -> repository.blobAt(key).isPresent());
    }

    private boolean isKnown(long id, Optional<String> filename) {
        Optional<Image> image = filename.flatMap(repository::findByFilename);
        return image.isPresent() && image.equals(repository.findById(owner, id));
    }

    private final class CheckedObject implements Prepared {

        private final AdoptionRequest request;
        private final boolean keepsMetadata;
        private final TriedFilenames tried;

        CheckedObject(AdoptionRequest request, boolean keepsMetadata, TriedFilenames tried) {
            this.request = request;
            this.keepsMetadata = keepsMetadata;
            this.tried = tried;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(request.content().digest());
        }

        @Override
        public BulkResult finish() {
            return forecast.isPresent() ? foreseen(forecast.get()) : adopted();
        }

        @Override
        public void close() {}

        private BulkResult foreseen(Set<Digest> seen) {
            Optional<Image> named = repository.findByFilename(request.filename());
            if (named.filter(image -> !isOurs(image)).isPresent()) {
                return refused(Adoption.Obstacle.FILENAME_USED);
            }
            if (request.id().flatMap(id -> repository.findById(owner, id)).isPresent()) {
                return refused(Adoption.Obstacle.ID_USED);
            }
            Digest digest = request.content().digest();
            return host.find(owner, digest).isEmpty() && seen.add(digest)
                    ? added(Optional.empty())
                    : duplicate(Optional.empty());
        }

        private BulkResult adopted() {
            boolean isFirstTry = tried.filenames().isEmpty();
            if (isFirstTry) {
                tried.begin(request.filename());
            }
            Adoption adoption = repository.adopt(request);
            if (adoption instanceof Adoption.Adopted adopted) {
                return added(Optional.of(adopted.image()));
            }
            if (adoption instanceof Adoption.Folded folded) {
                return duplicate(Optional.of(folded.image()));
            }
            if (adoption instanceof Adoption.Known known) {
                return known(known.image(), isFirstTry);
            }
            return refused(((Adoption.Refused) adoption).obstacle());
        }

        private BulkResult known(Image image, boolean isFirstTry) {
            if (request.id()
                    .filter(id -> repository.findById(owner, id).isEmpty())
                    .isPresent()) {
                // two rows of the same name: the second one's id becomes a further one
                return foldedUnderAnotherName();
            }
            if (isFirstTry) {
                return BulkResult.known();
            }
            boolean isItsOwn =
                    image.filename().equals(request.filename()) && request.id().orElse(image.id()) == image.id();
            return isItsOwn ? added(Optional.of(image)) : duplicate(Optional.of(image));
        }

        private BulkResult foldedUnderAnotherName() {
            AdoptionRequest renamed = new AdoptionRequest(
                    request.owner(),
                    request.id(),
                    request.content(),
                    request.objectKey(),
                    filenames.next(request.content().type()),
                    request.originalName(),
                    request.uploadedAt(),
                    request.updatedAt(),
                    request.sharing());
            Adoption adoption = repository.adopt(renamed);
            return adoption instanceof Adoption.Refused refused
                    ? refused(refused.obstacle())
                    : duplicate(repository.findByFilename(renamed.filename()));
        }

        private boolean isOurs(Image image) {
            return image.owner().equals(owner)
                    && image.content().digest().equals(request.content().digest());
        }

        private BulkResult added(Optional<Image> image) {
            return remarked(BulkResult.added(request.content().size(), 0, image));
        }

        private BulkResult duplicate(Optional<Image> image) {
            return remarked(BulkResult.duplicate(request.content().size(), 0, image));
        }

        private BulkResult remarked(BulkResult result) {
            return keepsMetadata
                    ? result.with(
                            new Remark(METADATA_KEPT, "It holds metadata, or more, that an upload would have removed"))
                    : result;
        }
    }

    private static BulkResult refused(Adoption.Obstacle obstacle) {
        return switch (obstacle) {
            case BUSY -> throw new RepositoryUnavailableException("Somebody else is storing the same bytes right now");
            case FILENAME_USED -> refused(obstacle, "The name of its link belongs, or belonged, to another image");
            case ID_USED -> refused(obstacle, "Another image has its id");
            case OBJECT_USED -> refused(obstacle, "The object is known with other bytes, or is to be deleted");
            case SHARED_OTHERWISE -> refused(obstacle, "The owner has the same picture, but private, or with an end");
        };
    }

    private static BulkResult refused(Adoption.Obstacle obstacle, String message) {
        return BulkResult.refused(obstacle.name().toLowerCase(Locale.ROOT), message);
    }
}
