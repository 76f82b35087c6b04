package io.github.imagehost.mysql.transaction;

import com.google.common.base.Throwables;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;

/** What a failed statement means for its caller, whichever database and driver reported it. */
public enum SqlFailure {
    /** A unique key holds already what was to be written. */
    DUPLICATE_KEY,
    /** The database chose this transaction to give way to another one, and has rolled it back or let us do so. */
    CONFLICT,
    /**
     * The connection is of no use any more: it is dead, or leads to a server that has left its post; a new one may
     * work.
     */
    CONNECTION_LOST,
    /** The database can't do this now, but may later. */
    UNAVAILABLE,
    /** Anything else: trying again will not help. */
    FATAL;

    /** MySQL: duplicate entry, in its two forms; H2: duplicate key. */
    private static final Set<Integer> DUPLICATE_KEY_CODES = Set.of(1062, 1586, 23505);

    /**
     * MySQL: lock wait timeout, deadlock, either of them while waiting for a generated id, rolled back during commit
     * (group replication); TiDB: write conflict in its forms, schema changed meanwhile; H2: deadlock, lock timeout,
     * concurrent update.
     */
    private static final Set<Integer> CONFLICT_CODES =
            Set.of(1205, 1213, 1467, 3101, 8002, 8022, 8028, 9007, 40001, 50200, 90131);

    /**
     * MySQL: server shutdown in its forms, network errors, can't connect (said by MySQL Router), gone away and lost
     * during query, killed (MariaDB, MySQL), server not available, disconnected for inactivity; H2: closed object or
     * connection, closed or closing database; while the process that serves the file gives way to another one, opened
     * by somebody else, just being opened, or exclusive for a moment because it is being closed; and what a statement
     * ends with when its session is closed under it, cancelled or by an internal error.
     */
    private static final Set<Integer> CONNECTION_LOST_CODES = Set.of(
            1053, 1077, 1078, 1079, 1080, 1158, 1159, 1160, 1161, 1927, 2002, 2003, 2006, 2013, 3168, 3169, 4031, 8000,
            50000, 57014, 90007, 90020, 90067, 90098, 90121, 90135);

    /**
     * The server answers, but another one has taken over. MySQL: not prepared (a node of Galera without the others),
     * read-only for 4 reasons (an option, as of a demoted primary; the default of transactions; a reader of a cluster;
     * InnoDB), offline; ProxySQL: no server for this.
     */
    private static final Set<Integer> DEMOTED_CODES = Set.of(1047, 1290, 1792, 1836, 1874, 3032, 9001);

    /**
     * MySQL: disk full, out of memory (3), too many connections (3 limits), host blocked, no thread, table full, query
     * interrupted, too many transactions, statement time limit (MySQL, MariaDB), a hook of group replication; TiDB:
     * schema unknown at the moment, store or region does not answer or is busy (in their forms); H2: input or output
     * error (2).
     */
    private static final Set<Integer> UNAVAILABLE_CODES = Set.of(
            1021, 1037, 1038, 1040, 1041, 1114, 1129, 1135, 1203, 1226, 1317, 1637, 1969, 3024, 3100, 8027, 9002, 9003,
            9004, 9005, 9010, 90028, 90031);

    /** "Transaction rollback"; but 40003 means that the outcome is unknown. */
    private static final String ROLLED_BACK_STATES = "40";

    private static final String UNKNOWN_OUTCOME_STATE = "40003";

    private static final String CONNECTION_STATES = "08";

    /** The meaning of whatever went wrong, by the first {@link SQLException} among its causes. */
    public static SqlFailure of(Throwable failure) {
        return sqlException(failure).map(SqlFailure::classify).orElse(FATAL);
    }

    /** The first {@link SQLException} among the causes: mappers and pools wrap it in ways of their own. */
    public static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Whether the server has said nothing for too long, and whoever has waited for that shall get an answer. */
    private static boolean isSilence(SQLException e) {
        return Throwables.getCausalChain(e).stream().anyMatch(SocketTimeoutException.class::isInstance);
    }

    private static SqlFailure classify(SQLException e) {
        int code = e.getErrorCode();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (DUPLICATE_KEY_CODES.contains(code)) {
            return DUPLICATE_KEY;
        }
        if (CONFLICT_CODES.contains(code)
                || (state.startsWith(ROLLED_BACK_STATES) && !state.equals(UNKNOWN_OUTCOME_STATE))) {
            return CONFLICT;
        }
        if (CONNECTION_LOST_CODES.contains(code) || DEMOTED_CODES.contains(code)) {
            return CONNECTION_LOST;
        }
        if (UNAVAILABLE_CODES.contains(code)
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLTimeoutException
                || isSilence(e)) {
            return UNAVAILABLE;
        }
        if (state.startsWith(CONNECTION_STATES) || e instanceof SQLRecoverableException) {
            return CONNECTION_LOST;
        }
        return e instanceof SQLTransientException ? UNAVAILABLE : FATAL;
    }
}
