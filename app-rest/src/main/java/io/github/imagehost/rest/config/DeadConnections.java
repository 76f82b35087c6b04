package io.github.imagehost.rest.config;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.imagehost.mysql.MySqlSettings;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pool from handing connections out that the embedded database was closed under. H2 reports them by codes that the pool
 * does not know, and takes them for valid when it is asked. All of them die at once, so one tells about the others. Safe for use
 * by many threads.
 */
final class DeadConnections implements SQLExceptionOverride {

    private volatile @Nullable HikariDataSource pool;

    /** The pool whose exceptions are judged here. */
    void belongTo(HikariDataSource dataSource) {
        this.pool = dataSource;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (!MySqlSettings.isConnectionLost(failure)) {
            return Override.CONTINUE_EVICT;
        }
        HikariDataSource found = pool;
        if (found != null) {
            found.getHikariPoolMXBean().softEvictConnections();
        }
        return Override.MUST_EVICT;
    }
}
