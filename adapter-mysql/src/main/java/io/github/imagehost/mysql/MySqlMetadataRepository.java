package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.access.MySqlAccessRepository;
import io.github.imagehost.mysql.album.MySqlAlbumRepository;
import io.github.imagehost.mysql.audit.MySqlAuditLog;
import io.github.imagehost.mysql.listing.Counts;
import io.github.imagehost.mysql.listing.Upkeep;
import io.github.imagehost.mysql.protocol.Adoptions;
import io.github.imagehost.mysql.protocol.BlobQueries;
import io.github.imagehost.mysql.protocol.ImageChanges;
import io.github.imagehost.mysql.protocol.ImageQueries;
import io.github.imagehost.mysql.protocol.ImageRemovals;
import io.github.imagehost.mysql.protocol.Quotas;
import io.github.imagehost.mysql.protocol.UploadClaims;
import io.github.imagehost.mysql.protocol.VariantClaims;
import io.github.imagehost.mysql.row.image.BacklogRow;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.transaction.BatchCounts;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.Transactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/**
 * The metadata on MySQL, on what is compatible with it, or on H2. Every operation is one transaction at READ COMMITTED,
 * but for claims, and for long lists of what a sweep condemns or forgets; the description of the package
 * {@code protocol} shows what decides races. All times, leases too, are the database's own. Any number of repositories
 * in any number of processes may share one database. Safe for use by many threads.
 *
 * <p>Deadlocks, lock timeouts and lost connections are tried again inside, for some seconds at the most.
 */
public final class MySqlMetadataRepository implements AdministrableRepository {

    private static final int CHECK_TIMEOUT_SECONDS = 3;

    private final Transactions transactions;
    private final Runnable onClose;
    private final UploadClaims uploads;
    private final VariantClaims variants;
    private final ImageQueries images;
    private final ImageChanges changes;
    private final ImageRemovals removals;
    private final BlobQueries blobs;
    private final Adoptions adoptions;
    private final Quotas quotas;
    private final Counts counts;
    private final RepairTurns repairs;

    MySqlMetadataRepository(Transactions transactions, Runnable onClose) {
        this(transactions, new UploadClaims(transactions), onClose);
    }

    MySqlMetadataRepository(Transactions transactions, UploadClaims uploads, Runnable onClose) {
        this.transactions = transactions;
        this.onClose = onClose;
        this.uploads = uploads;
        this.variants = new VariantClaims(transactions);
        this.images = new ImageQueries(transactions);
        this.changes = new ImageChanges(transactions);
        this.removals = new ImageRemovals(transactions);
        this.blobs = new BlobQueries(transactions);
        this.adoptions = new Adoptions(transactions);
        this.quotas = new Quotas(transactions);
        this.counts = new Counts(transactions);
        this.repairs = new RepairTurns(transactions);
    }

    /**
     * A repository on somebody else's data source, which stays open when the repository is closed. Migrates the schema
     * first. On H2 its user is an administrator of the database, as the user who made it is.
     *
     * @throws RepositoryUnavailableException if the database does not answer
     * @throws RepositoryException if the schema can't be migrated
     */
    public static MySqlMetadataRepository create(DataSource dataSource) {
        SchemaMigration.migrate(dataSource);
        return new MySqlMetadataRepository(new Transactions(MyBatisSetup.sessionFactory(dataSource)), () -> {});
    }

    /**
     * A repository on H2 in the folder {@code database} of a directory, which is made if it is absent. Otherwise as
     * {@link #open}.
     *
     * @throws SettingsException if the database can't be there
     */
    public static MySqlMetadataRepository embedded(Path directory) {
        return open(MySqlSettings.embedded(directory));
    }

    /**
     * A repository with a small pool of its own, which ends when the repository is closed. Migrates the schema first.
     *
     * @throws SettingsException if the database can't be used with these settings; names the setting to look at
     */
    public static MySqlMetadataRepository open(MySqlSettings settings) {
        PooledDataSource pool = settings.pooledDataSource();
        // held until the pool has a connection of its own
        try (Connection held = SchemaMigration.connect(settings)) {
            held.getMetaData();
            return new MySqlMetadataRepository(
                    new Transactions(MyBatisSetup.sessionFactory(pool)), pool::forceCloseAll);
        } catch (SQLException | RepositoryException e) {
            pool.forceCloseAll();
            throw settings.unusable(e);
        }
    }

    /**
     * A repository on somebody else's session factory, which stays usable when the repository is closed. The schema has
     * to be migrated already.
     *
     * @param sessions configured by {@link MyBatisSetup#configure}, with MyBatis's {@link JdbcTransactionFactory}
     * @throws IllegalArgumentException if it was not
     */
    public static MySqlMetadataRepository using(SqlSessionFactory sessions) {
        MyBatisSetup.requireConfigured(sessions);
        return new MySqlMetadataRepository(new Transactions(sessions), () -> {});
    }

    /**
     * How well uploads share statements and transactions, since this repository was opened: {@code look}, {@code claim}
     * and {@code complete}, each with counts that go on.
     */
    public Map<String, BatchCounts> batchCounts() {
        Map<String, BatchCounts> all = new TreeMap<>(uploads.batchCounts());
        all.put("look", images.batchCounts());
        return Collections.unmodifiableMap(all);
    }

    /** Owners and tokens in the same database, over the same connections. Usable while this repository is open. */
    public AccessRepository access() {
        return new MySqlAccessRepository(transactions);
    }

