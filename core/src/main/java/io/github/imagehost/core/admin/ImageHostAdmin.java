package io.github.imagehost.core.admin;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageHostBuilder;
import io.github.imagehost.core.archive.ExportReport;
import io.github.imagehost.core.archive.ImageExport;
import io.github.imagehost.core.archive.ImageRestore;
import io.github.imagehost.core.archive.OwnerMap;
import io.github.imagehost.core.archive.OwnerRestore;
import io.github.imagehost.core.bulk.AdoptTask;
import io.github.imagehost.core.bulk.BulkTask;
import io.github.imagehost.core.bulk.StoreSource;
import io.github.imagehost.core.fsck.Quarantine;
import io.github.imagehost.core.fsck.RepairLease;
import io.github.imagehost.core.fsck.RepairLostException;
import io.github.imagehost.core.fsck.RepairRight;
import io.github.imagehost.core.fsck.StoreCheck;
import io.github.imagehost.core.fsck.StoreCheckOptions;
import io.github.imagehost.core.fsck.StoreCheckReport;
import io.github.imagehost.core.fsck.StoreFinding;
import io.github.imagehost.core.fsck.UsageCheck;
import io.github.imagehost.core.migration.StoreMigration;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What an administrator does with an image host, beside what everybody does:
 *
 * <pre>{@code
 * try (ImageHostAdmin admin = ImageHostAdmin.open(ImageHost.builder(), store, repository)) {
 *     StoreCheckReport report = admin.check(StoreCheckOptions.DEFAULT, System.out::println, Progress.UNOBSERVED);
 *     Statistics statistics = admin.statistics();
 * }
 * }</pre>
 *
 * <p>All of it may be done while others use the host, unless a method says something else. Every method may throw a
 * {@link StoreException} or a {@link RepositoryException} when store or repository fail. Safe for use by many threads.
 */
public final class ImageHostAdmin implements AutoCloseable {

    private final ImageHost host;
    private final ImageStore store;
    private final AdministrableRepository repository;

    private final Optional<OwnerLedger> owners;

    private final Optional<AlbumRepository> albums;

    private ImageHostAdmin(
            ImageHost host,
            ImageStore store,
            AdministrableRepository repository,
            Optional<OwnerLedger> owners,
            Optional<AlbumRepository> albums) {
        this.host = host;
        this.store = store;
        this.repository = repository;
        this.owners = owners;
        this.albums = albums;
    }

    /**
     * Opens a host together with its administration, over one store and one repository.
     *
     * @param settings what else the host is to be like; its store and its repository are set by this
     * @param store is closed with what is returned
     * @param repository is closed with what is returned
     */
    public static ImageHostAdmin open(ImageHostBuilder settings, ImageStore store, AdministrableRepository repository) {
        return open(settings, store, repository, Optional.empty(), Optional.empty());
    }

    /**
     * The same, for a host that knows whom its images belong to, and what order these have given to them.
     *
     * @param owners stays open
     * @param albums stays open
     */
    public static ImageHostAdmin open(
            ImageHostBuilder settings,
            ImageStore store,
            AdministrableRepository repository,
            OwnerLedger owners,
            AlbumRepository albums) {
        return open(settings, store, repository, Optional.of(owners), Optional.of(albums));
    }

    private static ImageHostAdmin open(
            ImageHostBuilder settings,
            ImageStore store,
            AdministrableRepository repository,
            Optional<OwnerLedger> owners,
            Optional<AlbumRepository> albums) {
        ImageHost host = settings.store(store).metadata(repository).build();
        return new ImageHostAdmin(host, store, repository, owners, albums);
    }

    /** The host itself; closed with this. */
    public ImageHost host() {
        return host;
    }

    /** Counts everything, which takes time that grows with what there is. */
    public Statistics statistics() {
        return repository.statistics();
    }

    /** What this owner may have. */
    public Quota quota(OwnerId owner) {
        return repository.quota(owner);
    }

    /** Changes what this owner may have; see {@link QuotaLedger#changeQuota}. */
    public Quota changeQuota(OwnerId owner, Quota.Change change) {
        return repository.changeQuota(owner, change);
    }

    /** What this owner has. */
    public Usage usage(OwnerId owner) {
        return repository.usage(owner);
    }

