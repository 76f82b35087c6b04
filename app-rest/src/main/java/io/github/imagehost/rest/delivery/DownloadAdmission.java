package io.github.imagehost.rest.delivery;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.metrics.MeterNames;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps one client from taking everything that downloads need for as long as it reads: connections to the store, open
 * files and threads. What is left to the server to send counts only until then: it holds an open file, and nothing
 * else. Who has its share waits a moment, since most downloads take no longer. Safe for use by many threads.
 */
@Component
final class DownloadAdmission implements MeterBinder {

    /** As long as a download waits for a connection to the store. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /**
     * Those of a client that wait, in shares; the default share and those leave others most of the server's threads.
     */
    private static final int WAITING_SHARES = 2;

    private final int share;
    private final Duration patience;
    private final ConcurrentMap<String, Downloads> clients = new ConcurrentHashMap<>();

    @Autowired
    DownloadAdmission(ServiceSettings settings) {
        this(settings.downloadsPerClient(), PATIENCE);
    }

    /**
     * @param share how many downloads each client may have under way
     * @param patience how long further ones wait
     */
    DownloadAdmission(int share, Duration patience) {
        this.share = share;
        this.patience = patience;
    }

    /**
     * Lets a download in, whose caller has to call {@link #leave} in the end.
     *
     * @param client who asks, as {@link ClientAddresses} names it
     * @throws ApiException if the client has too many of them under way
     */
    void enter(String client) {
        Downloads downloads = clients.compute(client, (name, present) -> join(present));
        boolean admitted = false;
        try {
            admitted = downloads.places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!admitted) {
                clients.computeIfPresent(client, (name, present) -> present.afterOneLeft());
            }
        }
        if (!admitted) {
            throw new ApiException(ApiError.TOO_MANY_DOWNLOADS);
        }
    }

    /** Ends a download that was let in. */
    void leave(String client) {
        clients.computeIfPresent(client, (name, present) -> {
            present.places.release();
            return present.afterOneLeft();
        });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(MeterNames.ADMITTED, this, DownloadAdmission::underWay)
                .tag(MeterNames.WORK, "downloads")
                .register(registry);
    }

    private int underWay() {
        return clients.values().stream()
                .mapToInt(downloads -> share - downloads.places.availablePermits())
                .sum();
    }

    private Downloads join(@Nullable Downloads present) {
        Downloads downloads = present == null ? new Downloads(share) : present;
        if (downloads.members == share * (1 + WAITING_SHARES)) {
            throw new ApiException(ApiError.TOO_MANY_DOWNLOADS);
        }
        downloads.members++;
        return downloads;
    }

    /** The downloads of one client. Its number of members is for whoever holds its entry of the map. */
    private static final class Downloads {

        private final Semaphore places;
        private int members;

        Downloads(int share) {
            this.places = new Semaphore(share, true);
        }

        /** Null, which takes the entry out of the map, if nobody is left. */
        @Nullable
        Downloads afterOneLeft() {
            members--;
            return members == 0 ? null : this;
        }
    }
}
