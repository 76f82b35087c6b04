package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The blobs, images and names of a repository in the heap, and how they belong together. */
abstract class InMemoryRows {

    record StoredImage(Image image, Blob blob) {}

    /** A further name of an image. */
    record Alias(long imageId, Optional<Long> formerId, ObjectKey objectKey) {}

    private static final Usage NOTHING = new Usage(0, 0);

    final TreeMap<Long, Blob> blobs = new TreeMap<>();
    final TreeMap<Long, StoredImage> images = new TreeMap<>();
    final Map<String, Alias> aliases = new HashMap<>();
    /** The names of images that are gone, and since when. */
    final Map<String, Instant> retiredFilenames = new HashMap<>();

    /**
     * The keys of all reservations that there ever were, for ever: the explorer calls a second use of one a mistake.
     */
    final Set<String> reservedKeys = new HashSet<>();

    final InMemoryFilings filings = new InMemoryFilings();
    private final Map<OwnerId, Quota> quotas = new HashMap<>();
    private final Map<OwnerId, Usage> counts = new TreeMap<>(Comparator.comparingLong(OwnerId::value));
    long lastId;
    private final Clock clock;
    private boolean closed;

    InMemoryRows(Clock clock) {
        this.clock = clock;
    }

    /** Takes over everything that another repository holds; this one holds nothing yet. */
    public final synchronized void copyFrom(InMemoryRows original) {
        original.blobs.values().forEach(blob -> blobs.put(blob.id, blob.copy()));
        original.images
                .values()
                .forEach(image -> images.put(
                        image.image().id(),
                        new StoredImage(image.image(), Objects.requireNonNull(blobs.get(image.blob().id)))));
        aliases.putAll(original.aliases);
        retiredFilenames.putAll(original.retiredFilenames);
        reservedKeys.addAll(original.reservedKeys);
        quotas.putAll(original.quotas);
        counts.putAll(original.counts);
        filings.copyFrom(original.filings);
        lastId = original.lastId;
    }

    /** What it holds, in the order of the blobs' numbers. */
    public synchronized List<BlobRow> blobs() {
        List<BlobRow> rows = new ArrayList<>();
        for (Blob blob : blobs.values()) {
            rows.add(new BlobRow(
                    blob.id,
                    blob.content.digest(),
                    blob.variant.map(Variant::digest).orElse(blob.content.storedDigest()),
                    blob.key,
                    blob.source,
                    blob.state,
                    blob.leaseEnd,
                    blob.quarantineEnd,
                    blob.deletionDue,
                    blob.state == BlobState.STORED && blob.missing));
        }
        return rows;
    }

    /** All live images, whoever owns them, in the order of their numbers. */
    public synchronized List<Image> images() {
        List<Image> all = new ArrayList<>();
        images.values().forEach(stored -> all.add(stored.image()));
        return all;
    }

    /** All blobs of this content that are remembered, the oldest first. */
    protected final Stream<Blob> blobsOf(Digest digest) {
        return blobs.values().stream().filter(blob -> blob.content.digest().equals(digest));
    }

    final @Nullable Blob liveBlob(Digest digest) {
        return blobsOf(digest)
                .filter(blob -> blob.state != BlobState.CONDEMNED)
                .filter(blob -> blob.source.isEmpty() || blob.variant.isPresent() || blob.state == BlobState.RESERVED)
                .findFirst()
                .orElse(null);
    }

    final Optional<Image> imageOf(Blob blob, OwnerId owner) {
        return images.values().stream()
                .filter(stored ->
                        stored.blob() == blob && stored.image().owner().equals(owner))
                .map(StoredImage::image)
                .findFirst();
    }

    final Optional<Image> imageOf(OwnerId owner, Digest digest) {
        return images.values().stream()
                .map(StoredImage::image)
                .filter(image ->
                        image.owner().equals(owner) && image.content().digest().equals(digest))
                .findFirst();
    }

    /** Whether an image counts as deleted, although it is still there. */
    protected boolean hasEnded(Image image) {
        return image.sharing().hasEndedBy(now());
    }

    /** Puts an image in the place of the one with the same number. */
    final void replace(Image image) {
        images.computeIfPresent(image.id(), (id, stored) -> new StoredImage(image, stored.blob()));
    }

