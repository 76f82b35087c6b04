package io.github.imagehost.s3;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.s3.S3Bucket.Description;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts objects without ever overwriting one. A refusal because the key is taken may be the echo of our own success,
 * whose answer was lost, so what is there gets compared before anybody is told. All requests of one put share one time
 * limit. Safe for use by many threads at once.
 */
final class PutOnce {

    private static final Logger log = LoggerFactory.getLogger(PutOnce.class);
    private static final int BUFFER = 64 * 1024;

    private final S3Bucket bucket;
    private final Duration limit;
    private volatile boolean conditionally = true;

    PutOnce(S3Bucket bucket, Duration limit) {
        this.bucket = bucket;
        this.limit = limit;
    }

    /**
     * @throws SdkException if a request fails
     * @throws StoreException as {@link io.github.imagehost.core.port.store.ImageStore#put} says
     */
    void put(ObjectKey key, ObjectContent content) {
        Deadline deadline = Deadline.in(limit);
        if (!putConditionally(key, content, deadline) && !holds(key, content, deadline)) {
            bucket.putRegardless(key, content, remaining(key, deadline));
        }
    }

    /** False if the store does not know how to. */
    private boolean putConditionally(ObjectKey key, ObjectContent content, Deadline deadline) {
        if (!conditionally) {
            return false;
        }
        try {
            bucket.putIfAbsent(key, content, remaining(key, deadline));
            return true;
        } catch (SdkException e) {
            if (S3Failures.isNotImplemented(e)) {
                conditionally = false;
                log.warn("The store knows no conditional put: from now on each key is looked up before it is put");
                return false;
            }
            if (!S3Failures.isKeyTaken(e)) {
                throw e;
            }
            if (!holds(key, content, deadline)) {
                throw new StoreUnavailableException("Can't store " + key + ": another write of it is under way", e);
            }
            return true;
        }
    }

    /**
     * Whether the key holds these bytes; false if it holds none.
     *
     * @throws ObjectAlreadyExistsException if it holds others
     */
    private boolean holds(ObjectKey key, ObjectContent content, Deadline deadline) {
        Optional<Description> found = bucket.describe(key, usual(key, deadline));
        if (found.isEmpty()) {
            return false;
        }
        Description object = found.get();
        if (object.size() != content.size()
                || !digest(key, object, deadline).equals(content.digest().hex())) {
            throw new ObjectAlreadyExistsException("Can't store " + key + ": there is other content under this key");
        }
        return true;
    }

    private String digest(ObjectKey key, Description object, Deadline deadline) {
        return object.digest().orElseGet(() -> digestOfBytes(key, deadline));
    }

    /** For stores that keep no metadata, and for objects that came here in another way. */
    private String digestOfBytes(ObjectKey key, Deadline deadline) {
        MessageDigest digest = Digest.sha256();
        try (Download bytes = Download.of(key, bucket.get(key, usual(key, deadline)))) {
            byte[] buffer = new byte[BUFFER];
            int count;
            while ((count = bytes.read(buffer)) >= 0) {
                digest.update(buffer, 0, count);
                remaining(key, deadline);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Can't store " + key + ": what is there already can't be read to compare it", e);
        }
        return Digest.of(digest.digest()).hex();
    }

    private Duration usual(ObjectKey key, Deadline deadline) {
        return S3Clients.shorter(bucket.usualLimit(), remaining(key, deadline));
    }

    private static Duration remaining(ObjectKey key, Deadline deadline) {
        if (deadline.isOver()) {
            throw new StoreUnavailableException("Can't store " + key + ": the store does not answer in time");
        }
        return deadline.remaining();
    }
}
