package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.TransactionIsolationLevel;

/**
 * Runs operations on the database, tries again what may be tried again, and turns what remains into the exceptions of
 * the port. This is the one place where that happens.
 */
public final class Transactions {

    /** How often an operation starts over because others changed what it had seen. */
    private static final int MOST_ATTEMPTS = 20;

    /** A pool may have kept a connection that did not survive a restart of the server. */
    private static final int SERVER_RECONNECTIONS = 1;

    /** When the process that served the file to others ends, they agree on another one. */
    private static final int EMBEDDED_RECONNECTIONS = 4;

    /** Longer than the half second for which a common pool trusts a connection without asking it for a sign of life. */
    private static final Duration RECONNECTION_PAUSE = Duration.ofMillis(600);

    private final SqlSessionFactory sessions;
    private final Mappers mappers;
    private final Duration reconnectionPause;
    private final TimeLimits limits;
    private final boolean isEmbedded;
    private final boolean triesAgain;
    private final AtomicBoolean closed;
    private final BatchQueue batchQueue;

    /** Keeps to the time limits that {@link MyBatisSetup} has configured. */
    public Transactions(SqlSessionFactory sessions) {
        this(sessions, RECONNECTION_PAUSE, limitsOf(sessions));
    }

    private static TimeLimits limitsOf(SqlSessionFactory sessions) {
        return TimeLimits.around(Duration.ofSeconds(sessions.getConfiguration().getDefaultStatementTimeout()));
    }

    /** @param reconnectionPause how long to wait before another try after the loss of a connection */
    public Transactions(SqlSessionFactory sessions, Duration reconnectionPause, TimeLimits limits) {
        this(
                sessions,
                new Mappers(sessions.getConfiguration()),
                reconnectionPause,
                limits,
                true,
                new AtomicBoolean(),
                new BatchQueue());
    }

    private Transactions(
            SqlSessionFactory sessions,
            Mappers mappers,
            Duration reconnectionPause,
            TimeLimits limits,
            boolean triesAgain,
            AtomicBoolean closed,
            BatchQueue batchQueue) {
        this.sessions = sessions;
        this.mappers = mappers;
        this.reconnectionPause = reconnectionPause;
        this.limits = limits;
        this.isEmbedded = MyBatisSetup.H2.equals(sessions.getConfiguration().getDatabaseId());
        this.triesAgain = triesAgain;
        this.closed = closed;
        this.batchQueue = batchQueue;
    }

    TimeLimits limits() {
        return limits;
    }

    /** That of all batchers that use this. */
    BatchQueue batchQueue() {
        return batchQueue;
    }

    /** The same, but fails at the first failure, for whoever knows what to do then. */
    Transactions withoutRetries() {
        return new Transactions(sessions, mappers, reconnectionPause, limits, false, closed, batchQueue);
    }

    /**
     * Reads, every statement for itself.
     *
     * @param operation what is done, as the end of the sentence "Could not …"
     */
    public <T> T read(String operation, Function<Statements, T> work) {
        return retrying(operation, () -> {
            try (SqlSession session = sessions.openSession(true)) {
                return apply(session, work);
            }
        });
    }

    /**
     * Reads, everything as it was at one moment.
     *
     * @param operation what is done, as the end of the sentence "Could not …"
     */
    public <T> T readSnapshot(String operation, Function<Statements, T> work) {
        return retrying(operation, () -> {
            // closing it ends the transaction, which has nothing to commit
            try (SqlSession session = sessions.openSession(snapshotLevel())) {
                return apply(session, work);
            }
        });
    }

    /** H2 takes a snapshot of each table for itself at REPEATABLE READ; MySQL locks what it reads at SERIALIZABLE. */
    private TransactionIsolationLevel snapshotLevel() {
        return isEmbedded ? TransactionIsolationLevel.SERIALIZABLE : TransactionIsolationLevel.REPEATABLE_READ;
    }

