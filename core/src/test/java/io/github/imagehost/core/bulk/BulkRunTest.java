package io.github.imagehost.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.bulk.BulkTask.Prepared;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BulkRunTest {

    private static final List<Duration> TWO_PAUSES = List.of(Duration.ofNanos(1), Duration.ofNanos(1));
    private static final int JOBS = 4;

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final List<String> finished = Collections.synchronizedList(new ArrayList<>());

    private record Item(String name) implements BulkItem {

        @Override
        public String version() {
            return "";
        }

        @Override
        public long size() {
            return 10;
        }
    }

    /** Counts, and stops when it is told to. */
    private static class Counter implements Progress {

        private final List<Long> expectations = new ArrayList<>();
        private final AtomicInteger advanced = new AtomicInteger();
        private volatile boolean stopRequested;

        @Override
        public void expect(long items, long bytes) {
            expectations.add(items);
        }

        @Override
        public void advance(long items, long bytes) {
            advanced.addAndGet((int) items);
        }

        @Override
        public boolean isStopRequested() {
            return stopRequested;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyItemIsDealtWithAndToldInItsOrder(int jobs) {
        BulkReport report = new BulkRun<Item>(this::prepare, BulkJournal.NONE, jobs)
                .run(items(100), this::tell, Progress.UNOBSERVED);

        assertThat(told).isEqualTo(names(100));
        assertThat(finished).hasSize(100);
        assertThat(report.complete()).isTrue();
        assertThat(report.failure()).isEmpty();
        assertThat(report.items()).isEqualTo(100);
        assertThat(report.count(Outcome.NEW)).isEqualTo(100);
        assertThat(report.bytesRead()).isEqualTo(1000);
        assertThat(report.bytesStored()).isEqualTo(900);
    }

    @Test
    void asManyAsThereAreJobsAreUnderWayAtOnce() {
        CyclicBarrier all = new CyclicBarrier(JOBS);

        BulkReport report = run(
                (item, attempts) -> {
                    await(all);
                    return prepare(item, attempts);
                },
                items(JOBS * 3));

        assertThat(report.count(Outcome.NEW)).isEqualTo(JOBS * 3);
    }

    @Test
    void ofItemsWithTheSameBytesTheFirstOneComesFirst() {
        for (int round = 0; round < 50; round++) {
            finished.clear();

            run((item, attempts) -> new Named(item, TestContent.digestOf(new byte[1])), items(20));

            assertThat(finished).isEqualTo(names(20));
        }
    }

    @Test
    void badItemsDoNotStopTheOthers() {
        BulkReport report = run(
                (item, attempts) -> switch (item.name()) {
                    case "item3" -> throw new IOException("gone");
                    case "item5" -> throw new IllegalStateException("a bug");
                    case "item7" -> throw new ObjectNotFoundException("deleted");
                    default -> prepare(item, attempts);
                },
                items(10));

        assertThat(report.count(Outcome.FAILED)).isEqualTo(3);
        assertThat(report.count(Outcome.NEW)).isEqualTo(7);
        assertThat(report.complete()).isTrue();
        assertThat(told).isEqualTo(names(10));
    }

    @Test
    void whatIsAwayIsAskedAgainSeveralTimes() {
        AtomicInteger tries = new AtomicInteger();

        BulkReport report = run(
                (item, attempts) -> {
                    if (tries.incrementAndGet() <= TWO_PAUSES.size()) {
                        throw new StoreUnavailableException("away");
                    }
                    return prepare(item, attempts);
                },
                items(1));

        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(tries).hasValue(TWO_PAUSES.size() + 1);
    }

    @Test
    void whatStaysAwayEndsTheRun() {
        StoreUnavailableException away = new StoreUnavailableException("away");
        AtomicInteger tries = new AtomicInteger();

        BulkReport report = new BulkRun<Item>(
                        (item, attempts) -> {
                            if (item.name().equals("item5")) {
                                tries.incrementAndGet();
                                throw away;
                            }
                            return prepare(item, attempts);
                        },
                        BulkJournal.NONE,
                        1,
                        TWO_PAUSES)
                .run(items(1000), this::tell, Progress.UNOBSERVED);

        assertThat(report.failure()).contains(away);
        assertThat(report.complete()).isFalse();
        assertThat(tries).hasValue(TWO_PAUSES.size() + 1);
        assertThat(told).isEqualTo(names(6));
    }

    @Test
    void whatIsWrongForGoodEndsTheRunAtOnce() {
        AtomicInteger tries = new AtomicInteger();

        BulkReport report = run(
                (item, attempts) -> {
                    tries.incrementAndGet();
                    throw new RepositoryException("no such table");
                },
                items(1000));

        assertThat(report.failure()).get().isInstanceOf(RepositoryException.class);
        assertThat(tries.get()).isLessThanOrEqualTo(JOBS * 2);
    }

    @Test
    void aListingThatBreaksOffEndsTheRun() {
        BulkSource<Item> broken = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == 5) {
                    throw new StoreUnavailableException("away");
                }
                return true;
            }

            @Override
            public Item next() {
                return item(next++);
            }
        };

        BulkReport report = run(this::prepare, broken);

        assertThat(report.failure()).get().isInstanceOf(StoreUnavailableException.class);
        assertThat(report.complete()).isFalse();
        assertThat(names(5)).containsSubsequence(told);
    }

    @Test
    void aStopRequestLetsWhatIsUnderWayComeToItsEnd() {
        Counter progress = new Counter();

        BulkReport report = new BulkRun<Item>(this::prepare, BulkJournal.NONE, JOBS)
                .run(
                        items(1000),
                        (item, result) -> {
                            tell(item, result);
                            progress.stopRequested |= item.name().equals("item9");
                        },
                        progress);

        assertThat(report.complete()).isFalse();
        assertThat(report.failure()).isEmpty();
        assertThat(told).hasSizeBetween(10, 10 + JOBS * 8);
        assertThat(names(1000)).containsSubsequence(told);
        assertThat(finished).hasSameElementsAs(told);
        assertThat(progress.advanced).hasValue(told.size());
    }

    @Test
    void anInterruptLetsWhatIsUnderWayComeToItsEnd() {
        BulkReport report;
        try (FileJournal journal = FileJournal.open(directory.resolve("journal"), "test")) {
            report = new BulkRun<Item>(this::prepare, journal, JOBS)
                    .run(
                            items(1000),
                            (item, result) -> {
                                tell(item, result);
                                if (item.name().equals("item9")) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            Progress.UNOBSERVED);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(report.complete()).isFalse();
        assertThat(report.failure()).isEmpty();
        assertThat(names(1000)).containsSubsequence(told);
        assertThat(finished).hasSameElementsAs(told).hasSizeLessThan(1000);
    }

    @Test
    void aStopRequestEndsTheWaitForWhatIsAway() {
        Thread caller = Thread.currentThread();
        Progress stoppedWhileItWaits = new Counter() {
            @Override
            public boolean isStopRequested() {
                return Thread.currentThread() != caller;
            }
        };

        BulkReport report = new BulkRun<Item>(
                        (item, attempts) -> {
                            throw new StoreUnavailableException("away");
                        },
                        BulkJournal.NONE,
                        JOBS,
                        List.of(Duration.ofDays(1)))
                .run(items(1), this::tell, stoppedWhileItWaits);

        assertThat(report.complete()).isFalse();
    }

    @Test
    void anotherRunGoesOnWhereOneWasStopped() {
        Counter first = new Counter();
        try (FileJournal journal = FileJournal.open(directory.resolve("journal"), "test")) {
            new BulkRun<Item>(this::prepare, journal, JOBS)
                    .run(
                            items(100),
                            (item, result) -> first.stopRequested = item.name().equals("item30"),
                            first);
        }
        List<String> before = List.copyOf(finished);
        finished.clear();
        Counter second = new Counter();

        BulkReport report;
        try (FileJournal journal = FileJournal.open(directory.resolve("journal"), "test")) {
            report = new BulkRun<Item>(this::prepare, journal, JOBS).run(items(100), this::tell, second);
        }

        assertThat(before).hasSizeBetween(31, 99);
        assertThat(finished).hasSize(100 - before.size()).doesNotContainAnyElementsOf(before);
        assertThat(told).isEqualTo(names(100));
        assertThat(report.count(Outcome.NEW)).isEqualTo(100);
        assertThat(report.bytesStored()).isEqualTo(900);
        assertThat(report.complete()).isTrue();
        assertThat(second.expectations).endsWith(100L - before.size());
        assertThat(second.advanced).hasValue(100 - before.size());
    }

    @Test
    void whatFailedIsTriedAgainByTheNextRun() {
        try (FileJournal journal = FileJournal.open(directory.resolve("journal"), "test")) {
            new BulkRun<Item>(
                            (item, attempts) -> {
                                throw new IOException("not now");
                            },
                            journal,
                            JOBS)
                    .run(items(3), this::tell, Progress.UNOBSERVED);

            BulkReport report =
                    new BulkRun<Item>(this::prepare, journal, JOBS).run(items(3), this::tell, Progress.UNOBSERVED);

            assertThat(report.count(Outcome.NEW)).isEqualTo(3);
        }
    }

    private BulkReport run(BulkTask<Item> task, BulkSource<Item> source) {
        return new BulkRun<>(task, BulkJournal.NONE, JOBS, TWO_PAUSES).run(source, this::tell, Progress.UNOBSERVED);
    }

    private Prepared prepare(Item item, TriedFilenames attempts) {
        return new Named(item, TestContent.digestOf(item.name().getBytes(StandardCharsets.UTF_8)));
    }

    private void tell(Item item, BulkResult result) {
        told.add(item.name());
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> item(i).name()).toList();
    }

    private static Item item(int number) {
        return new Item("item" + number);
    }

    private static BulkSource<Item> items(int count) {
        return new BulkSource<>() {
            @Override
            public Iterator<Item> items() {
                return IntStream.range(0, count).mapToObj(BulkRunTest::item).iterator();
            }

            @Override
            public Extent extent() {
                return new Extent(count, count * 10L);
            }
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private final class Named implements Prepared {

        private final Item item;
        private final Digest digest;

        Named(Item item, Digest digest) {
            this.item = item;
            this.digest = digest;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(digest);
        }

        @Override
        public BulkResult finish() {
            finished.add(item.name());
            return BulkResult.added(10, 9, Optional.empty());
        }

        @Override
        public void close() {}
    }
}
