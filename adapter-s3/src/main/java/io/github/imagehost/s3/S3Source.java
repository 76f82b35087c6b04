package io.github.imagehost.s3;

import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.source.InterruptedReadException;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.source.RemoteInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of somebody's bucket, whatever their names, in the order in which the store lists them. They are only
 * read. Their streams fail with an {@link InterruptedReadException} when the connection breaks, and opening them with
 * the exceptions of a store. Safe for use by many threads, but for the listing.
 */
public final class S3Source implements BulkSource<PictureItem>, AutoCloseable {

    private static final int PAGE_SIZE = 1000;

    private final S3Bucket bucket;
    private final String prefix;
    private final Predicate<String> names;

    private S3Source(S3Bucket bucket, String prefix, Predicate<String> names) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.names = names;
    }

    /**
     * Connects to the store and makes sure that the bucket can be listed.
     *
     * @param settings which bucket, and how to get there; their prefix does not matter
     * @param prefix what the names of the objects begin with; may be empty
     * @return a source that the caller closes
     * @throws SettingsException if a setting is wrong: the store can't be reached, does not accept the key, or has no
     *     such bucket; the message names the setting
     * @throws StoreException if the store fails though nothing points to a setting
     */
    public static S3Source open(S3Settings settings, String prefix) {
        return open(settings, prefix, bucket -> name -> true);
    }

    /**
     * As {@link #open}, but of a bucket that is a store of ours: the source has only what can't be an object of that,
     * because its name is no key.
     *
     * @param settings those of the store, with its prefix
     */
    public static S3Source openForeign(S3Settings settings, String prefix) {
        return open(settings, prefix, bucket -> name -> bucket.key(name).isEmpty());
    }

    private static S3Source open(S3Settings settings, String prefix, Function<S3Bucket, Predicate<String>> namesOf) {
        S3Bucket bucket = new S3Bucket(settings);
        try {
            new StartCheck(settings).run(bucket);
            return new S3Source(bucket, prefix, namesOf.apply(bucket));
        } catch (RuntimeException e) {
            bucket.close();
            throw e;
        }
    }

    @Override
    public Iterator<PictureItem> items() {
        return new Walk();
    }

    @Override
    public void close() {
        bucket.close();
    }

    private static <T> T call(Supplier<T> request, String action) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw S3Failures.isAbsence(e)
                    ? new ObjectNotFoundException("There is no such object any more", e)
                    : S3Failures.translate(action, e);
        }
    }

    private final class Walk implements Iterator<PictureItem> {

        private Iterator<S3Object> page = Collections.emptyIterator();
        private Optional<String> after = Optional.empty();
        private boolean more = true;

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && more) {
                ListObjectsV2Response listed = call(() -> bucket.list(prefix, after, PAGE_SIZE), "list the objects");
                more = Boolean.TRUE.equals(listed.isTruncated())
                        && !listed.contents().isEmpty();
                after = listed.contents().stream().reduce((first, last) -> last).map(S3Object::key);
                // what looks like a folder in a browser
                page = listed.contents().stream()
                        .filter(object -> !object.key().endsWith("/") && names.test(object.key()))
                        .iterator();
            }
            return page.hasNext();
        }

        @Override
        public PictureItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return new Item(page.next());
        }
    }

    private final class Item implements PictureItem {

        private final S3Object object;

        Item(S3Object object) {
            this.object = object;
        }

        @Override
        public String name() {
            return object.key();
        }

        @Override
        public String version() {
            return object.size() + " " + object.lastModified() + " " + object.eTag();
        }

        @Override
        public long size() {
            return object.size();
        }

        /** Its last part; the host drops the others. */
        @Override
        public String originalName() {
            return object.key();
        }

        @Override
        public Optional<Instant> date() {
            return Optional.of(object.lastModified());
        }

        @Override
        public InputStream open() {
            return new RemoteInputStream(
                    call(() -> Download.of(object.key(), bucket.get(object.key())), "read " + object.key()));
        }
    }
}
