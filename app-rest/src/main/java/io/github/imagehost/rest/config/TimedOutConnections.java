package io.github.imagehost.rest.config;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/**
 * Keeps a pool from handing out connections on which a statement took too long. The driver tells the time-out even if the
 * connection has died of it, and the pool would keep that. Safe for use by many threads.
 */
final class TimedOutConnections implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return failure instanceof SQLTimeoutException ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
