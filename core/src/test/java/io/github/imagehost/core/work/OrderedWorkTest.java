package io.github.imagehost.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrderedWorkTest {

    private static final int THREADS = 4;
    private static final int PENDING_PER_THREAD = 3;
    private static final String NAME = "ordered-work-test";

    private final List<Integer> delivered = new ArrayList<>();
    private final AtomicBoolean isStopRequested = new AtomicBoolean();

    private static int notBegun() {
        return -1;
    }

    private OrderedWork<Integer> work(int threads) {
        return new OrderedWork<>(NAME, threads, PENDING_PER_THREAD, isStopRequested::get, delivered::add);
    }

    /** A thread has done all its work a moment before it is gone. */
    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(NAME))
                .toList();
        for (Thread thread : left) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(left).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void resultsComeInTheOrderOfTheTasksInTheCallersThread(int threads) {
        List<Thread> receivers = new ArrayList<>();
        try (OrderedWork<Integer> work =
                new OrderedWork<>(NAME, threads, PENDING_PER_THREAD, isStopRequested::get, result -> {
                    delivered.add(result);
                    receivers.add(Thread.currentThread());
                })) {
            for (int i = 0; i < 1000; i++) {
                int number = i;
                if (i % 3 == 0) {
                    work.submit(number);
                } else {
                    work.submit(() -> number, OrderedWorkTest::notBegun);
                }
            }
            work.await();
        }

        assertThat(delivered).isEqualTo(numbers(1000));
        assertThat(receivers).containsOnly(Thread.currentThread());
    }

    @Test
    void asManyTasksRunAtOnceAsThereAreThreads() {
        CountDownLatch all = new CountDownLatch(THREADS);
        try (OrderedWork<Integer> work = work(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                work.submit(
                        () -> {
                            meet(all);
                            return number;
                        },
                        OrderedWorkTest::notBegun);
            }
            work.await();
        }

        assertThat(delivered).isEqualTo(numbers(THREADS));
    }

    @Test
    void aTaskThatTakesLongKeepsOnlyALimitedNumberOfOthersPending() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        AtomicInteger submitted = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try (OrderedWork<Integer> work = work(THREADS)) {
                work.submit(() -> await(first, 0), OrderedWorkTest::notBegun);
                for (int i = 1; i < 100; i++) {
                    int number = i;
                    submitted.incrementAndGet();
                    work.submit(() -> number, OrderedWorkTest::notBegun);
                }
                work.await();
            }
        });
        caller.start();
        awaitWaiting(caller);

        assertThat(submitted).hasValue(THREADS * PENDING_PER_THREAD - 1);
        assertThat(delivered).isEmpty();

        first.countDown();
        caller.join();
        assertThat(delivered).isEqualTo(numbers(100));
    }

    @Test
    void aResultThatIsThereIsDeliveredAtOnce() {
        try (OrderedWork<Integer> work = work(THREADS)) {
            work.submit(0);

            assertThat(delivered).containsExactly(0);
        }
    }

    @Test
    void afterAFailureWhatHasBegunIsDeliveredAndNothingElseBegins() {
        IllegalStateException failure = new IllegalStateException("broken");
        CountDownLatch bothHaveBegun = new CountDownLatch(2);
        CountDownLatch failureIsTold = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> {
                    try (OrderedWork<Integer> work = work(2)) {
                        try {
                            work.submit(
                                    () -> {
                                        meet(bothHaveBegun);
                                        throw failure;
                                    },
                                    OrderedWorkTest::notBegun);
                            work.submit(
                                    () -> {
                                        meet(bothHaveBegun);
                                        return await(failureIsTold, 1);
                                    },
                                    OrderedWorkTest::notBegun);
                            for (int i = 2; i < 5; i++) {
                                work.submit(() -> begun.incrementAndGet(), OrderedWorkTest::notBegun);
                            }
                            work.await();
                        } finally {
                            failureIsTold.countDown();
                        }
                    }
                })
                .isSameAs(failure);

        assertThat(begun).hasValue(0);
        assertThat(delivered).startsWith(1);
        assertThat(delivered.subList(1, delivered.size())).allMatch(result -> result == -1);
    }

    @Test
    void anErrorIsToldAsItIs() {
        Error error = new StackOverflowError();

        assertThatThrownBy(() -> {
                    try (OrderedWork<Integer> work = work(1)) {
                        work.submit(
                                () -> {
                                    throw error;
                                },
                                OrderedWorkTest::notBegun);
                        work.await();
                    }
                })
                .isSameAs(error);
    }

    @Test
    void afterAStopRequestWhatHasBegunIsDeliveredAndNothingElseBegins() {
        CountDownLatch hasBegun = new CountDownLatch(1);
        CountDownLatch stopRequested = new CountDownLatch(1);
        try (OrderedWork<Integer> work = work(1)) {
            work.submit(
                    () -> {
                        hasBegun.countDown();
                        return await(stopRequested, 0);
                    },
                    OrderedWorkTest::notBegun);
            work.submit(() -> 1, OrderedWorkTest::notBegun);
            await(hasBegun, 0);

            isStopRequested.set(true);
            stopRequested.countDown();
            work.await();
        }

        assertThat(delivered).containsExactly(0, -1);
    }

    @Test
    void anInterruptIsToldAndWhatHasBegunIsDelivered() throws InterruptedException {
        CountDownLatch hasBegun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try (OrderedWork<Integer> work = work(1)) {
                work.submit(
                        () -> {
                            hasBegun.countDown();
                            return await(interrupted, 0);
                        },
                        OrderedWorkTest::notBegun);
                work.submit(() -> 1, OrderedWorkTest::notBegun);
                try {
                    work.await();
                } finally {
                    interrupted.countDown();
                }
            } catch (WorkInterruptedException e) {
                told.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await(hasBegun, 0);
        awaitWaiting(caller);

        caller.interrupt();
        caller.join();

        assertThat(told.get()).hasMessage("Interrupted while work is under way");
        assertThat(flag).isTrue();
        assertThat(delivered).first().isEqualTo(0);
        assertThat(delivered).last().isEqualTo(-1);
    }

    @Test
    void aResultThatCanNotBeTakenIsAFailure() {
        IllegalStateException failure = new IllegalStateException("no room");
        CountDownLatch bothAreSubmitted = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();

        assertThatThrownBy(() -> {
                    try (OrderedWork<Integer> work = new OrderedWork<>(NAME, 1, 10, isStopRequested::get, result -> {
                        taken.incrementAndGet();
                        throw failure;
                    })) {
                        work.submit(() -> await(bothAreSubmitted, 0), OrderedWorkTest::notBegun);
                        work.submit(() -> 1, OrderedWorkTest::notBegun);
                        bothAreSubmitted.countDown();
                        work.await();
                    }
                })
                .isSameAs(failure);

        assertThat(taken).hasPositiveValue();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        await(all, 0);
    }

    private static int await(CountDownLatch latch, int result) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            return result;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