    /**
     * Compares what lies in the store with what the repository knows of it, and then what owners have with what they
     * are counted to have, and repairs both if that is wanted; see {@link StoreCheck#run} and {@link UsageCheck#run}.
     * One process may repair at a time: another one is refused at its beginning. Whoever can't compare the counts,
     * since the repository does not answer, has the report of the store all the same.
     *
     * @param onFinding is told each finding at once
     * @param progress counts objects
     * @throws RepairLostException if this was to repair, but was held up for so long that another process may do so now
     */
    public StoreCheckReport check(StoreCheckOptions options, Consumer<StoreFinding> onFinding, Progress progress) {
        if (!options.repair()) {
            return check(options, onFinding, progress, RepairRight.UNDISPUTED);
        }
        try (RepairLease lease = RepairLease.take(repository)) {
            return check(options, onFinding, progress, lease);
        }
    }

    private StoreCheckReport check(
            StoreCheckOptions options, Consumer<StoreFinding> onFinding, Progress progress, RepairRight right) {
        StoreCheckReport report = new StoreCheck(store, repository, right).run(options, onFinding, progress);
        return report.finished()
                ? report.with(
                        new UsageCheck(repository, right, this::nameOf)
                                .run(options, onFinding, progress::isStopRequested),
                        progress.isStopRequested())
                : report;
    }

    private String nameOf(OwnerId id) {
        String number = String.valueOf(id.value());
        try {
            return owners.flatMap(known -> known.findOwner(id))
                    .map(owner -> owner.name().value())
                    .orElse(number);
        } catch (RepositoryException e) {
            // what it is about matters more
            return number;
        }
    }

    /**
     * Deletes objects that a repair has put aside; see {@link Quarantine#purge}.
     *
     * @param age how long ago at least
     * @return how many objects were deleted
     */
    public long purgeQuarantine(Duration age, Progress progress) {
        return new Quarantine(store, repository).purge(age, progress);
    }

    /**
     * Moves the host to another store.
     *
     * @param target stays open
     * @param threads how many objects are copied at once, 1 to {@value StoreMigration#MOST_THREADS}
     */
    public StoreMigration migrationTo(ImageStore target, int threads) {
        return new StoreMigration(store, target, repository, threads);
    }

    /**
     * Writes everything that is known of the images, their albums and their owners into a file, and a list of the
     * objects beside it; see {@link ImageExport#write}.
     *
     * @param file in a directory that is there
     * @param pathInCopy where an object is in a copy of the store: a relative path, with slashes
     * @param progress counts images
     * @throws IOException if the file or the list can't be written
     */
    public ExportReport export(Path file, Function<ObjectKey, String> pathInCopy, Progress progress)
            throws IOException {
        return new ImageExport(repository, owners, albums, pathInCopy).write(file, progress);
    }

    /**
     * Brings back what was exported. A host that knows owners adds those that it has not.
     *
     * @param threads how many objects are read at once, 1 to {@value ImageRestore#MOST_THREADS}
     */
    public ImageRestore restoration(int threads) {
        return restoration(threads, OwnerMap.NONE, owner -> {});
    }

    /**
     * The same where somebody says whose images they become.
     *
     * @param map about owners of this host; has no effect in one that knows none
     * @param onNewOwner is told each owner that is added, at once
     */
    public ImageRestore restoration(int threads, OwnerMap map, Consumer<Owner> onNewOwner) {
        return new ImageRestore(
                store, repository, owners.map(ledger -> new OwnerRestore(ledger, map, onNewOwner)), albums, threads);
    }

    /** All objects in the store that may become images where they lie. */
    public BulkSource<AdoptableItem> storedObjects() {
        return new StoreSource(store);
    }

    /** Makes images of objects that lie in the store already; for one run. */
    public BulkTask<AdoptableItem> adoption(OwnerId owner) {
        return AdoptTask.adopting(host, store, repository, owner);
    }

    /** Tells what {@link #adoption} would do, and changes nothing; for one run. */
    public BulkTask<AdoptableItem> adoptionForecast(OwnerId owner) {
        return AdoptTask.forecasting(host, store, repository, owner);
    }

    /** Closes the host, its store and its repository; may be repeated. */
    @Override
    public void close() {
        host.close();
    }
}
