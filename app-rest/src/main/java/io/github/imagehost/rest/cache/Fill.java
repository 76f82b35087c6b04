package io.github.imagehost.rest.cache;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A copy that one thread makes, and others wait for. */
final class Fill {

    private final Digest digest;
    private final CompletableFuture<Optional<Path>> result = new CompletableFuture<>();
    private volatile boolean wanted = true;

    Fill(Digest digest) {
        this.digest = digest;
    }

    /** Keeps what is being copied from being taken in, since its object was deleted. */
    void discard() {
        wanted = false;
    }

    boolean isWanted() {
        return wanted;
    }

    void succeed(Optional<Path> file) {
        result.complete(file);
    }

    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /**
     * What the other thread has come to.
     *
     * @param patience how long to wait for it
     * @return empty if there is no copy, or not yet, or if it is one of other bytes
     * @throws StoreException as the other thread did
     */
    Optional<Path> await(Digest wantedDigest, Duration patience) {
        if (!wantedDigest.equals(digest)) {
            return Optional.empty();
        }
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreUnavailableException("An object could not be copied for another reader", e);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while an object was copied", e);
        }
    }
}