    /**
     * Albums and tags of the images in the same database, over the same connections. Usable while this repository is
     * open.
     */
    public AlbumRepository albums() {
        return new MySqlAlbumRepository(transactions);
    }

    /** The audit log in the same database, over the same connections. Usable while this repository is open. */
    public AuditLog auditLog() {
        return new MySqlAuditLog(transactions);
    }

    @Override
    public Claim<UploadRequest, Image> claim(UploadRequest request) {
        return uploads.claim(request);
    }

    @Override
    public Optional<Image> complete(Reservation<UploadRequest> reservation) {
        return uploads.complete(reservation);
    }

    @Override
    public Claim<VariantRequest, Variant> claimVariant(VariantRequest request) {
        return variants.claim(request);
    }

    @Override
    public boolean completeVariant(Reservation<VariantRequest> reservation, Digest digest, long size) {
        return variants.complete(reservation, digest, size);
    }

    @Override
    public boolean isLost(ObjectKey key) {
        return blobs.isLost(key);
    }

    @Override
    public void abandon(Reservation<?> reservation) {
        blobs.abandon(reservation);
    }

    @Override
    public Optional<Image> findById(OwnerId owner, long id) {
        return images.findById(owner, id);
    }

    @Override
    public Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        return images.findExisting(owner, digests);
    }

    @Override
    public Optional<Image> findByFilename(String filename) {
        return images.findByFilename(filename);
    }

    @Override
    public ImagePage list(ImageQuery query) {
        return images.list(query);
    }

    @Override
    public List<Image> changeAll(OwnerId owner, Collection<Long> ids, Collection<ImageChange> imageChanges) {
        return changes.changeAll(owner, ids, imageChanges);
    }

    @Override
    public boolean countView(OwnerId owner, long id) {
        return changes.countView(owner, id);
    }

    @Override
    public Removal removeEnded(int limit) {
        return removals.removeEnded(limit);
    }

    @Override
    public Removal remove(OwnerId owner, Collection<Long> ids) {
        return removals.remove(owner, ids);
    }

    @Override
    public int condemnExpired() {
        return removals.condemnExpired();
    }

    @Override
    public List<CondemnedBlob> condemned(long afterBlobId, int limit) {
        return removals.condemned(afterBlobId, limit);
    }

    @Override
    public void forget(Collection<CondemnedBlob> forgotten) {
        removals.forget(forgotten);
    }

    @Override
    public Adoption adopt(AdoptionRequest request) {
        return adoptions.adopt(request);
    }

    @Override
    public Adoption restore(AdoptionRequest request) {
        return adoptions.restore(request);
    }

    @Override
    public List<BlobEntry> blobs(Optional<ObjectKey> after, int limit) {
        return blobs.blobs(after, limit);
    }

    @Override
    public Optional<BlobEntry> blobAt(ObjectKey key) {
        return blobs.blobAt(key);
    }

    @Override
    public boolean markMissing(BlobEntry blob) {
        return blobs.markMissing(blob);
    }

    @Override
    public boolean markPresent(BlobEntry blob) {
        return blobs.markPresent(blob);
    }

    @Override
    public Backlog backlog() {
        BacklogRow row =
                transactions.read("measure the backlog", on -> on.statistics().measureBacklog());
        return new Backlog(row.count(), row.since() == null ? Duration.ZERO : Duration.between(row.since(), row.now()));
    }

    @Override
    public Statistics statistics() {
        return blobs.statistics();
    }

    @Override
    public OwnerStatistics statistics(OwnerId owner) {
        return blobs.statistics(owner);
    }

    @Override
    public List<Image> imagesAfter(long id, int limit) {
        return images.imagesAfter(id, limit);
    }

    @Override
    public List<FurtherName> furtherNames(Collection<Long> imageIds) {
        return images.furtherNames(imageIds);
    }

    @Override
    public Quota quota(OwnerId owner) {
        return quotas.quota(owner);
    }

    @Override
    public Quota changeQuota(OwnerId owner, Quota.Change change) {
        return quotas.changeQuota(owner, change);
    }

    @Override
    public Usage usage(OwnerId owner) {
        return quotas.usage(owner);
    }

    @Override
    public boolean takeRepair(UUID holder, Duration duration) {
        return repairs.takeRepair(holder, duration);
    }

    @Override
    public boolean keepRepair(UUID holder, Duration duration) {
        return repairs.keepRepair(holder, duration);
    }

    @Override
    public void endRepair(UUID holder) {
        repairs.endRepair(holder);
    }

    @Override
    public List<Miscount> miscounts(BooleanSupplier isToStop) {
        return counts.miscounts(isToStop);
    }

    @Override
    public void recount(OwnerId owner) {
        counts.recount(owner);
    }

    /**
     * Brings up to date what makes lists and searches fast, and puts right what is miscounted. Changes no list
     * otherwise. To be called now and then; does a part of what there is to do, in a bounded time. May be called at
     * once in any number of processes.
     */
    public void tidyUp() {
        Upkeep.run(transactions);
    }

    /**
     * Waits for an answer for 3 seconds, besides the time that it takes to get a connection, and does not try again.
     */
    @Override
    public void check() {
        transactions.probe(CHECK_TIMEOUT_SECONDS);
    }

    @Override
    public void close() {
        if (transactions.close()) {
            onClose.run();
        }
    }
}
