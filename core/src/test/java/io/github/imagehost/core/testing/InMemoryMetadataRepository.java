package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A repository in the heap, for tests; passes the {@link AdministrableRepositoryContract}. What decides a race is
 * overridable, so that a test can plant a mistake.
 */
public class InMemoryMetadataRepository extends InMemoryCatalog implements AdministrableRepository {

    private static final Comparator<Share> MOST_FREQUENT_FIRST =
            Comparator.comparingLong(Share::images).reversed().thenComparing(Share::name);

    private Optional<Repairer> repairer = Optional.empty();

    public InMemoryMetadataRepository(Clock clock) {
        super(clock);
    }

    @Override
    public synchronized Adoption adopt(AdoptionRequest request) {
        return adopt(request, () -> requireQuota(request.owner(), request.content()));
    }

    @Override
    public synchronized Adoption restore(AdoptionRequest request) {
        return adopt(request, () -> {});
    }

    private Adoption adopt(AdoptionRequest request, Runnable beforeAnImage) {
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
            beforeAnImage.run();
            return new Adoption.Adopted(insertImage(insertAdopted(request, Optional.empty()), request));
        }
        requireSize(live, request.content());
        Optional<Image> image = imageOf(live, request.owner());
        if (image.isPresent() && !image.get().sharing().isLike(request.sharing())) {
            return new Adoption.Refused(Adoption.Obstacle.SHARED_OTHERWISE);
        }
        if (image.isEmpty()) {
            beforeAnImage.run();
        }
        if (there.isEmpty()) {
            insertAdopted(request, Optional.of(live.key));
        }
        if (image.isEmpty()) {
            return new Adoption.Adopted(insertImage(live, request));
        }
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
                request.updatedAt(),
                request.sharing());
        insert(new StoredImage(image, blob));
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
        return entry.derived() ? blob.state == BlobState.CONDEMNED : blob.state == BlobState.STORED && blob.missing;
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

    /** The one who may repair. */
    private record Repairer(UUID holder, Instant until) {}

    @Override
    public synchronized boolean takeRepair(UUID holder, Duration duration) {
        requireOpen();
        boolean isFree = repairer.filter(other -> !other.holder().equals(holder))
                .filter(other -> other.until().isAfter(now()))
                .isEmpty();
        if (isFree) {
            repairer = Optional.of(new Repairer(holder, now().plus(duration)));
        }
        return isFree;
    }

    @Override
    public synchronized boolean keepRepair(UUID holder, Duration duration) {
        requireOpen();
        boolean isHolder =
                repairer.filter(other -> other.holder().equals(holder)).isPresent();
        if (isHolder) {
            repairer = Optional.of(new Repairer(holder, now().plus(duration)));
        }
        return isHolder;
    }

    @Override
    public synchronized void endRepair(UUID holder) {
        requireOpen();
        repairer = repairer.filter(other -> !other.holder().equals(holder));
    }

    @Override
    public synchronized Backlog backlog() {
        requireOpen();
        List<Instant> waiting = blobs.values().stream()
                .filter(blob -> blob.state == BlobState.CONDEMNED && !blob.deletionDue.isAfter(now()))
                .map(blob -> blob.deletionDue)
                .sorted()
                .toList();
        return new Backlog(waiting.size(), waiting.isEmpty() ? Duration.ZERO : Duration.between(waiting.get(0), now()));
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
                shares(images(), image -> image.content().type().mimeType(), MOST_FREQUENT_FIRST),
                shares(images(), InMemoryMetadataRepository::month, Comparator.comparing(Share::name)));
    }

    @Override
    public synchronized OwnerStatistics statistics(OwnerId owner) {
        List<Image> all =
                images().stream().filter(image -> image.owner().equals(owner)).toList();
        return new OwnerStatistics(
                usage(owner),
                shares(all, image -> image.content().type().mimeType(), MOST_FREQUENT_FIRST),
                shares(all, image -> image.sharing().visibility().label(), MOST_FREQUENT_FIRST),
                shares(all, InMemoryMetadataRepository::month, Comparator.comparing(Share::name)),
                false);
    }

    private static String month(Image image) {
        return YearMonth.from(image.uploadedAt().atOffset(ZoneOffset.UTC)).toString();
    }

    private static List<Share> shares(Collection<Image> all, Function<Image, String> name, Comparator<Share> order) {
        return all.stream().collect(Collectors.groupingBy(name)).entrySet().stream()
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
}
