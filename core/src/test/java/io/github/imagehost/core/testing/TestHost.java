package io.github.imagehost.core.testing;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.transform.ImageEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A host over a store and a repository in the heap, with {@link Faults} before both, and a clock that a test moves.
 * What lies in store and repository is seen past the faults.
 */
public final class TestHost {

    /** Whoever uploads when nobody is named. */
    public static final OwnerId ALICE = OwnerId.DEFAULT;

    /** Somebody else. */
    public static final OwnerId BOB = new OwnerId(2);

    /** How long reservations last, by the test's clock. */
    public static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));

    private static final int MORE_THAN_ANY_TEST_STORES = 10_000;

    private final MutableClock clock = new MutableClock();
    private final InMemoryImageStore objects = new InMemoryImageStore(clock);
    private final InMemoryMetadataRepository rows = new InMemoryMetadataRepository(clock);
    private final Faults<ImageStore> store = Faults.before(ImageStore.class, objects);
    private final Faults<AdministrableRepository> repository = Faults.before(AdministrableRepository.class, rows);
    private final ImageHost host = another(Duration.ofSeconds(60));

    /** The host under test, which waits for other uploads for as long as a test may take. */
    public ImageHost host() {
        return host;
    }

    /** Another host over the same store and repository, as in another process. */
    public ImageHost another(Duration patience) {
        return ImageHost.builder()
                .store(store.port())
                .metadata(repository.port())
                .timing(new UploadTiming(LEASE, patience))
                .build();
    }

    /** Another host over the same store and repository, which renders with this engine. */
    public ImageHost rendering(ImageEngine engine, Duration patience) {
        return ImageHost.builder()
                .store(store.port())
                .metadata(repository.port())
                .timing(new UploadTiming(LEASE, patience))
                .rendering(engine, repository.port())
                .build();
    }

    /** The faults of the store. */
    public Faults<ImageStore> store() {
        return store;
    }

    /** The faults of the repository. */
    public Faults<AdministrableRepository> repository() {
        return repository;
    }

    /** The repository behind its faults. */
    public InMemoryMetadataRepository rows() {
        return rows;
    }

    /** The clock of store and repository, which {@link #letLeasesEnd} and its like move. */
    public Clock clock() {
        return clock;
    }

    /** Uploads for {@link #ALICE}. */
    public Upload upload(byte[] picture) throws IOException {
        return upload(ALICE, picture);
    }

    /** Uploads for this owner. */
    public Upload upload(OwnerId owner, byte[] picture) throws IOException {
        return upload(host, owner, picture);
    }

    /** Uploads to this host for this owner. */
    public static Upload upload(ImageHost host, OwnerId owner, byte[] picture) throws IOException {
        return host.upload(owner, "cat.png", new ByteArrayInputStream(picture));
    }

    /** Lets all leases and quarantines that run now come to their end. */
    public void letLeasesAndQuarantinesEnd() {
        letLeasesEnd();
        clock.advance(LEASE.quarantine().plusSeconds(1));
    }

    /** Lets all leases that run now come to their end. */
    public void letLeasesEnd() {
        clock.advance(LEASE.duration().plusSeconds(1));
    }

    /** Lets the repository forget the names of images that are gone. */
    public void letFilenamesBeForgotten() {
        clock.advance(Duration.ofHours(25));
        host.sweep();
    }

    /** The keys of all objects in the store. */
    public List<ObjectKey> objects() {
        return objects.list(Optional.empty(), MORE_THAN_ANY_TEST_STORES).stream()
                .map(StoredObject::key)
                .toList();
    }

    /** A fault of the store's {@code delete}: these objects stay, the others go, and it says which. */
    public Faults.Fault keeping(Predicate<ObjectKey> stubborn) {
        return call -> {
            Collection<?> keys = (Collection<?>) call.arguments().get(0);
            List<ObjectKey> all = keys.stream().map(ObjectKey.class::cast).toList();
            objects.delete(all.stream().filter(stubborn.negate()).toList());
            return all.stream().filter(stubborn).collect(Collectors.toMap(key -> key, key -> "locked"));
        };
    }

    /** An owner's images, oldest first. */
    public List<Image> images(OwnerId owner) {
        return rows.list(ImageQuery.of(owner).limit(ImageQuery.MAX_LIMIT)).images().stream()
                .sorted(Comparator.comparingLong(Image::id))
                .toList();
    }

    /** The keys that are to be deleted now. */
    public List<ObjectKey> condemned() {
        return rows.condemned(0, MORE_THAN_ANY_TEST_STORES).stream()
                .map(CondemnedBlob::objectKey)
                .toList();
    }
}
