package io.github.imagehost.mysql;

import static io.github.imagehost.core.testing.MetadataRepositoryContract.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.Quota;
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
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.FaultyDataSource.Fault;
import io.github.imagehost.mysql.FaultyDataSource.Kind;
import io.github.imagehost.mysql.FaultyDataSource.Step;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The operations of the protocol with every fault at every step they take. What each answers and leaves behind without
 * a fault is seen in a rehearsal, and so are its steps: a step that is added to one of them is tested. An operation is
 * added to the list, if it is one transaction that may be repeated. A claim that removes what has ended is none: it is
 * a removal, and then a claim, which are both in the list.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InjectedFaultContract {

    private static final OwnerId ALICE = new OwnerId(1);
    private static final OwnerId BOB = new OwnerId(2);
    private static final ImageDescriptor CONTENT = Uploads.content();
    private static final ImageDescriptor OTHER_CONTENT = Uploads.content();

    private static final String ROWS = String.join(
            " UNION ALL ",
            "SELECT CONCAT('blob ', object_key, ' ', state, CASE WHEN live_digest IS NULL THEN '' ELSE ', live' END,"
                    + " CASE WHEN lease_until IS NULL THEN '' ELSE ', leased' END,"
                    + " CASE WHEN deletion_due_at IS NULL THEN ''"
                    + " WHEN deletion_due_at = quarantine_until AND quarantine_until > reserved_at THEN ', due later' ELSE ', due' END,"
                    + " CASE WHEN missing_since IS NULL THEN '' ELSE ', missing' END,"
                    + " CASE WHEN source_id IS NULL THEN '' ELSE ', derived' END)"
                    + " FROM imagehost_blob",
            "SELECT CONCAT('image ', i.filename, ' of ', i.owner_id, ' at ', b.object_key, ' named ', i.original_name,"
                    + " ' for ', i.visibility, CASE WHEN i.expires_at IS NULL THEN '' ELSE ', ends' END,"
                    + " CASE WHEN i.views_left IS NULL THEN '' ELSE CONCAT(', ', i.views_left, ' views') END)"
                    + " FROM imagehost_image i LEFT JOIN imagehost_blob b ON b.id = i.blob_id",
            "SELECT CONCAT('alias ', a.filename, ' of ', i.filename, ' at ', b.object_key) FROM imagehost_alias a"
                    + " LEFT JOIN imagehost_image i ON i.id = a.image_id LEFT JOIN imagehost_blob b ON b.id = a.blob_id",
            "SELECT CONCAT('retired ', filename) FROM imagehost_retired_filename",
            "SELECT CONCAT(SUM(images), ' images of ', owner_id) FROM imagehost_image_range GROUP BY owner_id"
                    + " HAVING SUM(images) <> 0");

    private TestDatabase database;
    private PooledDataSource pool;
    private FaultyDataSource faulty;
    private AdministrableRepository repository;
    private Connection observer;
    private PreparedStatement selectRows;

    /**
     * Something to do.
     *
     * @param preparation sets the scene in an empty database, and answers what is to be done in it
     */
    private record Operation(String name, Supplier<Supplier<Object>> preparation) {}

    /**
     * What an operation does without a fault.
     *
     * @param answerWhenRepeated what it answers when it is called once more
     */
    private record Rehearsal(
            List<Step> steps,
            List<String> rowsBefore,
            List<String> rowsAfter,
            String answer,
            String answerWhenRepeated) {

        Stream<Integer> numbers() {
            return IntStream.range(0, steps.size()).boxed();
        }

        /**
         * The number of the step with which the change takes effect; if nothing changes, of that with which the answer
         * is there.
         */
        int decisive() {
            List<Kind> kinds = steps.stream().map(Step::kind).toList();
            int firstCommit = kinds.indexOf(Kind.COMMIT);
            return firstCommit >= 0 ? firstCommit : kinds.lastIndexOf(Kind.STATEMENT) + 1;
        }

        /** Whether everything is as before when this happens to this step, and to all that follow. */
        boolean changesNothing(int number, Fault fault) {
            int mayHaveHadEffect = fault == Fault.DEMOTED ? number : number + 1;
            return steps.subList(0, mayHaveHadEffect).stream().noneMatch(step -> step.kind() == Kind.WRITE);
        }

        Set<Fault> possibleFaults(int number) {
            return switch (steps.get(number).kind()) {
                // what follows a transaction that changed something is another operation, with a failure of its own
                case CONNECT ->
                    number < decisive()
                            ? EnumSet.of(Fault.NO_FREE_CONNECTION, Fault.CONNECTION_REFUSED)
                            : EnumSet.of(Fault.CONNECTION_REFUSED);
                case SETTING -> EnumSet.of(Fault.CONNECTION_KILLED, Fault.ANSWER_LOST);
                case STATEMENT, WRITE ->
                    EnumSet.complementOf(EnumSet.of(Fault.NO_FREE_CONNECTION, Fault.CONNECTION_REFUSED));
                case COMMIT ->
                    isCommitted(number)
                            ? EnumSet.of(Fault.CONNECTION_KILLED, Fault.ANSWER_LOST, Fault.DEMOTED)
                            : EnumSet.of(Fault.CONNECTION_KILLED, Fault.ANSWER_LOST, Fault.DEMOTED, Fault.DEADLOCK);
            };
        }

        /** What the port promises; empty if the repository is to make the fault good itself. */
        Optional<Class<? extends RepositoryException>> expectedFailure(int number, Fault fault) {
            if (fault == Fault.NO_FREE_CONNECTION) {
                return Optional.of(RepositoryUnavailableException.class);
            }
            boolean isUnknown = switch (steps.get(number).kind()) {
                case CONNECT, SETTING -> false;
                case STATEMENT -> isCommitted(number);
                // it is done again
                case WRITE -> false;
                case COMMIT -> fault != Fault.DEADLOCK;
            };
            return isUnknown ? Optional.of(CommitStateUnknownException.class) : Optional.empty();
        }

        /** Whether the transaction that the step belongs to was committed before. */
        private boolean isCommitted(int number) {
            List<Kind> before =
                    steps.subList(0, number).stream().map(Step::kind).toList();
            return before.lastIndexOf(Kind.COMMIT) > before.lastIndexOf(Kind.CONNECT);
        }
    }

    protected abstract TestDatabase createDatabase();

    protected MySqlMetadataRepository createRepository(Transactions transactions) {
        return new MySqlMetadataRepository(transactions, () -> {});
    }

    /** The statement that answers the number of the session it runs in. */
    protected abstract String sessionNumber();

    /** The statement that ends a session. */
    protected abstract String endSession(String number);

    @BeforeAll
    final void openDatabase() throws SQLException {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        faulty = new FaultyDataSource(pool, this::kill);
        Transactions transactions =
                new Transactions(MyBatisSetup.sessionFactory(faulty), Duration.ofMillis(1), Together.LIMITS);
        repository = createRepository(transactions);
        observer = database.connect();
        selectRows = observer.prepareStatement(ROWS);
    }

    @AfterAll
    final void closeDatabase() throws SQLException {
        observer.close();
        pool.forceCloseAll();
        database.close();
    }

    // ---- operations

    private List<Operation> operations() {
        return List.of(
                new Operation("claim of new content", () -> () -> repository.claim(alices())),
                new Operation("claim of content that the owner has", () -> {
                    upload(alices());
                    return () -> repository.claim(request(ALICE, CONTENT, "again.png"));
                }),
                new Operation("claim of content that another owner has", () -> {
                    upload(alices());
                    return () -> repository.claim(bobs());
                }),
                new Operation("claim of content of which the owner has an image that ends", () -> {
                    upload(ending(alices()));
                    return () -> repository.claim(request(ALICE, CONTENT, "again.png"));
                }),
                new Operation("claim of content whose lease ran out", () -> {
                    reserve(alices());
                    endLeases();
                    return () -> repository.claim(bobs());
                }),
                new Operation("claim of content that is being stored", () -> {
                    reserve(alices());
                    return () -> repository.claim(bobs());
                }),
                new Operation("complete", () -> {
                    Reservation<UploadRequest> reservation = reserve(alices());
                    return () -> repository.complete(reservation);
                }),
                new Operation("complete what was taken over", () -> {
                    Reservation<UploadRequest> lost = reserve(alices());
                    endLeases();
                    reserve(bobs());
                    return () -> repository.complete(lost);
                }),
                new Operation("abandon", () -> {
                    Reservation<UploadRequest> reservation = reserve(alices());
                    return withoutAnswer(() -> repository.abandon(reservation));
                }),
                new Operation("remove the last image", () -> {
                    Image image = upload(alices());
                    return () -> repository.remove(ALICE, List.of(image.id()));
                }),
                new Operation("remove one image of two", () -> {
                    Image image = upload(alices());
                    repository.claim(bobs());
                    return () -> repository.remove(ALICE, List.of(image.id()));
                }),
                new Operation("remove several images", () -> {
                    Image shared = upload(alices());
                    repository.claim(bobs());
                    Image alone = upload(request(ALICE, OTHER_CONTENT, "other.png"));
                    return () -> repository.remove(ALICE, List.of(shared.id(), alone.id()));
                }),
                new Operation("look whether a reservation is lost", () -> {
                    Reservation<UploadRequest> reservation = reserve(alices());
                    repository.abandon(reservation);
                    return () -> repository.isLost(reservation.objectKey());
                }),
                new Operation("remove what has ended", () -> {
                    upload(ending(alices()));
                    database.letTimePass(Duration.ofHours(2));
                    return () -> repository.removeEnded(10);
                }),
                new Operation("change images", () -> {
                    Image image = upload(alices());
                    Image other = upload(request(ALICE, OTHER_CONTENT, "other.png"));
                    return () -> repository.changeAll(
                            ALICE,
                            List.of(image.id(), other.id()),
                            List.of(new ImageChange.Rename("dog.png"), new ImageChange.Show(Visibility.PRIVATE)));
                }),
                new Operation("count the last view", () -> {
                    Image image = upload(shared(alices(), Sharing.UNLIMITED.viewsLeft(OptionalLong.of(1))));
                    return () -> repository.countView(ALICE, image.id());
                }),
                new Operation("condemn expired reservations", () -> {
                    reserve(alices());
                    endLeases();
                    return () -> repository.condemnExpired();
                }),
                new Operation("forget retired filenames", () -> {
                    Image image = upload(alices());
                    repository.remove(ALICE, List.of(image.id()));
                    database.letTimePass(Duration.ofHours(25));
                    return () -> repository.condemnExpired();
                }),
                new Operation("read condemned blobs", () -> {
                    condemnTwo();
                    return () -> repository.condemned(0, 10);
                }),
                new Operation("forget one blob and keep another", () -> {
                    List<CondemnedBlob> two = condemnTwo();
                    CondemnedBlob settled =
                            new CondemnedBlob(two.get(0).blobId(), two.get(0).objectKey(), true);
                    return withoutAnswer(() -> repository.forget(List.of(settled, two.get(1))));
                }),
                new Operation("find by id", () -> {
                    Image image = upload(alices());
                    return () -> repository.findById(ALICE, image.id());
                }),
                new Operation("find by filename", () -> {
                    Image image = upload(alices());
                    return () -> repository.findByFilename(image.filename());
                }),
                new Operation("list", () -> {
                    upload(alices());
                    return () -> repository.list(ImageQuery.of(ALICE));
                }),
                new Operation("claim of a new variant", () -> {
                    upload(alices());
                    return () -> repository.claimVariant(variant());
                }),
                new Operation("complete a variant", () -> {
                    Reservation<VariantRequest> reservation = reserveVariant();
                    return () -> repository.completeVariant(reservation, CONTENT.digest(), 1);
                }),
                new Operation("abandon a variant", () -> {
                    Reservation<VariantRequest> reservation = reserveVariant();
                    return withoutAnswer(() -> repository.abandon(reservation));
                }),
                new Operation("remove an image with a variant", () -> {
                    Image image = upload(alices());
                    repository.claimVariant(variant());
                    return () -> repository.remove(ALICE, List.of(image.id()));
                }),
                new Operation("note that an object is missing", () -> {
                    BlobEntry blob = blob(upload(alices()));
                    return () -> repository.markMissing(blob);
                }),
                new Operation("note that the object of a variant is missing", () -> {
                    repository.completeVariant(reserveVariant(), CONTENT.digest(), 1);
                    BlobEntry blob = repository.blobAt(variant().objectKey()).orElseThrow();
                    return () -> repository.markMissing(blob);
                }),
                new Operation("note that a missing object is back", () -> {
                    Image image = upload(alices());
                    lose(image);
                    BlobEntry blob = blob(image);
                    return () -> repository.markPresent(blob);
                }),
                new Operation("claim of content that is missing", () -> {
                    lose(upload(alices()));
                    return () -> repository.claim(bobs());
                }),
                new Operation("complete what was missing", () -> {
                    lose(upload(alices()));
                    Reservation<UploadRequest> reservation = reserve(bobs());
                    return () -> repository.complete(reservation);
                }),
                new Operation("adopt an object", () -> () -> repository.adopt(adoption("old.png"))),
                new Operation("adopt an object of content that the owner has", () -> {
                    upload(alices());
                    return () -> repository.adopt(adoption("old.png"));
                }),
                new Operation("restore an object beyond a quota", () -> {
                    repository.setQuota(ALICE, new Quota(OptionalLong.of(0), OptionalLong.empty()));
                    return () -> repository.restore(adoption("old.png"));
                }),
                new Operation("look for miscounts", () -> {
                    miscount();
                    return () -> repository.miscounts(() -> false);
                }),
                new Operation("count anew", () -> {
                    miscount();
                    return withoutAnswer(() -> repository.recount(ALICE));
                }),
                new Operation("remove an image with a further name", () -> {
                    Image image = upload(alices());
                    repository.adopt(adoption("old.png"));
                    return () -> repository.remove(ALICE, List.of(image.id()));
                }),
                new Operation("list blobs", () -> {
                    upload(alices());
                    return () -> repository.blobs(Optional.empty(), 10);
                }));
    }

    private static Supplier<Object> withoutAnswer(Runnable work) {
        return () -> {
            work.run();
            return "done";
        };
    }

    // ---- faults

    @TestFactory
    Stream<DynamicContainer> aFaultThatHappensOnce() {
        return operations().stream().map(operation -> {
            Rehearsal rehearsal = rehearse(operation);
            return dynamicContainer(
                    operation.name(),
                    rehearsal
                            .numbers()
                            .flatMap(number -> rehearsal.possibleFaults(number).stream()
                                    .map(fault -> dynamicTest(
                                            fault + " at " + rehearsal.steps().get(number),
                                            () -> failOnce(operation, rehearsal, number, fault)))));
        });
    }

    private void failOnce(Operation operation, Rehearsal rehearsal, int number, Fault fault) throws SQLException {
        Supplier<Object> work = arrange(operation);
        faulty.failAt(number, fault);
        Optional<Class<? extends RepositoryException>> failure = rehearsal.expectedFailure(number, fault);
        if (failure.isPresent()) {
            assertThatThrownBy(work::get).isInstanceOf(failure.get());
            assertRepeatable(work, rehearsal, failure.get());
        } else {
            assertThat(describe(work.get())).isEqualTo(rehearsal.answer());
        }
        assertThat(rows()).isEqualTo(rehearsal.rowsAfter());
        assertThat(pool.getPoolState().getActiveConnectionCount()).isZero();
    }

    @TestFactory
    Stream<DynamicContainer> aConnectionThatIsLostAndDoesNotComeBack() {
        return forGood(Fault.ANSWER_LOST);
    }

    @TestFactory
    Stream<DynamicContainer> aServerThatIsDemotedWhileNoOtherOneTakesOver() {
        return forGood(Fault.DEMOTED);
    }

    private Stream<DynamicContainer> forGood(Fault fault) {
        return operations().stream().map(operation -> {
            Rehearsal rehearsal = rehearse(operation);
            return dynamicContainer(
                    operation.name(),
                    rehearsal
                            .numbers()
                            .limit(rehearsal.decisive())
                            .map(number -> dynamicTest(
                                    "at " + rehearsal.steps().get(number),
                                    () -> failForGood(operation, rehearsal, number, fault))));
        });
    }

    private void failForGood(Operation operation, Rehearsal rehearsal, int number, Fault fault) throws SQLException {
        Supplier<Object> work = arrange(operation);
        faulty.failFrom(number, fault);
        assertThatThrownBy(work::get).isInstanceOf(RepositoryUnavailableException.class);
        if (rehearsal.changesNothing(number, fault)) {
            assertThat(rows()).isEqualTo(rehearsal.rowsBefore());
        }
        faulty.heal();
        // what a claim has reserved all the same is its own
        assertThat(describe(work.get())).isEqualTo(rehearsal.answer());
        assertThat(rows()).isEqualTo(rehearsal.rowsAfter());
        assertThat(pool.getPoolState().getActiveConnectionCount()).isZero();
    }

    /** Either nothing or all was done, and whoever calls again learns which, or gets what he wanted. */
    private void assertRepeatable(
            Supplier<Object> work, Rehearsal rehearsal, Class<? extends RepositoryException> failure)
            throws SQLException {
        faulty.heal();
        List<String> rows = rows();
        if (rows.equals(rehearsal.rowsBefore())) {
            assertThat(describe(work.get())).isEqualTo(rehearsal.answer());
        } else {
            assertThat(failure).isEqualTo(CommitStateUnknownException.class);
            assertThat(rows).isEqualTo(rehearsal.rowsAfter());
            assertThat(describe(work.get())).isEqualTo(rehearsal.answerWhenRepeated());
        }
    }

    // ---- faults that meet several at once

    /** Things that callers do together, the first of them as the leader, who has a connection first. */
    private record JointOperation(String name, Supplier<List<Supplier<Object>>> preparation) {}

    private List<JointOperation> jointOperations() {
        UploadRequest other = request(BOB, OTHER_CONTENT, "other.png");
        UploadRequest third = request(ALICE, Uploads.content(), "third.png");
        return List.of(
                new JointOperation("looks of two owners", () -> {
                    upload(alices());
                    return List.of(
                            () -> repository.findExisting(ALICE, List.of(CONTENT.digest())),
                            () -> repository.findExisting(BOB, List.of(CONTENT.digest())));
                }),
                new JointOperation("two claims", () -> List.of(claim(alices()), claim(other))),
                new JointOperation("three claims", () -> List.of(claim(alices()), claim(other), claim(third))),
                new JointOperation("a claim of new content and one of known content", () -> {
                    upload(alices());
                    return List.of(claim(other), claim(bobs()));
                }),
                new JointOperation("two completions", () -> List.of(complete(alices()), complete(other))),
                new JointOperation("three completions in another order than that of the reservations", () -> {
                    Supplier<Object> first = complete(alices());
                    Supplier<Object> second = complete(other);
                    return List.of(complete(third), first, second);
                }),
                new JointOperation("a completion and one of what was taken over", () -> {
                    Supplier<Object> lost = complete(alices());
                    endLeases();
                    reserve(bobs());
                    return List.of(complete(other), lost);
                }));
    }

    /** Also answers the object's key of what was reserved. */
    private Supplier<Object> claim(UploadRequest request) {
        return () -> {
            Claim<UploadRequest, Image> claim = repository.claim(request);
            return claim instanceof Claim.Reserved<UploadRequest, Image> reserved
                    ? List.of(
                            claim,
                            database.query("SELECT object_key FROM imagehost_blob WHERE id = "
                                    + reserved.reservation().blobId()))
                    : claim;
        };
    }

    private Supplier<Object> complete(UploadRequest request) {
        Reservation<UploadRequest> reservation = reserve(request);
        return () -> repository.complete(reservation);
    }

    @TestFactory
    Stream<DynamicTest> whoComeTogetherGetWhatTheyWouldGetOneAfterTheOther() {
        // not among those that meet faults: who of them is the first then is left to chance
        JointOperation oneContent =
                new JointOperation("two claims of one content", () -> List.of(claim(alices()), claim(bobs())));
        // nor among those, since one of them fails without a fault
        JointOperation beyondQuota = new JointOperation("two completions, one of them beyond a quota", () -> {
            List<Supplier<Object>> completions =
                    List.of(complete(alices()), complete(request(BOB, OTHER_CONTENT, "other.png")));
            repository.setQuota(BOB, new Quota(OptionalLong.of(0), OptionalLong.empty()));
            return completions;
        });
        return Stream.concat(jointOperations().stream(), Stream.of(oneContent, beyondQuota))
                .map(operation -> dynamicTest(operation.name(), () -> compareWithOneAfterTheOther(operation)));
    }

    private void compareWithOneAfterTheOther(JointOperation operation) throws Exception {
        List<String> outcomes =
                arrange(operation).stream().map(InjectedFaultContract::outcome).toList();
        List<String> rows = rows();

        assertThat(together(arrange(operation))).isEqualTo(outcomes);
        assertThat(rows()).isEqualTo(rows);
    }

    @TestFactory
    Stream<DynamicContainer> aFaultThatMeetsSeveralAtOnce() throws Exception {
        List<DynamicContainer> containers = new ArrayList<>();
        for (JointOperation operation : jointOperations()) {
            Rehearsal rehearsal = rehearse(operation);
            containers.add(dynamicContainer(
                    operation.name(),
                    stepsTogether(rehearsal)
                            .flatMap(number -> rehearsal.possibleFaults(number).stream()
                                    .map(fault -> dynamicTest(
                                            fault + " at " + rehearsal.steps().get(number),
                                            () -> failTogether(operation, rehearsal, number, fault))))));
        }
        return containers.stream();
    }

    /** Who has to go alone afterwards does so at the same time as others. */
    private static Stream<Integer> stepsTogether(Rehearsal rehearsal) {
        return rehearsal
                .numbers()
                .takeWhile(number -> rehearsal.steps().subList(0, number + 1).stream()
                                .filter(step -> step.kind() == Kind.CONNECT)
                                .count()
                        == 1);
    }

    private void failTogether(JointOperation operation, Rehearsal rehearsal, int number, Fault fault) throws Exception {
        List<Supplier<Object>> works = arrange(operation);
        faulty.failAt(number, fault);
        List<String> outcomes = together(works);
        faulty.heal();

        Optional<Class<? extends RepositoryException>> failure = rehearsal.expectedFailure(number, fault);
        if (failure.isEmpty()) {
            assertThat(outcomes.toString()).isEqualTo(rehearsal.answer());
        } else if (rehearsal.steps().get(number).kind() == Kind.CONNECT) {
            // the others lead another batch
            assertThat(outcomes.get(0)).isEqualTo(failure.get().getSimpleName());
            assertThat(outcomes.subList(1, works.size()))
                    .doesNotContain(failure.get().getSimpleName());
        } else {
            assertThat(outcomes).containsOnly(failure.get().getSimpleName());
        }
        assertThat(works).allSatisfy(work -> assertThat(work.get()).isNotNull());
        assertThat(rows()).isEqualTo(rehearsal.rowsAfter());
        assertThat(pool.getPoolState().getActiveConnectionCount()).isZero();
    }

    private Rehearsal rehearse(JointOperation operation) throws Exception {
        List<Supplier<Object>> works = arrange(operation);
        List<String> rowsBefore = rows();
        faulty.heal();
        String answer = together(works).toString();
        List<Step> steps = faulty.steps();
        return new Rehearsal(steps, rowsBefore, rows(), answer, answer);
    }

    private List<Supplier<Object>> arrange(JointOperation operation) {
        faulty.heal();
        database.clear();
        return operation.preparation().get();
    }

    /** The others come while the first waits for a connection, one after the other. */
    private List<String> together(List<Supplier<Object>> works) throws Exception {
        List<FutureTask<String>> tasks = works.stream()
                .map(work -> new FutureTask<>(() -> outcome(work)))
                .toList();
        faulty.beforeNextConnection(
                () -> tasks.stream().skip(1).map(Thread::new).forEach(Together::startAndAwaitWaiting));
        tasks.get(0).run();
        List<String> outcomes = new ArrayList<>();
        for (FutureTask<String> task : tasks) {
            outcomes.add(task.get(1, TimeUnit.MINUTES));
        }
        return outcomes;
    }

    private static String outcome(Supplier<Object> work) {
        try {
            return describe(work.get());
        } catch (RepositoryException e) {
            return e.getClass().getSimpleName();
        }
    }

    private Rehearsal rehearse(Operation operation) {
        try {
            Supplier<Object> work = arrange(operation);
            List<String> rowsBefore = rows();
            faulty.heal();
            String answer = describe(work.get());
            List<Step> steps = faulty.steps();
            List<String> rowsAfter = rows();
            String answerWhenRepeated = describe(work.get());
            assertThat(rows()).as(operation.name()).isEqualTo(rowsAfter);
            return new Rehearsal(steps, rowsBefore, rowsAfter, answer, answerWhenRepeated);
        } catch (SQLException e) {
            throw new IllegalStateException(operation.name(), e);
        }
    }

    private Supplier<Object> arrange(Operation operation) {
        faulty.heal();
        database.clear();
        return operation.preparation().get();
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = selectRows.executeQuery()) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private void kill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet session = statement.executeQuery(sessionNumber())) {
            session.next();
            database.execute(endSession(session.getString(1)));
        }
    }

    // ---- scenes

    private static UploadRequest alices() {
        return request(ALICE, CONTENT, "alice.png");
    }

    private static UploadRequest bobs() {
        return request(BOB, CONTENT, "bob.png");
    }

    private static UploadRequest request(OwnerId owner, ImageDescriptor content, String filename) {
        return new UploadRequest(owner, content, "cat.png", filename, Uploads.LEASE);
    }

    private static UploadRequest ending(UploadRequest request) {
        return shared(
                request, Sharing.UNLIMITED.expiresAt(Optional.of(Instant.now().plus(Duration.ofHours(1)))));
    }

    private Reservation<UploadRequest> reserve(UploadRequest request) {
        return ((Claim.Reserved<UploadRequest, Image>) repository.claim(request)).reservation();
    }

    private Image upload(UploadRequest request) {
        return repository.complete(reserve(request)).orElseThrow();
    }

    private static VariantRequest variant() {
        ObjectKey source = alices().objectKey();
        return new VariantRequest(
                source, OTHER_CONTENT.digest(), ImageType.WEBP, new ObjectKey("variants/" + source), Uploads.LEASE);
    }

    private Reservation<VariantRequest> reserveVariant() {
        upload(alices());
        return ((Claim.Reserved<VariantRequest, Variant>) repository.claimVariant(variant())).reservation();
    }

    private static AdoptionRequest adoption(String filename) {
        return new AdoptionRequest(
                ALICE,
                Optional.empty(),
                CONTENT,
                new ObjectKey("old/" + filename),
                filename,
                "cat.png",
                Instant.EPOCH,
                Instant.EPOCH,
                Sharing.UNLIMITED);
    }

    private BlobEntry blob(Image image) {
        return repository.blobAt(image.objectKey()).orElseThrow();
    }

    private void lose(Image image) {
        repository.markMissing(blob(image));
    }

    private void miscount() {
        upload(alices());
        database.execute("UPDATE imagehost_image_range SET images = images + 1");
    }

    private void endLeases() {
        database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));
    }

    private List<CondemnedBlob> condemnTwo() {
        Image image = upload(alices());
        Image other = upload(request(ALICE, OTHER_CONTENT, "other.png"));
        return repository.remove(ALICE, List.of(image.id(), other.id())).condemned();
    }

    /** An answer without what differs from one time to the next: ids and times. */
    private static String describe(Object answer) {
        if (answer instanceof Claim.Reserved<?, ?> reserved) {
            return "reserved as " + reserved.reservation().request().objectKey() + " at "
                    + reserved.reservation().objectKey();
        }
        if (answer instanceof Adoption.Adopted adopted) {
            return "adopted " + describe(adopted.image());
        }
        if (answer instanceof Adoption.Folded folded) {
            return "folded into " + describe(folded.image());
        }
        if (answer instanceof Adoption.Known known) {
            return "known as " + describe(known.image());
        }
        if (answer instanceof BlobEntry blob) {
            return blob.state() + " " + blob.objectKey();
        }
        if (answer instanceof Claim.Attached<?, ?> attached) {
            return "attached " + describe(attached.item());
        }
        if (answer instanceof Claim.Existing<?, ?> existing) {
            return "existing " + describe(existing.item());
        }
        if (answer instanceof Image image) {
            return image.filename() + " of " + image.owner().value() + " at " + image.objectKey();
        }
        if (answer instanceof Optional<?> optional) {
            return optional.map(InjectedFaultContract::describe).orElse("nothing");
        }
        if (answer instanceof Removal removal) {
            return removal.removed().size() + " removed, condemned: " + describe(removal.condemned());
        }
        if (answer instanceof CondemnedBlob blob) {
            return blob.objectKey() + (blob.settled() ? " settled" : " unsettled");
        }
        if (answer instanceof ImagePage page) {
            return page.totalItems() + " in all, here: " + describe(page.images());
        }
        if (answer instanceof Map<?, ?> map) {
            return describe(List.copyOf(map.values()));
        }
        if (answer instanceof List<?> list) {
            return list.stream().map(InjectedFaultContract::describe).toList().toString();
        }
        return answer.toString();
    }
}
