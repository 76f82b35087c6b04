package io.github.imagehost.core.intake;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageWalker;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.WalkedImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks at refused files once more: whether they lack nothing but their end. How many are looked at at once is bounded, since that
 * takes more memory than a first look. Safe for use by many threads.
 */
final class SecondLook {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UploadPolicy policy;
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    SecondLook(UploadPolicy policy) {
        this.policy = policy;
    }

    /**
     * Finds the picture in a file.
     *
     * @return empty if more is wrong with the file than its end
     * @throws IntakeBusyException if too many others are looked at for too long
     * @throws SpoolException if the content can't be read
     */
    Optional<WalkedImage> at(SpooledContent content) {
        acquire();
        try (InputStream in = content.open()) {
            return ImageWalker.walkWithoutEnd(in, content.size(), policy.limits(), policy.metadata());
        } catch (MalformedImageException | ImageLimitException e) {
            // the first look has said what is wrong
            return Optional.empty();
        } catch (IOException e) {
            throw new SpoolException("Can't read a spooled upload", e);
        } finally {
            places.release();
        }
    }

    private void acquire() {
        try {
            if (!places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IntakeBusyException("Too many pictures without an end are looked at already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeBusyException("Interrupted while waiting for others whose pictures have no end", e);
        }
    }
}