    static void requireSize(Blob blob, ImageDescriptor content) {
        if (blob.content.size() != content.size()) {
            throw new RepositoryException(content.digest() + " is known with " + blob.content.size()
                    + " bytes, but now it has " + content.size());
        }
    }

    /** Whether a name, and so an object key, was used before. */
    protected boolean isUsed(String filename) {
        return reservedKeys.contains(filename)
                || retiredFilenames.containsKey(filename)
                || aliases.containsKey(filename)
                || images.values().stream()
                        .anyMatch(stored -> stored.image().filename().equals(filename));
    }

    /** Condemns a blob, whoever uses it. */
    protected final synchronized CondemnedBlob condemn(Blob blob) {
        blob.state = BlobState.CONDEMNED;
        blob.deletionDue = now();
        return new CondemnedBlob(blob.id, blob.key, isSettled(blob));
    }

    /** What this owner may have. */
    public synchronized Quota quota(OwnerId owner) {
        requireOpen();
        return quotas.getOrDefault(owner, Quota.NONE);
    }

    /** Changes what this owner may have. */
    public synchronized Quota changeQuota(OwnerId owner, Quota.Change change) {
        Quota quota = change.appliedTo(quota(owner));
        quotas.put(owner, quota);
        return quota;
    }

    /** Adds an image and counts it. */
    final void insert(StoredImage stored) {
        images.put(stored.image().id(), stored);
        Image image = stored.image();
        count(image.owner(), new Usage(1, image.content().size()));
    }

    /** Takes an image away with its further names, and counts it no more. */
    final void delete(Image image) {
        images.remove(image.id());
        List<String> further = aliases.entrySet().stream()
                .filter(alias -> alias.getValue().imageId() == image.id())
                .map(Map.Entry::getKey)
                .toList();
        further.forEach(aliases::remove);
        Stream.concat(Stream.of(image.filename()), further.stream()).forEach(name -> retiredFilenames.put(name, now()));
        filings.forget(image.id());
        count(image.owner(), new Usage(-1, -image.content().size()));
    }

    /** Counts so much more for an owner, whatever images there are. */
    public final synchronized void count(OwnerId owner, Usage more) {
        Usage counted = usage(owner);
        counts.put(owner, new Usage(counted.images() + more.images(), counted.bytes() + more.bytes()));
    }

    /** What this owner is counted to have. */
    public synchronized Usage usage(OwnerId owner) {
        requireOpen();
        return counts.getOrDefault(owner, NOTHING);
    }

    /** Whoever is counted to have something else than its images. */
    public synchronized List<Miscount> miscounts(BooleanSupplier isToStop) {
        requireOpen();
        return counts.entrySet().stream()
                .takeWhile(counted -> !isToStop.getAsBoolean())
                .map(counted -> new Miscount(counted.getKey(), counted.getValue(), sum(counted.getKey())))
                .filter(count -> !count.counted().equals(count.actual()))
                .toList();
    }

    /** Counts anew what this owner has. */
    public synchronized void recount(OwnerId owner) {
        requireOpen();
        counts.put(owner, sum(owner));
    }

    private Usage sum(OwnerId owner) {
        List<Image> own =
                images().stream().filter(image -> image.owner().equals(owner)).toList();
        return new Usage(
                own.size(),
                own.stream().mapToLong(image -> image.content().size()).sum());
    }

    /** Whether the owner may have an image of this content beside all that it has. */
    protected boolean isWithinQuota(OwnerId owner, ImageDescriptor content) {
        Usage usage = usage(owner);
        return quota(owner).allows(new Usage(usage.images() + 1, usage.bytes() + content.size()));
    }

    final void requireQuota(OwnerId owner, ImageDescriptor content) {
        if (!isWithinQuota(owner, content)) {
            throw new QuotaExceededException(owner, quota(owner));
        }
    }

    final boolean isSettled(Blob blob) {
        return !blob.quarantineEnd.isAfter(now());
    }

    /** Makes all later calls fail. */
    public synchronized void close() {
        closed = true;
    }

    final Instant now() {
        requireOpen();
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    final void requireOpen() {
        if (closed) {
            throw new RepositoryException("The repository is closed");
        }
    }
}
