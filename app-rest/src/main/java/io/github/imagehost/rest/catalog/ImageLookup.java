package io.github.imagehost.rest.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Looks images up, and remembers those that were found for a while, since some links are asked for again and again.
 * What is deleted here is forgotten at once; what another process deletes may be found until it is too old. That
 * nothing was found is never remembered. Safe for use by many threads.
 */
@Component
public class ImageLookup {

    /** Takes about 1 KB for each, in each of two ways to look it up. */
    private static final int MAX_IMAGES = 10_000;

    private final ImageHost host;
    private final Cache<String, Image> byFilename;
    private final Cache<OwnedId, Image> byId;
    private final AtomicLong deletions = new AtomicLong();

    /** Nobody finds by its id what is another owner's. */
    private record OwnedId(OwnerId owner, long id) {}

    ImageLookup(ImageHost host, ServiceSettings settings) {
        this.host = host;
        this.byFilename = newCache(settings);
        this.byId = newCache(settings);
    }

    private static <K> Cache<K, Image> newCache(ServiceSettings settings) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_IMAGES)
                .expireAfterWrite(settings.metadataAge())
                .build();
    }

    /** The image behind a link, whoever owns it. */
    public Optional<Image> findByFilename(String filename) {
        return find(byFilename, filename, host::findByFilename);
    }

    /** The owner's image with this id; empty if there is none or if it is somebody else's. */
    Optional<Image> find(OwnerId owner, long id) {
        return find(byId, new OwnedId(owner, id), key -> host.find(key.owner(), key.id()));
    }

    private <K> Optional<Image> find(Cache<K, Image> cache, K key, Function<K, Optional<Image>> source) {
        Image known = cache.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long deletionsBefore = deletions.get();
        Optional<Image> found = source.apply(key);
        found.ifPresent(image -> cache.put(key, image));
        if (deletions.get() != deletionsBefore) {
            // it may have been read before it was deleted, and remembered after it was to be forgotten
            cache.invalidate(key);
        }
        return found;
    }

    /** Deletes images of this owner. */
    Deletion delete(OwnerId owner, Set<Long> ids) {
        try {
            return host.delete(owner, ids);
        } finally {
            deletions.incrementAndGet();
            byId.asMap().values().removeIf(image -> ids.contains(image.id()));
            byFilename.asMap().values().removeIf(image -> ids.contains(image.id()));
        }
    }
}
