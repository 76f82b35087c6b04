package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageCursor;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.SortDirection;
import io.github.imagehost.core.model.SortField;
import io.github.imagehost.core.model.Statistics;
import io.github.imagehost.core.model.Statistics.Share;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.Adoption;
import io.github.imagehost.core.port.AdoptionRequest;
import io.github.imagehost.core.port.BlobCatalog;
import io.github.imagehost.core.port.BlobEntry;
import io.github.imagehost.core.port.Claim;
import io.github.imagehost.core.port.ClaimRequest;
import io.github.imagehost.core.port.CondemnedBlob;
import io.github.imagehost.core.port.FurtherName;
import io.github.imagehost.core.port.ImageArchive;
import io.github.imagehost.core.port.MetadataRepository;
import io.github.imagehost.core.port.Removal;
import io.github.imagehost.core.port.RepositoryException;
import io.github.imagehost.core.port.Reservation;
import io.github.imagehost.core.port.VariantClaim;
import io.github.imagehost.core.port.VariantRequest;
import io.github.imagehost.core.port.VariantReservation;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A repository in the heap, for tests; passes the {@link MetadataRepositoryContract}. What decides a race is overridable, so that
 * a test can plant a mistake.
 */
public class InMemoryMetadataRepository implements MetadataRepository {

    /** How far a blob is. */
    public enum BlobState {
        RESERVED,
        STORED,
        CONDEMNED
    }

    /**
     * What the repository holds of a blob.
     *
     * @param storedDigest of its object; of a variant, it means nothing before it is stored
     * @param source what it is derived from, if it is a variant
     * @param deletionDue when its object is to be deleted; {@link Instant#MAX} until it is condemned
     * @param missing whether it is stored, but noted as missing
     */
    public record BlobRow(
            long id,
            Digest digest,
            Digest storedDigest,
            ObjectKey key,
            Optional<ObjectKey> source,
            BlobState state,
            Instant leaseEnd,
            Instant quarantineEnd,
            Instant deletionDue,
            boolean missing) {}

    /** A blob of this repository. */
    protected static final class Blob {
        private final long id;
        private final ObjectKey key;
        private final Instant leaseEnd;
        private ImageDescriptor content;
        private Instant quarantineEnd;
        private boolean missing;
        private BlobState state = BlobState.RESERVED;
        private Instant deletionDue = Instant.MAX;
        /** What it goes with, if it is a variant or a copy. */
        private Optional<ObjectKey> source = Optional.empty();

        private Optional<Variant> variant = Optional.empty();

        private Blob(long id, ImageDescriptor content, ObjectKey key, Instant leaseEnd, Instant quarantineEnd) {
            this.id = id;
            this.content = content;
            this.key = key;
            this.leaseEnd = leaseEnd;
            this.quarantineEnd = quarantineEnd;
        }

        /** Its number. */
        public long id() {
            return id;
        }

        /** How far it is. */
        public BlobState state() {
            return state;
        }

        private Blob copy() {
            Blob copy = new Blob(id, content, key, leaseEnd, quarantineEnd);
            copy.state = state;
            copy.deletionDue = deletionDue;
            copy.source = source;
            copy.variant = variant;
            copy.missing = missing;
            return copy;
        }
    }

    private record StoredImage(Image image, Blob blob) {}

    /** A further name of an image. */
    private record Alias(long imageId, Optional<Long> formerId, ObjectKey objectKey) {}

    private final Clock clock;
    private final TreeMap<Long, Blob> blobs = new TreeMap<>();
    private final TreeMap<Long, StoredImage> images = new TreeMap<>();
    private final Map<String, Alias> aliases = new HashMap<>();
    private final Set<String> usedFilenames = new HashSet<>();
    private long lastId;
    private boolean closed;

    public InMemoryMetadataRepository(Clock clock) {
        this.clock = clock;
    }

