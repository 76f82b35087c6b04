package io.github.imagehost.rest.settings;

import io.github.imagehost.mysql.transaction.TimeLimits;
import io.github.imagehost.s3.S3Settings;
import java.time.Duration;

/**
 * Limits that nobody has to choose. Those who want to see one of them hit need not wait for it.
 *
 * @param databaseStatement the longest that a statement may take, in whole seconds; other limits of the database follow
 *     from it, see {@link TimeLimits}
 * @param storeCall the longest that one call of a store in S3 may take, see {@link S3Settings#callLimit()}
 * @param downloadWindow how long a client may keep a download waiting before it counts what it took meanwhile; in whole
 *     seconds, of which the default has more than the server waits for a client that takes nothing at all
 * @param slowestDownload what a client takes at least of a download, in bytes per second; a browser on a link of 30
 *     KiB/s that loads six pictures at once stays above the default
 * @param passwordMemory what it takes to hash a password, in KiB; with less than the default whoever gets a hash finds
 *     the password sooner
 */
public record ServiceLimits(
        Duration databaseStatement,
        Duration storeCall,
        Duration downloadWindow,
        int slowestDownload,
        int passwordMemory) {

    /** What users get. */
    public static final ServiceLimits DEFAULT = new ServiceLimits(
            TimeLimits.DEFAULT.statement(), S3Settings.DEFAULT_CALL_LIMIT, Duration.ofSeconds(30), 4 * 1024, 19 * 1024);

    /** The same limits with another one for statements of the database. */
    public ServiceLimits withDatabaseStatement(Duration limit) {
        return new ServiceLimits(limit, storeCall, downloadWindow, slowestDownload, passwordMemory);
    }

    /** The same limits with another one for calls of the store. */
    public ServiceLimits withStoreCall(Duration limit) {
        return new ServiceLimits(databaseStatement, limit, downloadWindow, slowestDownload, passwordMemory);
    }

    /** The same limits with others for downloads. */
    public ServiceLimits withSlowestDownload(Duration window, int bytesPerSecond) {
        return new ServiceLimits(databaseStatement, storeCall, window, bytesPerSecond, passwordMemory);
    }

    /** The same limits with another one for passwords. */
    public ServiceLimits withPasswordMemory(int kibibytes) {
        return new ServiceLimits(databaseStatement, storeCall, downloadWindow, slowestDownload, kibibytes);
    }
}
