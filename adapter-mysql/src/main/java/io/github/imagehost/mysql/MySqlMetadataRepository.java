package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Statistics;
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
import io.github.imagehost.core.port.RepositoryUnavailableException;
import io.github.imagehost.core.port.Reservation;
import io.github.imagehost.core.port.VariantClaim;
import io.github.imagehost.core.port.VariantRequest;
import io.github.imagehost.core.port.VariantReservation;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.Transactions.Statements;
import io.github.imagehost.mysql.mapper.BlobMapper;
import io.github.imagehost.mysql.row.BlobState;
import io.github.imagehost.mysql.row.ClaimRow;
import io.github.imagehost.mysql.row.CountRow;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.ImageReferenceRow;
import io.github.imagehost.mysql.row.ShareRow;
import io.github.imagehost.mysql.row.VariantRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.transaction.TransactionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/**
 * The metadata on MySQL, on what is compatible with it, or on H2. Every operation is one transaction at READ COMMITTED; unique
 * keys decide races, and all times, leases too, are the database's own. Any number of repositories in any number of processes
 * may share one database. Safe for use by many threads.
 *
 * <p>Deadlocks, lock timeouts and lost connections are tried again inside, for some seconds at the most.
 */
public final class MySqlMetadataRepository implements MetadataRepository {

    /** How many rows one statement names at the most. */
    private static final int BATCH_SIZE = 500;

    /** How long filenames of deleted images are remembered: longer than any request can be under way. */
    private static final int RETIRED_FILENAME_HOURS = 24;

    /** How often a claim starts over because others changed what it had seen. */
    private static final int CLAIM_ATTEMPTS = 20;

    private static final int CHECK_TIMEOUT_SECONDS = 3;

    /** Every filename there can be: nothing else is looked for, since a database might take it for equal to one. */
    private static final Pattern FILENAME = Pattern.compile("[!-~]{1,200}");

    private final Transactions transactions;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    MySqlMetadataRepository(Transactions transactions, Runnable onClose) {
        this.transactions = transactions;
        this.onClose = onClose;
    }

