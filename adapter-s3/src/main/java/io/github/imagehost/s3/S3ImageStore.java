package io.github.imagehost.s3;

import com.google.common.collect.Iterables;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.LinkSigner;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreRoom;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.s3.S3Bucket.Description;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps objects in a bucket of any store that speaks the S3 protocol. Safe for use by many threads and many processes
 * at once; holds at most 64 connections for downloads and 64 for all else, so that whoever reads slowly never keeps
 * others from storing.
 *
 * <p>The key that is used needs the rights to list the bucket and to get, put and delete its objects.
 *
 * <p>How long a call can take: about 2 seconds when the store can't be reached, about 8 when it takes a call and stays
 * silent, 10 in all. Storing an object may take longer, the larger it is, up to {@link S3Settings#callLimit()}. Reading
 * a stream fails after 8 seconds without a byte. What timed out is not tried again; other failures that may pass are,
 * twice at the most, and puts once more. A put whose connection breaks every time is then sent with {@code Expect:
 * 100-continue}, as often again, since the store may have closed it to refuse the body, with an answer that nobody
 * could read.
 *
 * <p>Nothing is ever overwritten, because puts are conditional ({@code If-None-Match: *}). On a store that answers that
 * it does not implement this, each key is looked up before it is put instead; between the two, another put under the
 * same key could be overwritten, which keys that are never used twice can't meet.
 */
public final class S3ImageStore implements ImageStore {

    private static final Logger log = LoggerFactory.getLogger(S3ImageStore.class);

    private static final int DELETE_BATCH = 1000;
    private static final Duration MIN_LINK_VALIDITY = Duration.ofSeconds(1);
    private static final Duration MAX_LINK_VALIDITY = Duration.ofDays(7);

    private final S3Bucket bucket;
    private final PutOnce putOnce;
    private final StoreRoom room = new StoreRoom(Clock.systemUTC());
    private volatile boolean closed;

    private S3ImageStore(S3Bucket bucket, PutOnce putOnce) {
        this.bucket = bucket;
        this.putOnce = putOnce;
    }

    /**
     * Begins the description of a store.
     *
     * @param bucket the bucket, which has to exist
     */
    public static S3ImageStoreBuilder builder(String bucket) {
        return new S3ImageStoreBuilder(bucket);
    }

    /**
     * Connects to the store and makes sure that the bucket can be used.
     *
     * @return a store that the caller closes
     * @throws SettingsException if a setting is wrong: the store can't be reached, does not accept the key, or has no
     *     such bucket; the message names the setting
     * @throws StoreException if the store fails though nothing points to a setting
     */
    public static S3ImageStore create(S3Settings settings) {
        return create(settings, CallLimits.DEFAULT);
    }

    static S3ImageStore create(S3Settings settings, CallLimits limits) {
        S3Bucket bucket = new S3Bucket(settings, limits);
        try {
            new StartCheck(settings).run(bucket);
        } catch (RuntimeException e) {
            bucket.close();
            throw e;
        }
        return new S3ImageStore(bucket, new PutOnce(bucket, settings.callLimit()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The object keeps its media type, may be cached for ever by whoever reads it, and has its digest as the
     * metadata {@code x-amz-meta-sha256}.
     */
    @Override
    public void put(ObjectKey key, ObjectContent content) {
        room.storing(() -> call("store " + key, () -> {
            putOnce.put(key, content);
            return true;
        }));
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the bytes are damaged on their way, the stream fails before it gives the last of them.
     */
    @Override
    public InputStream open(ObjectKey key) {
        return call("open", key, () -> Download.of(key, bucket.get(key, bucket.usualLimit())));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nobody can tell whether the bytes of a part are damaged on their way.
     */
    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        return call("open " + range + " of", key, () -> Download.of(key, range, bucket.get(key, range)));
    }

    @Override
    public Optional<Long> size(ObjectKey key) {
        return call("look up", key, () -> bucket.describe(key, bucket.usualLimit()))
                .map(Description::size);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Works in batches of a thousand; one that the store refuses as a whole does not keep the others from being
     * deleted.
     */
    @Override
    public Map<ObjectKey, String> delete(Collection<ObjectKey> keys) {
        requireOpen();
        Map<ObjectKey, String> failures = new HashMap<>();
        for (List<ObjectKey> batch : Iterables.partition(new LinkedHashSet<>(keys), DELETE_BATCH)) {
            String action = "delete " + batch.size() + " objects, the first of them " + batch.get(0);
            try {
                failures.putAll(call(action, () -> bucket.delete(batch)));
            } catch (StoreException e) {
                if (!S3Failures.isAnswered(e)) {
                    throw e;
                }
                log.warn("Can't {}", action, e);
                batch.forEach(key -> failures.put(key, S3Failures.reason(e)));
            }
        }
        return Map.copyOf(failures);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Objects whose names are no {@link ObjectKey}, because somebody else put them there, are left out.
     */
    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
        List<String> foreign = new ArrayList<>();
        List<StoredObject> listed = list(after, limit, foreign::add);
        if (!foreign.isEmpty()) {
            log.warn(
                    "{} objects are not listed because their names are no object keys, the first of them '{}'",
                    foreign.size(),
                    foreign.get(0));
        }
        return listed;
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A listing has a limit from 1 to " + MAX_LIMIT + ", not " + limit);
        }
        List<StoredObject> listed = new ArrayList<>();
        Optional<String> afterName = after.map(bucket::name);
        int pageSize = limit;
        boolean more = true;
        while (more && listed.size() < limit) {
            ListObjectsV2Response page = page(afterName, pageSize);
            for (S3Object object : page.contents()) {
                if (listed.size() == limit) {
                    // the next listing begins here
                    break;
                }
                bucket.key(object.key())
                        .map(key -> new StoredObject(key, object.size(), object.lastModified()))
                        .ifPresentOrElse(listed::add, () -> foreignNames.accept(object.key()));
                afterName = Optional.of(object.key());
            }
            more = Boolean.TRUE.equals(page.isTruncated()) && !page.contents().isEmpty();
            // who met one foreign object may meet many
            pageSize = MAX_LIMIT;
        }
        return List.copyOf(listed);
    }

    @Override
    public Optional<LinkSigner> linkSigner() {
        return Optional.of(this::signedLink);
    }

    private URI signedLink(ObjectKey key, Duration validity, AnswerHeaders headers) {
        if (validity.compareTo(MIN_LINK_VALIDITY) < 0 || validity.compareTo(MAX_LINK_VALIDITY) > 0) {
            throw new IllegalArgumentException("A link is valid for one second to seven days, not for " + validity);
        }
        return call("sign a link to", key, () -> bucket.signedLink(key, validity, headers));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Takes three seconds at the most, and up to nine if the store refuses it at first without a reason.
     */
    @Override
    public void check() {
        call("use the bucket", () -> {
            bucket.check();
            return true;
        });
        room.check();
    }

    @Override
    public void close() {
        closed = true;
        bucket.close();
    }

    private ListObjectsV2Response page(Optional<String> afterName, int limit) {
        return call("list the objects", () -> bucket.list(afterName, limit));
    }

    private <T> T call(String action, ObjectKey key, Supplier<T> requests) {
        return call(requests, failure -> S3Failures.translate(action, key, failure));
    }

    private <T> T call(String action, Supplier<T> requests) {
        return call(requests, failure -> S3Failures.translate(action, failure));
    }

    private <T> T call(Supplier<T> requests, Function<RuntimeException, StoreException> translation) {
        requireOpen();
        try {
            return requests.get();
        } catch (RuntimeException e) {
            if (closed) {
                throw new StoreException("The store was closed during the call", e);
            }
            throw translation.apply(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("The store is closed");
        }
    }
}