    /** Takes over everything that another repository holds; this one holds nothing yet. */
    public final synchronized void copyFrom(InMemoryMetadataRepository original) {
        original.blobs.values().forEach(blob -> blobs.put(blob.id, blob.copy()));
        original.images
                .values()
                .forEach(image -> images.put(
                        image.image().id(),
                        new StoredImage(image.image(), Objects.requireNonNull(blobs.get(image.blob().id)))));
        aliases.putAll(original.aliases);
        usedFilenames.addAll(original.usedFilenames);
        lastId = original.lastId;
    }

    /** What it holds, in the order of the blobs' numbers. */
    public synchronized List<BlobRow> blobs() {
        return blobs.values().stream()
                .map(blob -> new BlobRow(
                        blob.id,
                        blob.content.digest(),
                        blob.variant.map(Variant::digest).orElse(blob.content.storedDigest()),
                        blob.key,
                        blob.source,
                        blob.state,
                        blob.leaseEnd,
                        blob.quarantineEnd,
                        blob.deletionDue,
                        blob.state == BlobState.STORED && blob.missing))
                .toList();
    }

    /** All live images, whoever owns them, in the order of their numbers. */
    public synchronized List<Image> images() {
        return images.values().stream().map(StoredImage::image).toList();
    }

    @Override
    public synchronized Claim claim(ClaimRequest request) {
        requireOpen();
        Blob blob = blobToUse(request.content().digest());
        if (blob != null) {
            requireSize(blob, request.content());
        }
        if (blob != null && isMissing(blob)) {
            return reclaim(blob, request);
        }
        if (blob != null && isStored(blob)) {
            return imageOf(blob, request.owner())
                    .<Claim>map(image -> image.filename().equals(request.filename())
                            ? new Claim.Attached(image)
                            : new Claim.Existing(image))
                    .orElseGet(() -> attach(blob, request));
        }
        if (blob != null && blob.key.equals(request.objectKey())) {
            return new Claim.Reserved(new Reservation(blob.id, blob.key, request));
        }
        if (isBusy(request)) {
            return new Claim.Busy();
        }
        if (blob != null) {
            condemn(blob);
        }
        return isUsed(request.filename()) ? new Claim.FilenameUsed() : new Claim.Reserved(reserve(request));
    }

    private static void requireSize(Blob blob, ImageDescriptor content) {
        if (blob.content.size() != content.size()) {
            throw new RepositoryException(content.digest() + " is known with " + blob.content.size()
                    + " bytes, but now it has " + content.size());
        }
    }

    /** Whether the object of this blob is noted as missing. */
    protected boolean isMissing(Blob blob) {
        return blob.missing;
    }

    private Claim reclaim(Blob blob, ClaimRequest request) {
        if (!isReclaimable(blob, request)) {
            return new Claim.Busy();
        }
        blob.content = request.content();
        Instant end =
                now().plus(request.lease().duration()).plus(request.lease().quarantine());
        blob.quarantineEnd = endAfterReclaim(blob.quarantineEnd, end);
        images.replaceAll((id, stored) ->
                stored.blob() == blob ? new StoredImage(withContent(stored.image(), blob.content), blob) : stored);
        return new Claim.Reserved(new Reservation(blob.id, blob.key, request));
    }

    /** Whether nobody may be storing other bytes. */
    private boolean isReclaimable(Blob blob, ClaimRequest request) {
        return isSettled(blob) || isToHold(blob, request);
    }

    /** Whether the object of this blob is to have the bytes that are requested, and not others of the same picture. */
    protected boolean isToHold(Blob blob, ClaimRequest request) {
        return blob.content.storedDigest().equals(request.content().storedDigest());
    }

    /**
     * When the quarantine of a missing blob ends that somebody brings back: later than before, so that whoever saw the old end sees
     * that something has happened.
     */
    protected Instant endAfterReclaim(Instant oldEnd, Instant endOfRequest) {
        return endOfRequest.isAfter(oldEnd) ? endOfRequest : oldEnd.plusMillis(1);
    }