    /**
     * A repository on somebody else's data source, which stays open when the repository is closed. Migrates the schema first.
     *
     * @throws RepositoryUnavailableException if the database does not answer
     * @throws RepositoryException if the schema can't be migrated
     */
    public static MySqlMetadataRepository create(DataSource dataSource) {
        SchemaMigration.migrate(dataSource);
        return new MySqlMetadataRepository(new Transactions(MyBatisSetup.sessionFactory(dataSource)), () -> {});
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
     * A repository on somebody else's session factory, which stays usable when the repository is closed. The schema has to be
     * migrated already.
     *
     * @param sessions configured by {@link MyBatisSetup#configure}, with MyBatis's {@link JdbcTransactionFactory}
     * @throws IllegalArgumentException if it was not
     */
    public static MySqlMetadataRepository using(SqlSessionFactory sessions) {
        TransactionFactory transactionFactory =
                sessions.getConfiguration().getEnvironment().getTransactionFactory();
        if (!(transactionFactory instanceof JdbcTransactionFactory)) {
            throw new IllegalArgumentException(
                    "The repository ends its transactions itself and needs a JdbcTransactionFactory, not "
                            + transactionFactory.getClass().getName());
        }
        if (!sessions.getConfiguration().hasMapper(BlobMapper.class)) {
            throw new IllegalArgumentException("The session factory was not configured by MyBatisSetup");
        }
        return new MySqlMetadataRepository(new Transactions(sessions), () -> {});
    }

    // ---- upload

    @Override
    public Claim claim(ClaimRequest request) {
        String operation = "claim " + request.content().digest() + " for owner "
                + request.owner().value();
        for (int attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
            Optional<Claim> claim = reserve(operation, request).or(() -> look(operation, request));
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw new RepositoryUnavailableException("Could not " + operation + ": others changed it all the time");
    }

    /** Empty if the content is known, or its filename used. */
    private Optional<Claim> reserve(String operation, ClaimRequest request) {
        try {
            return tryToWrite(operation, on -> insertReserved(on, request));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    private static Optional<Claim> insertReserved(Statements on, ClaimRequest request) {
        GeneratedId id = new GeneratedId();
        return on.blobs().insertReserved(ImageRows.toNewBlob(request), id) == 1
                ? Optional.of(new Claim.Reserved(new Reservation(id.getId(), request.objectKey(), request)))
                : Optional.empty();
    }

    /** Empty if somebody else was faster. */
    private Optional<Claim> look(String operation, ClaimRequest request) {
        Optional<ClaimRow> live = read(operation, on -> selectLive(on, request));
        if (live.isEmpty()) {
            return read(operation, on -> ImageTable.isUsed(on, request.filename()))
                    ? Optional.of(new Claim.FilenameUsed())
                    : Optional.empty();
        }
        return answerWithoutWriting(live.get(), request).or(() -> attachOrTakeOver(operation, live.get(), request));
    }

    private static Optional<ClaimRow> selectLive(Statements on, ClaimRequest request) {
        return on.blobs().selectLive(request.content().digest(), request.owner().value());
    }

    private static Optional<Claim> answerWithoutWriting(ClaimRow blob, ClaimRequest request) {
        ImageRows.requireSize(blob, request.content());
        if (blob.missing()) {
            return Optional.empty();
        }
        if (blob.state() == BlobState.STORED) {
            return ImageRows.toImage(blob, request)
                    .map(image -> image.filename().equals(request.filename())
                            ? new Claim.Attached(image)
                            : new Claim.Existing(image));
        }
        if (blob.objectKey().equals(request.objectKey().value())) {
            return Optional.of(new Claim.Reserved(new Reservation(blob.blobId(), request.objectKey(), request)));
        }
        return blob.expired() ? Optional.empty() : Optional.of(new Claim.Busy());
    }

    /** Attaches or takes over; empty if somebody else was faster. */
    private Optional<Claim> attachOrTakeOver(String operation, ClaimRow live, ClaimRequest request) {
        try {
            if (live.missing()) {
                return Optional.of(write(operation, on -> reclaim(on, live, request)));
            }
            if (live.state() == BlobState.STORED) {
                return tryToWrite(operation, on -> attach(on, live.blobId(), request));
            }
            return tryToWrite(operation, on -> takeOver(on, live.blobId(), request));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    /** Busy if somebody may be storing other bytes, from which other metadata was removed; or if somebody else was faster. */
    private static Claim reclaim(Statements on, ClaimRow missing, ClaimRequest request) {
        return on.blobs().reclaimMissing(missing.blobId(), ImageRows.toNewBlob(request)) == 1
                ? new Claim.Reserved(new Reservation(missing.blobId(), new ObjectKey(missing.objectKey()), request))
                : new Claim.Busy();
    }

    private static Optional<Claim> attach(Statements on, long blobId, ClaimRequest request) {
        // whoever condemns the blob locks it, too, before he looks whether it still has an image
        if (on.blobs().lockStored(List.of(blobId)).isEmpty()) {
            return Optional.empty();
        }
        if (ImageTable.isUsed(on, request.filename())) {
            return Optional.of(new Claim.FilenameUsed());
        }
        return Optional.of(new Claim.Attached(ImageTable.insert(on, blobId, ImageRows.toNewImage(request))));
    }

    private static Optional<Claim> takeOver(Statements on, long expiredId, ClaimRequest request) {
        if (on.blobs().condemnExpired(List.of(expiredId)) == 0) {
            return Optional.empty();
        }
        return insertReserved(on, request)
                .or(() -> ImageTable.isUsed(on, request.filename())
                        ? Optional.of(new Claim.FilenameUsed())
                        : Optional.empty());
    }

    @Override
    public Optional<Image> complete(Reservation reservation) {
        ClaimRequest request = reservation.request();
        if (!reservation.objectKey().equals(request.objectKey())) {
            return write("complete the missing blob " + reservation.blobId(), on -> completeMissing(on, reservation));
        }
        return write("complete the reservation " + reservation.blobId(), on -> {
            if (on.blobs().markStored(reservation.blobId()) == 1) {
                return Optional.of(ImageTable.insert(on, reservation.blobId(), ImageRows.toNewImage(request)));
            }
            return ImageTable.find(on, request.filename())
                    .filter(image -> image.owner().equals(request.owner()));
        });
    }

    /** Empty if it is condemned, or if other bytes are to be stored meanwhile. */
    private static Optional<Image> completeMissing(Statements on, Reservation reservation) {
        ClaimRequest request = reservation.request();
        ImageDescriptor content = request.content();
        if (on.blobs().lockStored(List.of(reservation.blobId())).isEmpty()) {
            return Optional.empty();
        }
        on.blobs().markPresent(reservation.blobId(), content.storedDigest());
        Optional<ClaimRow> blob = selectLive(on, request).filter(live -> !live.missing());
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        Optional<Image> image = ImageRows.toImage(blob.get(), request);
        if (image.isPresent() || ImageTable.isUsed(on, request.filename())) {
            return image;
        }
        return Optional.of(ImageTable.insert(on, reservation.blobId(), ImageRows.toNewImage(request)));
    }

    @Override
    public boolean isLost(Reservation reservation) {
        ClaimRequest request = reservation.request();
        return read(
                "look at the reservation " + reservation.blobId(),
                on -> selectLive(on, request)
                        .filter(live -> live.blobId() == reservation.blobId())
                        .isEmpty());
    }

    @Override
    public void abandon(Reservation reservation) {
        write(
                "abandon the reservation " + reservation.blobId(),
                on -> on.blobs().condemnReserved(reservation.blobId()));
    }

    // ---- variants

    @Override
    public VariantClaim claimVariant(VariantRequest request) {
        String operation = "claim the variant " + request.objectKey();
        for (int attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
            Optional<VariantRow> live = read(operation, on -> on.blobs().selectVariant(request.identity()));
            Optional<VariantClaim> claim = live.flatMap(row -> answerWithoutWriting(row, request));
            if (claim.isEmpty()) {
                claim = tryToReserve(operation, live, request);
            }
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw new RepositoryUnavailableException("Could not " + operation + ": others changed it all the time");
    }

    private static Optional<VariantClaim> answerWithoutWriting(VariantRow row, VariantRequest request) {
        if (row.state() == BlobState.STORED) {
            return Optional.of(new VariantClaim.Stored(ImageRows.toVariant(row)));
        }
        if (row.objectKey().equals(request.objectKey().value())) {
            return Optional.of(new VariantClaim.Reserved(new VariantReservation(row.blobId(), request)));
        }
        return row.expired() ? Optional.empty() : Optional.of(new VariantClaim.Busy());
    }

    /** Takes over or reserves; empty if somebody else was faster. */
    private Optional<VariantClaim> tryToReserve(String operation, Optional<VariantRow> live, VariantRequest request) {
        try {
            return write(operation, on -> reserveVariant(on, live, request));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    private static Optional<VariantClaim> reserveVariant(
            Statements on, Optional<VariantRow> expired, VariantRequest request) {
        // whoever condemns the blob locks it, too, before he looks for what is derived from it
        Optional<Long> source = on.blobs().lockStoredAt(request.source().value());
        if (source.isEmpty()) {
            return Optional.of(new VariantClaim.SourceGone());
        }
        if (expired.isPresent()
                && on.blobs().condemnExpired(List.of(expired.get().blobId())) == 0) {
            return Optional.empty();
        }
        if (on.blobs().isObjectKeyUsed(request.objectKey().value())) {
            return Optional.of(new VariantClaim.KeyUsed());
        }
        GeneratedId id = new GeneratedId();
        on.blobs().insertVariant(ImageRows.toNewVariant(source.get(), request), id);
        return Optional.of(new VariantClaim.Reserved(new VariantReservation(id.getId(), request)));
    }

    @Override
    public boolean completeVariant(VariantReservation reservation, Digest digest, long size) {
        return write("complete the variant " + reservation.blobId(), on -> {
            if (on.blobs().markVariantStored(reservation.blobId(), digest, size) == 1) {
                return true;
            }
            return on.blobs()
                    .selectVariant(reservation.request().identity())
                    .filter(live -> live.blobId() == reservation.blobId())
                    .isPresent();
        });
    }

    @Override
    public void abandonVariant(VariantReservation reservation) {
        write("abandon the variant " + reservation.blobId(), on -> on.blobs().condemnReserved(reservation.blobId()));
    }

    // ---- find

    @Override
    public Optional<Image> findById(OwnerId owner, long id) {
        return read(
                "find the image " + id,
                on -> on.images()
                        .selectById(owner.value(), id)
                        .or(() -> on.images().selectByFormerId(owner.value(), id))
                        .map(ImageRows::toImage));
    }

    @Override
    public Optional<Image> findByDigest(OwnerId owner, Digest digest) {
        return read(
                "find the image of " + digest,
                on -> on.blobs()
                        .selectLive(digest, owner.value())
                        .flatMap(row -> ImageRows.toImage(row, owner, digest)));
    }

    @Override
    public Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        List<Digest> distinct = List.copyOf(new LinkedHashSet<>(digests));
        if (distinct.isEmpty()) {
            requireOpen();
            return Map.of();
        }
        return read(
                "find the images of " + distinct.size() + " digests",
                on -> batches(distinct).stream()
                        .flatMap(batch -> on.images().selectExisting(owner.value(), batch).stream())
                        .map(ImageRows::toImage)
                        .collect(Collectors.toUnmodifiableMap(
                                image -> image.content().digest(), image -> image)));
    }

    @Override
    public Optional<Image> findByFilename(String filename) {
        requireOpen();
        if (!FILENAME.matcher(filename).matches()) {
            return Optional.empty();
        }
        return read("find the image " + filename, on -> ImageTable.find(on, filename));
    }

    @Override
    public ImagePage list(ImageQuery query) {
        requireOpen();
        return transactions.readSnapshot("list images of owner " + query.owner().value(), on -> Listing.of(on, query));
    }

    @Override
    public void tidyUp() {
        requireOpen();
        Upkeep.run(transactions);
    }

    // ---- remove

    @Override
    public Removal remove(OwnerId owner, Collection<Long> ids) {
        // everybody locks in ascending order, so that no two removals wait for each other
        List<Long> sorted = sorted(ids);
        if (sorted.isEmpty()) {
            requireOpen();
            return new Removal(Set.of(), List.of());
        }
        return write("remove " + sorted.size() + " images of owner " + owner.value(), on -> {
            Set<Long> removed = new HashSet<>();
            Set<Long> blobs = new HashSet<>();
            for (List<Long> batch : batches(sorted)) {
                List<ImageReferenceRow> found = on.images().lockOwned(owner.value(), batch);
                if (!found.isEmpty()) {
                    List<Long> foundIds =
                            found.stream().map(ImageReferenceRow::id).toList();
                    on.images().retireFilenames(foundIds);
                    on.images().retireAliases(foundIds);
                    on.images().deleteAliases(foundIds);
                    on.images().delete(foundIds);
                    removed.addAll(foundIds);
                    found.forEach(image -> blobs.add(image.blobId()));
                }
            }
            List<CondemnedBlob> condemned = condemnUnused(on, blobs);
            ImageRanges.subtract(on, owner.value(), removed);
            return new Removal(removed, condemned);
        });
    }

    private static List<CondemnedBlob> condemnUnused(Statements on, Set<Long> blobIds) {
        List<CondemnedBlob> condemned = new ArrayList<>();
        for (List<Long> batch : batches(sorted(blobIds))) {
            Set<Long> unused = new TreeSet<>(on.blobs().lockStored(batch));
            if (!unused.isEmpty()) {
                on.images().selectBlobsInUse(unused).forEach(unused::remove);
            }
            if (!unused.isEmpty()) {
                unused.addAll(on.blobs().lockDerived(unused));
                on.blobs().condemnLive(unused);
                on.blobs().selectByIds(unused).stream()
                        .map(ImageRows::toCondemnedBlob)
                        .forEach(condemned::add);
            }
        }
        return condemned;
    }

    @Override
    public int condemnExpired() {
        forgetRetiredFilenames();
        String operation = "condemn expired reservations";
        int condemned = 0;
        List<Long> expired;
        do {
            expired = read(operation, on -> on.blobs().selectExpired(BATCH_SIZE));
            if (!expired.isEmpty()) {
                List<Long> ids = sorted(expired);
                condemned += write(operation, on -> on.blobs().condemnExpired(ids));
            }
        } while (expired.size() == BATCH_SIZE);
        return condemned;
    }

    private void forgetRetiredFilenames() {
        String operation = "forget retired filenames";
        List<String> old;
        do {
            old = read(operation, on -> on.images().selectRetiredLongAgo(RETIRED_FILENAME_HOURS, BATCH_SIZE));
            if (!old.isEmpty()) {
                Collection<String> filenames = new TreeSet<>(old);
                write(operation, on -> on.images().deleteRetired(filenames));
            }
        } while (old.size() == BATCH_SIZE);
    }

    @Override
    public List<CondemnedBlob> condemned(long afterBlobId, int limit) {
        return read(
                "list condemned blobs",
                on -> on.blobs().selectCondemned(afterBlobId, limit).stream()
                        .map(ImageRows::toCondemnedBlob)
                        .toList());
    }

    @Override
    public void forget(Collection<CondemnedBlob> blobs) {
        if (blobs.isEmpty()) {
            requireOpen();
            return;
        }
        write("forget " + blobs.size() + " blobs", on -> {
            Stream<CondemnedBlob> settled = blobs.stream().filter(CondemnedBlob::settled);
            Stream<CondemnedBlob> unsettled = blobs.stream().filter(blob -> !blob.settled());
            batches(sortedIds(settled)).forEach(on.blobs()::deleteCondemned);
            batches(sortedIds(unsettled)).forEach(on.blobs()::postponeCondemned);
            return blobs.size();
        });
    }

    // ---- adopt

    @Override
    public Adoption adopt(AdoptionRequest request) {
        if (!FILENAME.matcher(request.filename()).matches()) {
            throw new IllegalArgumentException("No filename: '" + request.filename() + "'");
        }
        String operation = "adopt " + request.objectKey();
        for (int attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
            try {
                Optional<Adoption> adoption = write(operation, on -> Adoptions.adopt(on, request));
                if (adoption.isPresent()) {
                    return adoption.get();
                }
            } catch (DuplicateKeyException e) {
                // somebody else was faster: look again
            }
        }
        throw new RepositoryUnavailableException("Could not " + operation + ": others changed it all the time");
    }

    // ---- inspect

    @Override
    public List<BlobEntry> blobs(Optional<ObjectKey> after, int limit) {
        if (limit < 1 || limit > BlobCatalog.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A listing has a limit from 1 to " + BlobCatalog.MAX_LIMIT + ", not " + limit);
        }
        String from = after.map(ObjectKey::value).orElse(null);
        return read(
                "list blobs",
                on -> on.blobs().selectFrom(from, limit).stream()
                        .map(ImageRows::toBlobEntry)
                        .toList());
    }

    @Override
    public Optional<BlobEntry> blobAt(ObjectKey key) {
        return read(
                "find the blob " + key, on -> on.blobs().selectAt(key.value()).map(ImageRows::toBlobEntry));
    }

    @Override
    public boolean markMissing(BlobEntry blob) {
        return write("note that " + blob.objectKey() + " is missing", on -> {
            int noted = blob.derived()
                    ? on.blobs().condemnDerived(blob.blobId(), blob.quarantineEnd())
                    : on.blobs().markMissing(blob.blobId(), blob.quarantineEnd());
            return noted == 1
                    || on.blobs()
                            .selectAt(blob.objectKey().value())
                            .filter(now -> now.id() == blob.blobId())
                            .filter(now -> now.missing() || (blob.derived() && now.state() == BlobState.CONDEMNED))
                            .isPresent();
        });
    }

    @Override
    public boolean markPresent(BlobEntry blob) {
        return write("note that " + blob.objectKey() + " is back", on -> {
            int noted = on.blobs().markBack(blob.blobId(), blob.storedDigest(), blob.quarantineEnd());
            return noted == 1
                    || on.blobs()
                            .selectAt(blob.objectKey().value())
                            .filter(now -> now.id() == blob.blobId() && now.state() == BlobState.STORED)
                            .filter(now -> !now.missing() && now.storedDigest().equals(blob.storedDigest()))
                            .isPresent();
        });
    }

    // ---- count

    @Override
    public Statistics statistics() {
        return read("count everything", on -> {
            CountRow images = on.statistics().countImages();
            CountRow aliases = on.statistics().countAliases();
            CountRow blobs = on.statistics().countBlobs();
            CountRow derived = on.statistics().countDerived();
            return new Statistics(
                    images.count() + aliases.count(),
                    images.bytes() + aliases.bytes(),
                    blobs.count(),
                    blobs.bytes(),
                    blobs.storedBytes(),
                    derived.count(),
                    derived.storedBytes(),
                    on.statistics().countMissing(),
                    on.statistics().countInState(BlobState.RESERVED),
                    on.statistics().countInState(BlobState.CONDEMNED),
                    toShares(on.statistics().countTypes()),
                    toShares(on.statistics().countMonths()));
        });
    }

    private static List<Statistics.Share> toShares(List<ShareRow> rows) {
        return rows.stream()
                .map(row -> new Statistics.Share(row.name(), row.images(), row.bytes()))
                .toList();
    }

    // ---- archive

    @Override
    public List<Image> imagesAfter(long id, int limit) {
        if (limit < 1 || limit > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A listing has a limit from 1 to " + ImageArchive.MAX_LIMIT + ", not " + limit);
        }
        return read(
                "list all images",
                on -> on.images().selectAfter(id, limit).stream()
                        .map(ImageRows::toImage)
                        .toList());
    }

    @Override
    public List<FurtherName> furtherNames(Collection<Long> imageIds) {
        List<Long> sorted = sorted(imageIds);
        if (sorted.size() > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "At most " + ImageArchive.MAX_LIMIT + " images can be asked for, not " + sorted.size());
        }
        if (sorted.isEmpty()) {
            requireOpen();
            return List.of();
        }
        return read(
                "list further names",
                on -> on.images().selectFurtherNames(sorted).stream()
                        .map(ImageRows::toFurtherName)
                        .toList());
    }

    // ---- life

    /** Waits for an answer for 3 seconds, besides the time that it takes to get a connection, and does not try again. */
    @Override
    public void check() {
        requireOpen();
        transactions.probe(CHECK_TIMEOUT_SECONDS);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }

    private <T> T read(String operation, Function<Statements, T> work) {
        requireOpen();
        return transactions.read(operation, work);
    }

    private <T> T write(String operation, Function<Statements, T> work) {
        requireOpen();
        return transactions.write(operation, work);
    }

    private <T> Optional<T> tryToWrite(String operation, Function<Statements, Optional<T>> work) {
        requireOpen();
        return transactions.tryToWrite(operation, work);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new RepositoryException("The repository is closed");
        }
    }

    private static List<Long> sorted(Collection<Long> ids) {
        return ids.stream().distinct().sorted().toList();
    }

    private static List<Long> sortedIds(Stream<CondemnedBlob> blobs) {
        return blobs.map(CondemnedBlob::blobId).distinct().sorted().toList();
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH_SIZE) {
            batches.add(all.subList(from, Math.min(from + BATCH_SIZE, all.size())));
        }
        return batches;
    }
}