    /**
     * Asks for a sign of life and reads a table, once.
     *
     * @param timeoutSeconds how long to wait for the answer
     */
    public void probe(int timeoutSeconds) {
        requireOpen();
        String operation = "get a sign of life from the database";
        try (SqlSession session = sessions.openSession(true)) {
            // bounds the wait for a network that swallows everything, too, which a statement's timeout does not
            if (!session.getConnection().isValid(timeoutSeconds)) {
                throw new RepositoryUnavailableException("Could not " + operation + " within " + timeoutSeconds + " s");
            }
            statements(session).blobs().probe();
        } catch (PersistenceException | SQLException e) {
            throw translate(operation, e);
        }
    }

    /**
     * Changes something, in one transaction at READ COMMITTED.
     *
     * @param operation what is done, as the end of the sentence "Could not …"
     * @throws DuplicateKeyException if a unique key was in the way; nothing was changed
     */
    public <T> T write(String operation, Function<Statements, T> work) {
        return write(operation, work, result -> true);
    }

    /** As {@link #write}, but rolls back, and so has a certain outcome, if what the work answers is empty. */
    public <T> Optional<T> writeUnlessEmpty(String operation, Function<Statements, Optional<T>> work) {
        return write(operation, work, Optional::isPresent);
    }

    private <T> T write(String operation, Function<Statements, T> work, Predicate<T> isToBeCommitted) {
        return retrying(operation, () -> {
            try (SqlSession session = sessions.openSession(TransactionIsolationLevel.READ_COMMITTED)) {
                T result = applyOrRollBack(session, work);
                if (isToBeCommitted.test(result)) {
                    commit(operation, session);
                } else {
                    // closing it does so only after statements that MyBatis knows of
                    session.rollback(true);
                }
                return result;
            }
        });
    }

    /**
     * Changes something by statements that are each committed at once, which saves two round trips. They must be such
     * that nothing is wrong if only some of them take effect, also when this fails, or if all of them are run again.
     *
     * @param operation what is done, as the end of the sentence "Could not …"
     */
    public <T> T writeRepeatably(String operation, Function<Statements, T> work) {
        return retrying(operation, () -> {
            try (SqlSession session = sessions.openSession(true)) {
                setIsolation(session);
                T result = apply(session, work);
                if (isEmbedded) {
                    statements(session).blobs().flushToDisk();
                }
                return result;
            }
        });
    }

    /** As in every transaction that changes something; a driver that knows that it is so says nothing to the server. */
    private static void setIsolation(SqlSession session) {
        try {
            session.getConnection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        } catch (SQLException e) {
            PersistenceException failure = new PersistenceException("Can't set the isolation", e);
            abortIfLost(session, failure);
            throw failure;
        }
    }

    private Statements statements(SqlSession session) {
        return new Statements(session, mappers);
    }

    private <T> T apply(SqlSession session, Function<Statements, T> work) {
        try {
            return work.apply(statements(session));
        } catch (PersistenceException e) {
            abortIfLost(session, e);
            throw e;
        }
    }

