package io.github.imagehost.mysql.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatcherTest {

    @TempDir(factory = InMemory.class)
    static Path directory;

    private static TestDatabase database;
    private static SqlSessionFactory sessions;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(directory).keepConnection();
        sessions = MyBatisSetup.sessionFactory(database.databaseSettings().unpooledDataSource());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Answers each number with the double; a batch with the number that it waits for waits until it may go on. */
    private static final class Doubling implements Batcher.Work<Integer, Integer> {

        private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch mayGoOn = new CountDownLatch(1);

        @Override
        public Optional<List<Integer>> perform(
                Transactions transactions, String operation, Supplier<List<Integer>> members) {
            List<Integer> numbers = members.get();
            batches.add(numbers);
            if (numbers.contains(0)) {
                await(mayGoOn);
            }
            return Optional.of(numbers.stream().map(number -> 2 * number).toList());
        }

        Batcher<Integer, Integer> batcher(Duration patience) {
            return new Batcher<>(transactions(patience), "double", this);
        }
    }

    private static Transactions transactions(Duration patience) {
        TimeLimits usual = TimeLimits.DEFAULT;
        return new Transactions(
                sessions,
                Duration.ZERO,
                new TimeLimits(usual.lock(), usual.statement(), usual.silence(), usual.conflicts(), patience));
    }

    @Test
    void whoIsAloneGoesAtOnce() {
        Doubling doubling = new Doubling();

        assertThat(doubling.batcher(Duration.ofDays(1)).call("double 3", 3)).isEqualTo(6);

        assertThat(doubling.batches).containsExactly(List.of(3));
    }

    @Test
    void whoComeMeanwhileShareTheNextBatchAndGetTheirOwnAnswers() throws Exception {
        Doubling doubling = new Doubling();
        Batcher<Integer, Integer> batcher = doubling.batcher(Duration.ofDays(1));
        int last = Batcher.LARGEST + 5;
        List<FutureTask<Integer>> calls = new ArrayList<>();

        for (int number = 0; number <= last; number++) {
            calls.add(start(batcher, number));
        }
        doubling.mayGoOn.countDown();

        for (int number = 0; number <= last; number++) {
            assertThat(answer(calls.get(number))).isEqualTo(2 * number);
        }
        assertThat(doubling.batches)
                .containsExactly(
                        List.of(0),
                        IntStream.rangeClosed(1, Batcher.LARGEST).boxed().toList(),
                        IntStream.rangeClosed(Batcher.LARGEST + 1, last).boxed().toList());
    }

    @Test
    void whoWantsSomethingElseWaitsInTheSameQueue() throws Exception {
        Transactions transactions = transactions(Duration.ofDays(1));
        Doubling doubling = new Doubling();
        Doubling otherDoubling = new Doubling();
        Batcher<Integer, Integer> batcher = new Batcher<>(transactions, "double", doubling);
        Batcher<Integer, Integer> other = new Batcher<>(transactions, "double", otherDoubling);

        List<FutureTask<Integer>> calls =
                List.of(start(batcher, 0), start(other, 1), start(batcher, 2), start(other, 3), start(batcher, 4));
        assertThat(otherDoubling.batches).isEmpty();
        doubling.mayGoOn.countDown();

        for (int number = 0; number < calls.size(); number++) {
            assertThat(answer(calls.get(number))).isEqualTo(2 * number);
        }
        assertThat(doubling.batches).containsExactly(List.of(0), List.of(2, 4));
        assertThat(otherDoubling.batches).containsExactly(List.of(1, 3));
    }

    /** Also before those who want the same as the batch that is under way, but came later. */
    @Test
    void whoWantsSomethingElseIsNext() throws Exception {
        Transactions transactions = transactions(Duration.ofDays(1));
        Doubling first = new Doubling();
        Doubling doubling = new Doubling();
        Batcher<Integer, Integer> batcher = new Batcher<>(transactions, "double", doubling);
        Batcher<Integer, Integer> other = new Batcher<>(transactions, "double", doubling);
        FutureTask<Integer> before = start(new Batcher<>(transactions, "double", first), 0);
        FutureTask<Integer> underWay = start(batcher, 0);
        first.mayGoOn.countDown();
        answer(before);
        while (doubling.batches.isEmpty()) {
            Thread.onSpinWait();
        }

        List<FutureTask<Integer>> calls = List.of(underWay, start(other, 1), start(batcher, 2));
        doubling.mayGoOn.countDown();

        for (FutureTask<Integer> call : calls) {
            answer(call);
        }
        assertThat(doubling.batches).containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void whoWaitsTooLongForOthersGoesAhead() throws Exception {
        Doubling doubling = new Doubling();
        Batcher<Integer, Integer> batcher = doubling.batcher(Duration.ofMillis(1));
        FutureTask<Integer> slow = start(batcher, 0);

        assertThat(batcher.call("double 1", 1)).isEqualTo(2);
        assertThat(slow).isNotDone();

        doubling.mayGoOn.countDown();
        assertThat(answer(slow)).isZero();
    }

    @Test
    void whoIsInterruptedWhileWaitingGoesAhead() throws Exception {
        Doubling doubling = new Doubling();
        Batcher<Integer, Integer> batcher = doubling.batcher(Duration.ofDays(1));
        FutureTask<Integer> slow = start(batcher, 0);

        Thread.currentThread().interrupt();
        assertThat(batcher.call("double 1", 1)).isEqualTo(2);
        assertThat(Thread.interrupted()).isTrue();

        doubling.mayGoOn.countDown();
        assertThat(answer(slow)).isZero();
    }

    // ---- failures

    /** What becomes of three callers who share the second batch, with which this happens. */
    private static List<Object> outcomes(Callable<Optional<List<Integer>>> ofBatch) throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Batcher.Work<Integer, Integer> work = (transactions, operation, members) -> {
            List<Integer> numbers = members.get();
            if (numbers.contains(0)) {
                await(mayGoOn);
            }
            if (numbers.size() > 1) {
                return call(ofBatch);
            }
            return Optional.of(List.of(2 * numbers.get(0)));
        };
        Transactions transactions = transactions(Duration.ofDays(1));
        Batcher<Integer, Integer> batcher = new Batcher<>(transactions, "double", work);
        List<FutureTask<Integer>> calls = new ArrayList<>();
        for (int number = 0; number <= 3; number++) {
            calls.add(start(batcher, number));
        }
        mayGoOn.countDown();
        List<Object> outcomes = new ArrayList<>();
        for (FutureTask<Integer> call : calls.subList(1, 4)) {
            try {
                outcomes.add(answer(call));
            } catch (ExecutionException e) {
                outcomes.add(Objects.requireNonNull(e.getCause()).getClass());
            }
        }
        assertThat(batcher.call("double 5", 5)).isEqualTo(10);
        return outcomes;
    }

    @Test
    void whatCantBeDoneTogetherIsDoneByEachAlone() throws Exception {
        assertThat(outcomes(Optional::empty)).containsExactly(2, 4, 6);
    }

    @Test
    void afterAFailureEachGoesAlone() throws Exception {
        Callable<Optional<List<Integer>>> refused = () -> {
            throw new RepositoryException("refused", new SQLException("Data too long", "22001", 1406));
        };
        assertThat(outcomes(refused)).containsExactly(2, 4, 6);
    }

    @Test
    void anUnknownOutcomeIsToldToEach() throws Exception {
        Callable<Optional<List<Integer>>> unknown = () -> {
            throw new CommitStateUnknownException("unknown");
        };
        assertThat(outcomes(unknown))
                .containsExactlyElementsOf(Collections.nCopies(3, CommitStateUnknownException.class));
    }

    @Test
    void thatTheDatabaseDoesNotAnswerIsToldToEach() throws Exception {
        Callable<Optional<List<Integer>>> late = () -> {
            throw new RepositoryUnavailableException("late", new SQLTimeoutException());
        };
        assertThat(outcomes(late))
                .containsExactlyElementsOf(Collections.nCopies(3, RepositoryUnavailableException.class));
    }

    @Test
    void whoLeadsAndDiesReleasesTheOthers() throws Exception {
        Callable<Optional<List<Integer>>> dying = () -> {
            throw new StackOverflowError();
        };
        assertThat(outcomes(dying))
                .containsExactly(
                        StackOverflowError.class, CommitStateUnknownException.class, CommitStateUnknownException.class);
    }

    @Test
    void whoGetsNoConnectionFailsWithoutTheOthers() throws Exception {
        CountDownLatch isFirst = new CountDownLatch(1);
        Batcher.Work<Integer, Integer> work = (transactions, operation, members) -> {
            if (isFirst.getCount() > 0) {
                isFirst.countDown();
                throw new RepositoryUnavailableException(
                        "no connection", new SQLTransientConnectionException("request timed out"));
            }
            return Optional.of(members.get());
        };
        Batcher<Integer, Integer> batcher = new Batcher<>(transactions(Duration.ofDays(1)), "echo", work);

        assertThatThrownBy(() -> batcher.call("echo 1", 1))
                .isInstanceOf(RepositoryUnavailableException.class)
                .hasMessage("no connection");
        assertThat(batcher.call("echo 2", 2)).isEqualTo(2);
    }

    // ---- threads

    /** Who does not go at once waits when this returns. */
    private static FutureTask<Integer> start(Batcher<Integer, Integer> batcher, int number) {
        FutureTask<Integer> task = new FutureTask<>(() -> batcher.call("do " + number, number));
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static Integer answer(FutureTask<Integer> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(1, TimeUnit.MINUTES);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
