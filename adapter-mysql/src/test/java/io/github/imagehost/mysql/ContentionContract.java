package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many threads with several repositories, as in several processes, that all want the same few things at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContentionContract {

    private static final int REPOSITORIES = 4;
    private static final int THREADS = 24;
    private static final int OPERATIONS_PER_THREAD = 60;
    private static final int CONTENTS = 3;
    private static final int ROUNDS = 20;

    private static final List<OwnerId> OWNERS = List.of(new OwnerId(1), new OwnerId(2), new OwnerId(3));
    private static final Lease SHORT_LEASE = new Lease(Duration.ofMillis(5), Duration.ofMillis(20));

    private TestDatabase database;
    private final List<PooledDataSource> pools = new ArrayList<>();
    private final List<MySqlMetadataRepository> repositories = new ArrayList<>();

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void openDatabase() {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        for (int i = 0; i < REPOSITORIES; i++) {
            TestDatabase way = i % 2 == 0 ? database : TestDatabases.otherWayTo(database);
            PooledDataSource pool = way.databaseSettings().pooledDataSource();
            pools.add(pool);
            repositories.add(MySqlMetadataRepository.using(MyBatisSetup.sessionFactory(pool)));
        }
    }

    @AfterAll
    final void closeDatabase() {
        pools.forEach(PooledDataSource::forceCloseAll);
        database.close();
    }

    @BeforeEach
    final void clearDatabase() {
        database.clear();
    }

    // ---- everything at once

    @Test
    void allAnswersAreTrueTogether() {
        long seed = System.nanoTime();
        assertThatCode(() -> letTheCrowdWork(seed)).as("seed %d", seed).doesNotThrowAnyException();
    }

    private void letTheCrowdWork(long seed) throws Exception {
        History history = new History();
        Crowd crowd = new Crowd(history);
        AtomicInteger working = new AtomicInteger(THREADS);
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            MySqlMetadataRepository repository = repositories.get(i % REPOSITORIES);
            Random random = new Random(seed + i);
            tasks.add(() -> {
                try {
                    for (int done = 0; done < OPERATIONS_PER_THREAD; done++) {
                        crowd.doSomething(repository, random);
                    }
                } finally {
                    working.decrementAndGet();
                }
                return List.of();
            });
        }
        tasks.add(() -> watch(working));

        List<String> seen =
                Concurrently.run(tasks).stream().flatMap(List::stream).toList();

        assertThat(seen).as("seen meanwhile").isEmpty();
        assertThat(history.contradictions()).isEmpty();
        assertThat(broken()).as("in the end").isEmpty();
        assertThat(ids("SELECT id FROM imagehost_image")).isEqualTo(history.liveImages());
        assertThat(ids("SELECT id FROM imagehost_blob")).isEqualTo(history.rememberedBlobs());
        assertThat(ids("SELECT id FROM imagehost_blob WHERE state <> 'CONDEMNED'"))
                .allSatisfy(id -> assertThat(history.condemnedBlobs()).doesNotContain(id));
        assertThat(history.answers())
                .as("kinds of answers")
                .containsKeys(
                        "Reserved",
                        "Attached",
                        "Existing",
                        "Busy",
                        "completed",
                        "lost",
                        "removed",
                        "condemned",
                        "shared",
                        "forgotten")
                // a short lease may end before its claim is answered
                .hasSizeLessThanOrEqualTo(history.answers().containsKey("KeyUsed") ? 11 : 10)
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isPositive());
    }

    private List<String> watch(AtomicInteger working) {
        List<String> seen = new ArrayList<>();
        while (working.get() > 0 && seen.isEmpty()) {
            seen.addAll(broken());
            OWNERS.forEach(owner -> {
                ImagePage all = repositories.get(0).list(ImageQuery.of(owner));
                if (all.images().size() != all.totalItems()) {
                    seen.add(all.totalItems() + " images in all, but these: " + all.images());
                }
            });
        }
        return seen;
    }

    private List<String> broken() {
        return TableRules.broken(database);
    }

    private Set<Long> ids(String sql) {
        return database.query(sql).stream().map(Long::valueOf).collect(Collectors.toSet());
    }

    // ---- two at once

    @Test
    void ofTwoOwnersWhoRemoveTheSameContentExactlyOneCondemnsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image first = upload(OWNERS.get(0), content);
            Image second = attached(repositories.get(0).claim(Uploads.request(OWNERS.get(1), content)));

            List<Removal> removals = Concurrently.run(List.<Callable<Removal>>of(
                    () -> repositories.get(1).remove(first.owner(), List.of(first.id())),
                    () -> repositories.get(2).remove(second.owner(), List.of(second.id()))));

            assertThat(removals.get(0).removed()).containsExactly(first.id());
            assertThat(removals.get(1).removed()).containsExactly(second.id());
            assertThat(removals).flatExtracting(Removal::condemned).hasSize(1);
            assertThat(broken()).isEmpty();
        }
    }

    @Test
    void anExpiredReservationIsEitherCompletedOrTakenOver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Reservation<UploadRequest> reservation = reserve(OWNERS.get(0), content);
            database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));

            List<Object> answers = Concurrently.run(List.<Callable<Object>>of(
                    () -> repositories.get(1).complete(reservation),
                    () -> repositories.get(2).claim(Uploads.request(OWNERS.get(1), content))));

            if (((Optional<?>) answers.get(0)).isPresent()) {
                assertThat(attached(answers.get(1)).objectKey())
                        .isEqualTo(reservation.request().objectKey());
            } else {
                assertThat(answers.get(1)).isInstanceOf(Claim.Reserved.class);
            }
            assertThat(broken()).isEmpty();
        }
    }

    @Test
    void aReservationIsEitherCompletedOrAbandoned() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Reservation<UploadRequest> reservation = reserve(OWNERS.get(0), Uploads.content());

            List<Object> answers = Concurrently.run(
                    List.<Callable<Object>>of(() -> repositories.get(1).complete(reservation), () -> {
                        repositories.get(2).abandon(reservation);
                        return true;
                    }));

            assertThat(repositories.get(0).condemned(reservation.blobId() - 1, 1))
                    .hasSize(((Optional<?>) answers.get(0)).isPresent() ? 0 : 1);
            assertThat(broken()).isEmpty();
        }
    }

    private Reservation<UploadRequest> reserve(OwnerId owner, ImageDescriptor content) {
        return ((Claim.Reserved<UploadRequest, Image>) repositories.get(0).claim(Uploads.request(owner, content)))
                .reservation();
    }

    private Image upload(OwnerId owner, ImageDescriptor content) {
        return repositories.get(0).complete(reserve(owner, content)).orElseThrow();
    }

    private static Image attached(Object claim) {
        assertThat(claim).isInstanceOf(Claim.Attached.class);
        return (Image) ((Claim.Attached<?, ?>) claim).item();
    }

    /** What the threads know together, as the users of several processes do. */
    private static final class Crowd {

        private final List<ImageDescriptor> contents =
                Stream.generate(Uploads::content).limit(CONTENTS).toList();
        private final History history;
        private final Queue<Reservation<UploadRequest>> reservations = new ConcurrentLinkedQueue<>();
        private final List<Image> images = new CopyOnWriteArrayList<>();

        Crowd(History history) {
            this.history = history;
        }

        void doSomething(MySqlMetadataRepository repository, Random random) {
            int choice = random.nextInt(100);
            if (choice < 35) {
                claim(repository, random);
            } else if (choice < 55) {
                endReservation(repository, random);
            } else if (choice < 80) {
                removeImages(repository, random);
            } else if (choice < 88) {
                pickImage(random).ifPresent(image -> history.find(repository, image.owner(), image.id()));
            } else if (choice < 93) {
                repository.condemnExpired();
            } else if (choice < 95) {
                repository.tidyUp();
            } else {
                history.forget(repository, repository.condemned(0, 1 + random.nextInt(20)));
            }
        }

        private void claim(MySqlMetadataRepository repository, Random random) {
            Lease lease = random.nextBoolean() ? SHORT_LEASE : Uploads.LEASE;
            Claim<UploadRequest, Image> claim = history.claim(
                    repository,
                    new UploadRequest(
                            OWNERS.get(random.nextInt(OWNERS.size())),
                            contents.get(random.nextInt(CONTENTS)),
                            "cat.png",
                            UUID.randomUUID() + ".png",
                            lease));
            if (claim instanceof Claim.Attached<UploadRequest, Image> attached) {
                remember(attached.item());
            } else if (claim instanceof Claim.Reserved<UploadRequest, Image> reserved) {
                reservations.add(reserved.reservation());
            } else if (claim instanceof Claim.Existing<UploadRequest, Image> existing) {
                // or else everybody would soon have everything
                remove(repository, random, List.of(existing.item()));
            }
        }

        /** Those that are not thrown away are completed once more, perhaps long after they were lost. */
        private void endReservation(MySqlMetadataRepository repository, Random random) {
            Reservation<UploadRequest> reservation = reservations.poll();
            if (reservation == null) {
                return;
            }
            if (random.nextInt(5) == 0) {
                history.abandon(repository, reservation);
            } else {
                history.complete(repository, reservation).ifPresent(this::remember);
            }
            if (random.nextInt(3) == 0) {
                reservations.add(reservation);
            }
        }

        /** Those of other owners are not removed, and some are tried again when they are gone. */
        private void removeImages(MySqlMetadataRepository repository, Random random) {
            List<Image> some = Stream.generate(() -> pickImage(random))
                    .limit(1 + random.nextInt(3))
                    .flatMap(Optional::stream)
                    .toList();
            if (!some.isEmpty()) {
                remove(repository, random, some);
            }
        }

        private void remove(MySqlMetadataRepository repository, Random random, List<Image> some) {
            List<Long> ids = some.stream().map(Image::id).toList();
            Removal removal = history.remove(repository, some.get(0).owner(), ids);
            if (random.nextInt(3) != 0) {
                images.removeIf(image -> removal.removed().contains(image.id()));
            }
        }

        private Optional<Image> pickImage(Random random) {
            List<Image> known = List.copyOf(images);
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get(random.nextInt(known.size())));
        }

        private void remember(Image image) {
            images.add(image);
        }
    }
}