    private static Image withContent(Image image, ImageDescriptor content) {
        return new Image(
                image.id(),
                image.owner(),
                image.filename(),
                image.originalName(),
                content,
                image.objectKey(),
                image.uploadedAt(),
                image.updatedAt());
    }

    private Claim attach(Blob blob, ClaimRequest request) {
        return isUsed(request.filename()) ? new Claim.FilenameUsed() : new Claim.Attached(insertImage(blob, request));
    }

    /** Whether a claim would be answered with {@link Claim.Busy} now. */
    public final synchronized boolean isBusy(ClaimRequest request) {
        Blob blob = blobToUse(request.content().digest());
        return (blob != null && isMissing(blob) && !isReclaimable(blob, request))
                || isBusy(request.content().digest(), request.objectKey());
    }

    /** Whether a claim would be answered with {@link VariantClaim.Busy} now. */
    public final synchronized boolean isBusy(VariantRequest request) {
        return isBusy(request.identity(), request.objectKey());
    }

    private boolean isBusy(Digest digest, ObjectKey ownKey) {
        Blob blob = blobToUse(digest);
        return blob != null
                && blob.state == BlobState.RESERVED
                && !blob.key.equals(ownKey)
                && blob.leaseEnd.isAfter(now());
    }

    /** Makes a reservation, whatever other blobs there are. */
    protected final synchronized Reservation reserve(ClaimRequest request) {
        usedFilenames.add(request.filename());
        Instant leaseEnd = now().plus(request.lease().duration());
        Blob reserved = new Blob(
                ++lastId,
                request.content(),
                request.objectKey(),
                leaseEnd,
                leaseEnd.plus(request.lease().quarantine()));
        blobs.put(reserved.id, reserved);
        return new Reservation(reserved.id, reserved.key, request);
    }

    /** The blob that an upload of this content goes by: the live one. */
    protected @Nullable Blob blobToUse(Digest digest) {
        return liveBlob(digest);
    }

    private @Nullable Blob liveBlob(Digest digest) {
        return blobsOf(digest)
                .filter(blob -> blob.state != BlobState.CONDEMNED)
                .filter(blob -> blob.source.isEmpty() || blob.variant.isPresent() || blob.state == BlobState.RESERVED)
                .findFirst()
                .orElse(null);
    }

    /** Whether an image may point to this blob. */
    protected boolean isStored(Blob blob) {
        return blob.state == BlobState.STORED;
    }

    /** All blobs of this content that are remembered, the oldest first. */
    protected final Stream<Blob> blobsOf(Digest digest) {
        return blobs.values().stream().filter(blob -> blob.content.digest().equals(digest));
    }

    /** Whether a name, and so an object key, was used before. */
    protected boolean isUsed(String filename) {
        return usedFilenames.contains(filename);
    }

