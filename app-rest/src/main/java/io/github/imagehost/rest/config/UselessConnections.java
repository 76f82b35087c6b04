package io.github.imagehost.rest.config;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pool from handing out connections that can't be used any more though the pool takes them for good: on which a
 * statement took too long, which the driver tells even if the connection has died of it; which the embedded database
 * was closed under; and those to a server from which another one has taken over. The last two hit all connections at
 * once, so one tells about the others. Safe for use by many threads.
 */
final class UselessConnections implements SQLExceptionOverride {

    /**
     * While nobody takes writes, new connections are no better, and those who read should not wait for them all the
     * time. Shorter than the pause after which an operation tries again.
     */
    private static final Duration RENEWAL_INTERVAL = Duration.ofMillis(500);

    private final AtomicLong lastRenewal = new AtomicLong(System.nanoTime() - RENEWAL_INTERVAL.toNanos());
    private volatile @Nullable HikariDataSource pool;

    /** The pool whose exceptions are judged here. */
    void belongTo(HikariDataSource dataSource) {
        this.pool = dataSource;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (MySqlSettings.isConnectionLost(failure)) {
            renewAll();
            return Override.MUST_EVICT;
        }
        return failure instanceof SQLTimeoutException ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    private void renewAll() {
        HikariDataSource found = pool;
        long last = lastRenewal.get();
        long now = System.nanoTime();
        boolean isDue = now - last >= RENEWAL_INTERVAL.toNanos();
        if (found != null && isDue && lastRenewal.compareAndSet(last, now)) {
            found.getHikariPoolMXBean().softEvictConnections();
        }
    }
}
