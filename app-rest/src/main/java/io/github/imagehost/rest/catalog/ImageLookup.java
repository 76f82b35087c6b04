package io.github.imagehost.rest.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Looks images up, and remembers those that were found for a while, since some links are asked for again and again.
 * What is changed or deleted here is forgotten at once; what another process does may be seen only when it is too old.
 * Neither that nothing was found nor what may be seen only so often is ever remembered. Safe for use by many threads.
 */
@Component
public class ImageLookup {

    /** Takes about 1 KB for each, in each of two ways to look it up. */
    private static final int MAX_IMAGES = 10_000;

    private final ImageHost host;
    private final Cache<String, Image> byFilename;
    private final Cache<OwnedId, Image> byId;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();

    /** Nobody finds by its id what is another owner's. */
    private record OwnedId(OwnerId owner, long id) {}

    ImageLookup(ImageHost host, InstantSource clock, ServiceSettings settings) {
        this.host = host;
        this.clock = clock;
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
    public Optional<Image> find(OwnerId owner, long id) {
        return find(byId, new OwnedId(owner, id), key -> host.find(key.owner(), key.id()));
    }

    /**
     * The owner's image with this name in its link; empty if there is none or if it is somebody else's, which takes the
     * same work. Nothing of it is remembered.
     */
    public Optional<Image> findByFilename(OwnerId owner, String filename) {
        ImageQuery query = ImageQuery.of(owner).limit(1).filter(ImageFilter.ALL.filename(filename));
        return host.list(query).images().stream().findFirst();
    }

    private <K> Optional<Image> find(Cache<K, Image> cache, K key, Function<K, Optional<Image>> source) {
        Image known = cache.getIfPresent(key);
        // what has ended by what is known may have been made to last longer elsewhere
        if (known != null && !hasEnded(known)) {
            return Optional.of(known);
        }
        long changesBefore = changes.get();
        Optional<Image> found = source.apply(key);
        found.filter(image -> image.sharing().viewsLeft().isEmpty()).ifPresent(image -> cache.put(key, image));
        if (changes.get() != changesBefore) {
            // it may have been read before it was changed, and remembered after it was to be forgotten
            cache.invalidate(key);
        }
        return found.filter(image -> !hasEnded(image));
    }

    private boolean hasEnded(Image image) {
        return image.sharing().hasEndedBy(clock.instant());
    }

    /** Deletes images of this owner. */
    public Deletion delete(OwnerId owner, Set<Long> ids) {
        try {
            return host.delete(owner, ids);
        } finally {
            forget(ids);
        }
    }

    /**
     * Changes an image of this owner.
     *
     * @return the image as it is now; empty if there is none with this id, or if it is somebody else's
     */
    public Optional<Image> change(OwnerId owner, long id, List<ImageChange> changesOfImage) {
        Optional<Image> image = find(owner, id);
        try {
            // asked for by the id of another one that was folded into it, perhaps
            return image.flatMap(found -> host.change(owner, found.id(), changesOfImage));
        } finally {
            image.ifPresent(found -> forget(Set.of(found.id())));
        }
    }

    /**
     * Changes several images of this owner alike, in one step.
     *
     * @return those that were changed, as they are now
     */
    public List<Image> changeAll(OwnerId owner, Set<Long> ids, List<ImageChange> changesOfImages) {
        try {
            return host.changeAll(owner, ids, changesOfImages);
        } finally {
            forget(ids);
        }
    }

    private void forget(Set<Long> ids) {
        changes.incrementAndGet();
        byId.asMap().values().removeIf(image -> ids.contains(image.id()));
        byFilename.asMap().values().removeIf(image -> ids.contains(image.id()));
    }
}