    @Override
    public synchronized Optional<Image> complete(Reservation reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob == null || isCondemned(blob)) {
            return Optional.empty();
        }
        if (!reservation.objectKey().equals(reservation.request().objectKey())) {
            return completeMissing(blob, reservation.request());
        }
        if (blob.state == BlobState.STORED) {
            return imageOf(blob, reservation.request().owner())
                    .filter(image ->
                            image.filename().equals(reservation.request().filename()));
        }
        blob.state = BlobState.STORED;
        return Optional.of(insertImage(blob, reservation.request()));
    }

    private Optional<Image> completeMissing(Blob blob, ClaimRequest request) {
        if (blob.missing && !isToHold(blob, request)) {
            return Optional.empty();
        }
        blob.missing = false;
        Optional<Image> image = imageOf(blob, request.owner());
        return image.isPresent() || isUsed(request.filename()) ? image : Optional.of(insertImage(blob, request));
    }

    /** Whether a blob can't be completed any more. */
    protected boolean isCondemned(Blob blob) {
        return blob.state == BlobState.CONDEMNED;
    }

    @Override
    public synchronized boolean isLost(Reservation reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        return blob == null || blob.state == BlobState.CONDEMNED;
    }

    @Override
    public synchronized void abandon(Reservation reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob != null && blob.state == BlobState.RESERVED) {
            condemn(blob);
        }
    }

    @Override
    public synchronized VariantClaim claimVariant(VariantRequest request) {
        requireOpen();
        Blob blob = blobToUse(request.identity());
        if (blob != null && blob.state == BlobState.STORED) {
            return new VariantClaim.Stored(blob.variant.orElseThrow());
        }
        if (blob != null && blob.key.equals(request.objectKey())) {
            return new VariantClaim.Reserved(new VariantReservation(blob.id, request));
        }
        if (isBusy(request)) {
            return new VariantClaim.Busy();
        }
        if (!isStored(request.source())) {
            return new VariantClaim.SourceGone();
        }
        if (blob != null) {
            condemn(blob);
        }
        return isUsed(request.objectKey().value())
                ? new VariantClaim.KeyUsed()
                : new VariantClaim.Reserved(reserve(request));
    }

    /** Whether something may be derived from the blob with this key. */
    protected boolean isStored(ObjectKey source) {
        return blobs.values().stream().anyMatch(blob -> blob.key.equals(source) && blob.state == BlobState.STORED);
    }

    /** Makes a reservation, whatever other blobs there are. */
    protected final synchronized VariantReservation reserve(VariantRequest request) {
        usedFilenames.add(request.objectKey().value());
        Instant leaseEnd = now().plus(request.lease().duration());
        ImageDescriptor unknownYet = new ImageDescriptor(request.identity(), 1, request.type(), 1, 1);
        Blob reserved = new Blob(
                ++lastId,
                unknownYet,
                request.objectKey(),
                leaseEnd,
                leaseEnd.plus(request.lease().quarantine()));
        reserved.source = Optional.of(request.source());
        blobs.put(reserved.id, reserved);
        return new VariantReservation(reserved.id, request);
    }

    @Override
    public synchronized boolean completeVariant(VariantReservation reservation, Digest digest, long size) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob == null || isCondemned(blob)) {
            return false;
        }
        blob.state = BlobState.STORED;
        blob.variant = Optional.of(new Variant(blob.key, reservation.request().type(), digest, size));
        return true;
    }

    @Override
    public synchronized void abandonVariant(VariantReservation reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob != null && blob.state == BlobState.RESERVED) {
            condemn(blob);
        }
    }

    @Override
    public synchronized Optional<Image> findById(OwnerId owner, long id) {
        requireOpen();
        return Optional.ofNullable(images.get(id))
                .or(() -> aliases.values().stream()
                        .filter(alias -> alias.formerId().equals(Optional.of(id)))
                        .findFirst()
                        .map(alias -> images.get(alias.imageId())))
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(owner));
    }

    @Override
    public synchronized Optional<Image> findByDigest(OwnerId owner, Digest digest) {
        requireOpen();
        return images.values().stream()
                .map(StoredImage::image)
                .filter(image ->
                        image.owner().equals(owner) && image.content().digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        requireOpen();
        Set<Digest> wanted = Set.copyOf(digests);
        return images.values().stream()
                .filter(stored -> !stored.blob().missing)
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(owner)
                        && wanted.contains(image.content().digest()))
                .collect(Collectors.toMap(image -> image.content().digest(), image -> image));
    }

    @Override
    public synchronized Optional<Image> findByFilename(String filename) {
        requireOpen();
        return images.values().stream()
                .map(StoredImage::image)
                .filter(image -> image.filename().equals(filename))
                .findFirst()
                .or(() -> Optional.ofNullable(aliases.get(filename))
                        .map(alias -> images.get(alias.imageId()))
                        .map(StoredImage::image));
    }

    @Override
    public synchronized Adoption adopt(AdoptionRequest request) {
        requireOpen();
        Optional<Image> known = findByFilename(request.filename());
        if (known.isPresent()) {
            boolean isSame = known.get().owner().equals(request.owner())
                    && known.get().content().digest().equals(request.content().digest());
            return isSame ? new Adoption.Known(known.get()) : new Adoption.Refused(Adoption.Obstacle.FILENAME_USED);
        }
        if (isUsed(request.filename())) {
            return new Adoption.Refused(Adoption.Obstacle.FILENAME_USED);
        }
        if (request.id().filter(this::isIdUsed).isPresent()) {
            return new Adoption.Refused(Adoption.Obstacle.ID_USED);
        }
        Optional<Blob> there = blobs.values().stream()
                .filter(blob -> blob.key.equals(request.objectKey()))
                .findFirst();
        if (there.isPresent()) {
            boolean isSame = there.get().content.equals(request.content()) && there.get().state != BlobState.CONDEMNED;
            if (!isSame) {
                return new Adoption.Refused(Adoption.Obstacle.OBJECT_USED);
            }
        }
        Blob live = liveBlob(request.content().digest());
        if (live != null && live.state == BlobState.RESERVED) {
            return new Adoption.Refused(Adoption.Obstacle.BUSY);
        }
        if (live == null) {
            return new Adoption.Adopted(insertImage(insertAdopted(request, Optional.empty()), request));
        }
        requireSize(live, request.content());
        if (there.isEmpty()) {
            insertAdopted(request, Optional.of(live.key));
        }
        Optional<Image> image = imageOf(live, request.owner());
        if (image.isEmpty()) {
            return new Adoption.Adopted(insertImage(live, request));
        }
        usedFilenames.add(request.filename());
        aliases.put(request.filename(), new Alias(image.get().id(), request.id(), request.objectKey()));
        return new Adoption.Folded(image.get());
    }

    private boolean isIdUsed(long id) {
        return images.containsKey(id)
                || aliases.values().stream().anyMatch(alias -> alias.formerId().equals(Optional.of(id)));
    }

    private Blob insertAdopted(AdoptionRequest request, Optional<ObjectKey> source) {
        Blob adopted = new Blob(++lastId, request.content(), request.objectKey(), Instant.MIN, now());
        adopted.state = BlobState.STORED;
        adopted.source = source;
        blobs.put(adopted.id, adopted);
        return adopted;
    }

    private Image insertImage(Blob blob, AdoptionRequest request) {
        usedFilenames.add(request.filename());
        long id = request.id().orElseGet(() -> ++lastId);
        lastId = Math.max(lastId, id);
        Image image = new Image(
                id,
                request.owner(),
                request.filename(),
                request.originalName(),
                blob.content,
                blob.key,
                request.uploadedAt(),
                request.updatedAt());
        images.put(id, new StoredImage(image, blob));
        return image;
    }

    @Override
    public synchronized List<BlobEntry> blobs(Optional<ObjectKey> after, int limit) {
        requireOpen();
        if (limit < 1 || limit > BlobCatalog.MAX_LIMIT) {
            throw new IllegalArgumentException("A listing has no limit of " + limit);
        }
        return blobs.values().stream()
                .filter(blob -> after.isEmpty() || blob.key.compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(blob -> blob.key))
                .limit(limit)
                .map(InMemoryMetadataRepository::entry)
                .toList();
    }

    @Override
    public synchronized Optional<BlobEntry> blobAt(ObjectKey key) {
        requireOpen();
        return blobs.values().stream()
                .filter(blob -> blob.key.equals(key))
                .findFirst()
                .map(InMemoryMetadataRepository::entry);
    }

    private static BlobEntry entry(Blob blob) {
        BlobEntry.State state = switch (blob.state) {
            case RESERVED -> BlobEntry.State.RESERVED;
            case STORED -> blob.missing ? BlobEntry.State.MISSING : BlobEntry.State.STORED;
            case CONDEMNED -> BlobEntry.State.CONDEMNED;
        };
        return new BlobEntry(
                blob.id,
                blob.key,
                state,
                blob.source.isPresent(),
                blob.variant.map(Variant::digest).orElse(blob.content.storedDigest()),
                blob.variant.map(Variant::size).orElse(blob.content.storedSize()),
                blob.variant.map(Variant::type).orElse(blob.content.type()),
                blob.quarantineEnd);
    }

    @Override
    public synchronized boolean markMissing(BlobEntry entry) {
        requireOpen();
        Blob blob = blobs.get(entry.blobId());
        if (blob == null) {
            return false;
        }
        boolean isAsBefore =
                blob.state == BlobState.STORED && !blob.missing && blob.quarantineEnd.equals(entry.quarantineEnd());
        if (isAsBefore && entry.derived()) {
            condemn(blob);
        } else if (isAsBefore) {
            blob.missing = true;
        }
        return blob.missing || (entry.derived() && blob.state == BlobState.CONDEMNED);
    }

    @Override
    public synchronized boolean markPresent(BlobEntry entry) {
        requireOpen();
        Blob blob = blobs.get(entry.blobId());
        if (blob == null
                || blob.state != BlobState.STORED
                || !blob.content.storedDigest().equals(entry.storedDigest())) {
            return false;
        }
        if (blob.missing && blob.quarantineEnd.equals(entry.quarantineEnd())) {
            blob.missing = false;
            blob.quarantineEnd = blob.quarantineEnd.plusMillis(1);
        }
        return !blob.missing;
    }

    @Override
    public synchronized ImagePage list(ImageQuery query) {
        requireOpen();
        Comparator<Image> order = order(query.field(), query.direction());
        List<Image> all = images.values().stream()
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(query.owner()))
                .filter(image -> matches(image, query.filter()))
                .sorted(order)
                .toList();
        List<Image> page = all.stream()
                .filter(image ->
                        query.cursor().map(cursor -> comesAfter(image, cursor)).orElse(true))
                .skip(query.cursor().isPresent() ? 0 : query.offset())
                .limit(query.limit() + 1L)
                .toList();
        boolean more = page.size() > query.limit();
        List<Image> wanted = page.subList(0, Math.min(page.size(), query.limit()));
        return new ImagePage(
                wanted,
                all.size(),
                false,
                more ? Optional.of(query.cursorAfter(wanted.get(wanted.size() - 1))) : Optional.empty());
    }

    private boolean matches(Image image, ImageFilter filter) {
        boolean hasFurtherName = filter.text()
                .linkName()
                .map(aliases::get)
                .map(alias -> alias.imageId() == image.id())
                .orElse(false);
        return (hasFurtherName ? filter.text("") : filter).matches(image);
    }

    @Override
    public synchronized void tidyUp() {
        requireOpen();
    }

    @Override
    public synchronized Removal remove(OwnerId owner, Collection<Long> ids) {
        requireOpen();
        Set<Long> removed = new HashSet<>();
        List<CondemnedBlob> condemned = new ArrayList<>();
        for (long id : new HashSet<>(ids)) {
            Blob blob = removeImage(owner, id);
            if (blob == null) {
                continue;
            }
            removed.add(id);
            if (isUnused(blob)) {
                condemned.add(condemn(blob));
                derivedFrom(blob)
                        .filter(derived -> derived.state != BlobState.CONDEMNED)
                        .forEach(derived -> condemned.add(condemn(derived)));
            }
        }
        return new Removal(removed, condemned);
    }

    /** All that goes with this blob. */
    protected Stream<Blob> derivedFrom(Blob blob) {
        return blobs.values().stream().filter(derived -> derived.source.equals(Optional.of(blob.key)));
    }

    /** Removes one image, and nothing else; null if the owner has no such image. */
    protected final synchronized @Nullable Blob removeImage(OwnerId owner, long id) {
        StoredImage stored = images.get(id);
        if (stored == null || !stored.image().owner().equals(owner)) {
            return null;
        }
        images.remove(id);
        aliases.values().removeIf(alias -> alias.imageId() == id);
        return stored.blob();
    }

    /** Whether no live image points to this blob. */
    protected boolean isUnused(Blob blob) {
        return images.values().stream().noneMatch(image -> image.blob() == blob);
    }

    /** Condemns a blob, whoever uses it. */
    protected final synchronized CondemnedBlob condemn(Blob blob) {
        blob.state = BlobState.CONDEMNED;
        blob.deletionDue = now();
        return new CondemnedBlob(blob.id, blob.key, isSettled(blob));
    }

    @Override
    public synchronized int condemnExpired() {
        requireOpen();
        List<Blob> expired = blobs.values().stream()
                .filter(blob -> blob.state == BlobState.RESERVED && !blob.leaseEnd.isAfter(now()))
                .toList();
        expired.forEach(this::condemn);
        return expired.size();
    }

    @Override
    public synchronized List<CondemnedBlob> condemned(long afterBlobId, int limit) {
        requireOpen();
        return blobs.tailMap(afterBlobId, false).values().stream()
                .filter(blob -> blob.state == BlobState.CONDEMNED && !blob.deletionDue.isAfter(now()))
                .limit(limit)
                .map(blob -> new CondemnedBlob(blob.id, blob.key, isSettled(blob)))
                .toList();
    }

    @Override
    public synchronized void forget(Collection<CondemnedBlob> condemned) {
        requireOpen();
        for (CondemnedBlob entry : condemned) {
            Blob blob = blobs.get(entry.blobId());
            if (blob == null || blob.state != BlobState.CONDEMNED) {
                continue;
            }
            if (entry.settled()) {
                blobs.remove(blob.id);
            } else {
                blob.deletionDue = blob.quarantineEnd;
            }
        }
    }

    @Override
    public synchronized List<Image> imagesAfter(long id, int limit) {
        requireOpen();
        if (limit < 1 || limit > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException("A listing has no limit of " + limit);
        }
        return images.tailMap(id, false).values().stream()
                .map(StoredImage::image)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<FurtherName> furtherNames(Collection<Long> imageIds) {
        requireOpen();
        if (imageIds.size() > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException("There are too many images: " + imageIds.size());
        }
        return aliases.entrySet().stream()
                .filter(alias -> imageIds.contains(alias.getValue().imageId()))
                .map(alias -> furtherName(alias.getKey(), alias.getValue()))
                .sorted(Comparator.comparingLong(FurtherName::imageId).thenComparing(FurtherName::filename))
                .toList();
    }

    private FurtherName furtherName(String filename, Alias alias) {
        BlobEntry object = blobAt(alias.objectKey()).orElseThrow();
        return new FurtherName(
                Objects.requireNonNull(images.get(alias.imageId())).image().owner(),
                alias.imageId(),
                filename,
                alias.formerId(),
                alias.objectKey(),
                object.storedDigest(),
                object.storedSize());
    }

    @Override
    public synchronized Statistics statistics() {
        requireOpen();
        List<Image> all = Stream.concat(
                        images().stream(),
                        aliases.values().stream()
                                .map(alias -> images.get(alias.imageId()))
                                .map(StoredImage::image))
                .toList();
        List<Blob> originals = blobs.values().stream()
                .filter(blob -> blob.state == BlobState.STORED && blob.source.isEmpty())
                .toList();
        List<Blob> derived = blobs.values().stream()
                .filter(blob -> blob.state == BlobState.STORED && blob.source.isPresent())
                .toList();
        return new Statistics(
                all.size(),
                sum(all, image -> image.content().size()),
                originals.size(),
                sum(originals, blob -> blob.content.size()),
                sum(originals, blob -> entry(blob).storedSize()),
                derived.size(),
                sum(derived, blob -> entry(blob).storedSize()),
                originals.stream().filter(blob -> blob.missing).count(),
                blobs.values().stream()
                        .filter(blob -> blob.state == BlobState.RESERVED)
                        .count(),
                blobs.values().stream()
                        .filter(blob -> blob.state == BlobState.CONDEMNED)
                        .count(),
                shares(
                        image -> image.content().type().mimeType(),
                        Comparator.comparingLong(Share::images).reversed().thenComparing(Share::name)),
                shares(
                        image -> YearMonth.from(image.uploadedAt().atOffset(ZoneOffset.UTC))
                                .toString(),
                        Comparator.comparing(Share::name)));
    }

    private List<Share> shares(Function<Image, String> name, Comparator<Share> order) {
        return images().stream().collect(Collectors.groupingBy(name)).entrySet().stream()
                .map(group -> new Share(
                        group.getKey(),
                        group.getValue().size(),
                        sum(group.getValue(), image -> image.content().size())))
                .sorted(order)
                .toList();
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> size) {
        return all.stream().mapToLong(size).sum();
    }

    @Override
    public synchronized void check() {
        requireOpen();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private Instant now() {
        requireOpen();
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void requireOpen() {
        if (closed) {
            throw new RepositoryException("The repository is closed");
        }
    }

    private Optional<Image> imageOf(Blob blob, OwnerId owner) {
        return images.values().stream()
                .filter(stored ->
                        stored.blob() == blob && stored.image().owner().equals(owner))
                .map(StoredImage::image)
                .findFirst();
    }

    /** Makes an image of this blob, whatever others there are. */
    protected final synchronized Image insertImage(Blob blob, ClaimRequest request) {
        usedFilenames.add(request.filename());
        Instant uploadedAt = request.uploadedAt().orElseGet(this::now);
        Image image = new Image(
                ++lastId,
                request.owner(),
                request.filename(),
                request.originalName(),
                blob.content,
                blob.key,
                uploadedAt,
                uploadedAt);
        images.put(image.id(), new StoredImage(image, blob));
        return image;
    }

    private boolean isSettled(Blob blob) {
        return !blob.quarantineEnd.isAfter(now());
    }

    private static Comparator<Image> order(SortField field, SortDirection direction) {
        Comparator<Image> byField = switch (field) {
            case ID -> Comparator.comparingLong(Image::id);
            case FILENAME -> Comparator.comparing(Image::filename);
            case ORIGINAL_NAME ->
                Comparator.comparing(
                        image -> NameFolding.fold(image.originalName()), InMemoryMetadataRepository::compareCodePoints);
            case FILE_SIZE -> Comparator.comparingLong(image -> image.content().size());
            case MIME_TYPE ->
                Comparator.comparing(image -> image.content().type().mimeType());
            case UPLOAD_TIME -> Comparator.comparing(Image::uploadedAt);
            case UPDATED_AT -> Comparator.comparing(Image::updatedAt);
        };
        Comparator<Image> ascending = byField.thenComparingLong(Image::id);
        return direction == SortDirection.ASCENDING ? ascending : ascending.reversed();
    }

    private static boolean comesAfter(Image image, ImageCursor cursor) {
        String key =
                ImageCursor.after(image, cursor.field(), cursor.direction(), 1).key();
        int byKey = switch (cursor.field()) {
            case ID, FILE_SIZE, UPLOAD_TIME, UPDATED_AT ->
                Long.compare(Long.parseLong(key), Long.parseLong(cursor.key()));
            case ORIGINAL_NAME -> compareCodePoints(key, cursor.key());
            case FILENAME, MIME_TYPE -> key.compareTo(cursor.key());
        };
        int comparison = byKey != 0 ? byKey : Long.compare(image.id(), cursor.id());
        return cursor.direction() == SortDirection.ASCENDING ? comparison > 0 : comparison < 0;
    }

    private static int compareCodePoints(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