    /**
     * A pool might take the connection to a server that only has become read-only for a good one, and hand it out
     * again.
     */
    private static void abortIfLost(SqlSession session, Exception failure) {
        if (SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST) {
            try {
                session.getConnection().abort(Runnable::run);
            } catch (SQLException | PersistenceException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private <T> T applyOrRollBack(SqlSession session, Function<Statements, T> work) {
        try {
            return work.apply(statements(session));
        } catch (RuntimeException | Error e) {
            try {
                session.rollback(true);
            } catch (PersistenceException rollbackFailure) {
                e.addSuppressed(rollbackFailure);
            }
            if (e instanceof PersistenceException failure) {
                abortIfLost(session, failure);
            }
            throw e;
        }
    }

    private void commit(String operation, SqlSession session) {
        try {
            // commits, too, as JDBC says, and has to be done anyway before others use the connection: a round trip less
            session.getConnection().setAutoCommit(true);
        } catch (SQLException e) {
            PersistenceException failure = new PersistenceException("Can't commit", e);
            if (SqlFailure.of(e) == SqlFailure.CONFLICT) {
                throw failure;
            }
            abortIfLost(session, failure);
            throw commitStateUnknown(operation, failure);
        }
        if (isEmbedded) {
            flush(operation, session);
        }
    }

    /** What H2 commits is in its file, but may be lost with the machine's power until it is flushed. */
    private void flush(String operation, SqlSession session) {
        try {
            statements(session).blobs().flushToDisk();
        } catch (PersistenceException | RepositoryException e) {
            throw commitStateUnknown(operation, e);
        }
    }

    private static CommitStateUnknownException commitStateUnknown(String operation, RuntimeException cause) {
        return new CommitStateUnknownException(
                "Nobody knows whether this took effect: " + operation + "; the connection failed during the commit",
                cause);
    }

    /**
     * Tries again for as long as others change what an attempt has seen.
     *
     * @param operation what is done, as the end of the sentence "Could not …"
     * @param attempt answers nothing, or fails with a {@link DuplicateKeyException}, if somebody else was faster
     * @throws RepositoryUnavailableException if somebody else is faster all the time
     */
    public <T> T untilDecided(String operation, Supplier<Optional<T>> attempt) {
        for (int number = 0; number < MOST_ATTEMPTS; number++) {
            try {
                Optional<T> decision = attempt.get();
                if (decision.isPresent()) {
                    return decision.get();
                }
            } catch (DuplicateKeyException e) {
                // somebody else was faster: look again
            }
        }
        throw new RepositoryUnavailableException("Could not " + operation + ": others changed it all the time");
    }

    /** Makes all later calls fail; tells whether this is the first time. */
    public boolean close() {
        return closed.compareAndSet(false, true);
    }

    /**
     * Does nothing.
     *
     * @throws RepositoryException if this is closed
     */
    public void requireOpen() {
        if (closed.get()) {
            throw new RepositoryException("The repository is closed");
        }
    }

    private <T> T retrying(String operation, Supplier<T> attempt) {
        requireOpen();
        Backoff backoff = new Backoff(
                isEmbedded ? EMBEDDED_RECONNECTIONS : SERVER_RECONNECTIONS, reconnectionPause, limits.conflicts());
        while (true) {
            try {
                return uninterrupted(attempt);
            } catch (PersistenceException e) {
                awaitNextTry(operation, backoff, e);
            }
        }
    }

    /**
     * An interrupted thread would do harm to others: H2 gives its file up in the middle of a commit, and a virtual
     * thread loses its connection, with which it may be working for a whole batch.
     */
    private static <T> T uninterrupted(Supplier<T> attempt) {
        boolean isInterrupted = Thread.interrupted();
        try {
            return attempt.get();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitNextTry(String operation, Backoff backoff, PersistenceException e) {
        boolean again;
        try {
            again = triesAgain
                    && switch (SqlFailure.of(e)) {
                        case CONFLICT -> backoff.awaitAfterConflict();
                        case CONNECTION_LOST -> backoff.awaitReconnection();
                        case DUPLICATE_KEY, UNAVAILABLE, FATAL -> false;
                    };
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            again = false;
        }
        if (!again) {
            throw translate(operation, e);
        }
    }

    private static RepositoryException translate(String operation, Exception e) {
        String message = "Could not " + operation;
        // MyBatis's own exception repeats the statement, the driver's tells what happened
        Throwable cause = SqlFailure.sqlException(e).map(Exception.class::cast).orElse(e);
        return switch (SqlFailure.of(e)) {
            case DUPLICATE_KEY -> new DuplicateKeyException(message + ": a unique key holds it already", cause);
            case CONFLICT ->
                new RepositoryUnavailableException(message + ": other changes were in the way all the time", cause);
            case CONNECTION_LOST, UNAVAILABLE ->
                new RepositoryUnavailableException(message + ": the database is not available", cause);
            case FATAL -> new RepositoryException(message + ": the database refused it", cause);
        };
    }
}
