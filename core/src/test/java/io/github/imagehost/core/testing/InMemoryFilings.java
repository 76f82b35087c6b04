package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.query.ImageFilter;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which albums there are, what is in them, and which tags images have, in the heap. */
final class InMemoryFilings {

    /** By their ids; what is counted in them is not kept up to date. */
    final TreeMap<Long, Album> albums = new TreeMap<>();

    /** The places of images in albums, by the ids of both. */
    final TreeMap<Long, TreeMap<Long, Long>> places = new TreeMap<>();

    /** By the ids of images. */
    final TreeMap<Long, SortedSet<Tag>> tags = new TreeMap<>();

    long lastAlbum;

    void copyFrom(InMemoryFilings original) {
        albums.putAll(original.albums);
        original.places.forEach((album, images) -> places.put(album, new TreeMap<>(images)));
        original.tags.forEach((image, set) -> tags.put(image, new TreeSet<>(set)));
        lastAlbum = original.lastAlbum;
    }

    void forget(long image) {
        places.values().forEach(images -> images.remove(image));
        tags.remove(image);
    }

    Map<Long, Long> placesIn(long album) {
        return Optional.<Map<Long, Long>>ofNullable(places.get(album)).orElse(Map.of());
    }

    SortedSet<Tag> tagsOf(long image) {
        return Optional.ofNullable(tags.get(image)).orElse(Collections.emptySortedSet());
    }

    /** Whether an image is where the filter wants it. */
    boolean matches(ImageFilter filter, long image) {
        return filter.album().map(album -> placesIn(album).containsKey(image)).orElse(true)
                && filter.tag().map(tag -> tagsOf(image).contains(tag)).orElse(true);
    }
}
