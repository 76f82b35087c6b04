package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.Orientation;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The albums and tags of a repository in the heap, for tests; passes the {@link AlbumRepositoryContract}. */
final class InMemoryAlbums implements AlbumRepository {

    private static final Comparator<String> BY_CODE_POINTS = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private final InMemoryRows rows;
    private final InMemoryFilings filings;
    private final Random chance = new Random();

    /** All that it does, it does under the lock of these. */
    InMemoryAlbums(InMemoryRows rows) {
        this.rows = rows;
        this.filings = rows.filings;
    }

    @Override
    public Album addAlbum(OwnerId owner, AlbumKey key, AlbumSettings settings) {
        synchronized (rows) {
            requireFree(owner, settings.name(), 0);
            if (ownedBy(owner).count() >= MOST_ALBUMS) {
                throw new TooManyAlbumsException(owner);
            }
            Album album = new Album(
                    ++filings.lastAlbum, owner, key, settings, OptionalLong.empty(), 0, rows.now(), rows.now());
            filings.albums.put(album.id(), album);
            filings.places.put(album.id(), new TreeMap<>());
            return counted(album);
        }
    }

    private void requireFree(OwnerId owner, AlbumName name, long self) {
        if (findAlbum(owner, name).filter(album -> album.id() != self).isPresent()) {
            throw new AlbumNameTakenException(name);
        }
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, long id) {
        synchronized (rows) {
            return live().stream()
                    .filter(album -> album.owner().equals(owner) && album.id() == id)
                    .findFirst();
        }
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, AlbumName name) {
        synchronized (rows) {
            return ownedBy(owner)
                    .filter(album -> album.settings().name().folded().equals(name.folded()))
                    .findFirst();
        }
    }

    @Override
    public Optional<Album> findAlbum(AlbumKey key) {
        synchronized (rows) {
            return live().stream().filter(album -> album.key().equals(key)).findFirst();
        }
    }

    @Override
    public List<Album> albums(OwnerId owner) {
        synchronized (rows) {
            return ownedBy(owner)
                    .sorted(Comparator.comparing(
                            album -> album.settings().name().folded(), BY_CODE_POINTS))
                    .toList();
        }
    }

    private Stream<Album> ownedBy(OwnerId owner) {
        return live().stream().filter(album -> album.owner().equals(owner));
    }

    private List<Album> live() {
        rows.requireOpen();
        return filings.albums.values().stream()
                .filter(album -> !hasEnded(album))
                .map(this::counted)
                .toList();
    }

    private boolean hasEnded(Album album) {
        return album.settings()
                .expiresAt()
                .filter(end -> !end.isAfter(rows.now()))
                .isPresent();
    }

    private Album counted(Album album) {
        Map<Long, Long> places = filings.placesIn(album.id());
        OptionalLong cover =
                album.cover().isPresent() && places.containsKey(album.cover().getAsLong())
                        ? album.cover()
                        : OptionalLong.empty();
        return with(album, shown(album.settings()), cover, places.size());
    }

    /** Private once the end of being public has come. */
    private AlbumSettings shown(AlbumSettings settings) {
        boolean isOver =
                settings.publicUntil().filter(end -> !end.isAfter(rows.now())).isPresent();
        return isOver ? settings.changedBy(List.of(new AlbumChange.Show(Visibility.PRIVATE))) : settings;
    }

    private static Album with(Album album, AlbumSettings settings, OptionalLong cover, long images) {
        return new Album(
                album.id(), album.owner(), album.key(), settings, cover, images, album.createdAt(), album.updatedAt());
    }

    @Override
    public Optional<Album> changeAlbum(OwnerId owner, long id, Collection<AlbumChange> changes) {
        synchronized (rows) {
            Optional<Album> found = findAlbum(owner, id);
            if (found.isPresent()) {
                Album changed = changed(found.get(), changes);
                requireFree(owner, changed.settings().name(), id);
                filings.albums.put(id, changed);
            }
            return findAlbum(owner, id);
        }
    }

    private Album changed(Album album, Collection<AlbumChange> changes) {
        OptionalLong cover = album.cover();
        for (AlbumChange change : changes) {
            if (change instanceof AlbumChange.Cover newCover) {
                boolean isThere = newCover.image().isEmpty()
                        || filings.placesIn(album.id())
                                .containsKey(newCover.image().getAsLong());
                cover = isThere ? newCover.image() : cover;
            }
        }
        AlbumSettings now = album.settings().changedBy(changes);
        return new Album(
                album.id(), album.owner(), album.key(), now, cover, album.images(), album.createdAt(), rows.now());
    }

    @Override
    public boolean removeAlbum(OwnerId owner, long id) {
        synchronized (rows) {
            boolean isThere = findAlbum(owner, id).isPresent();
            if (isThere) {
                remove(id);
            }
            return isThere;
        }
    }

    private void remove(long id) {
        filings.albums.remove(id);
        filings.places.remove(id);
    }

    @Override
    public int removeEndedAlbums(int limit) {
        synchronized (rows) {
            rows.requireOpen();
            List<Long> ended = filings.albums.values().stream()
                    .filter(this::hasEnded)
                    .limit(limit)
                    .map(Album::id)
                    .toList();
            ended.forEach(this::remove);
            return ended.size();
        }
    }

    @Override
    public Optional<Set<Long>> addImages(OwnerId owner, long album, List<Long> images, AlbumPlace place) {
        synchronized (rows) {
            return findAlbum(owner, album).map(found -> put(found, own(owner, images), place));
        }
    }

    private Set<Long> put(Album album, List<Long> images, AlbumPlace place) {
        TreeMap<Long, Long> places = new TreeMap<>(filings.placesIn(album.id()));
        List<Long> moved = images.stream()
                .filter(image -> place != AlbumPlace.KEEP || !places.containsKey(image))
                .toList();
        long first = places.values().stream().min(Comparator.naturalOrder()).orElse(0L);
        long last = places.values().stream().max(Comparator.naturalOrder()).orElse(0L);
        long next = place == AlbumPlace.START ? first - moved.size() : last + 1;
        for (long image : moved) {
            places.put(image, next++);
        }
        filings.places.put(album.id(), places);
        return Set.copyOf(images);
    }

    /** Those that the owner has, each once. */
    private List<Long> own(OwnerId owner, Collection<Long> images) {
        return new LinkedHashSet<>(images)
                .stream()
                        .filter(id -> isOf(owner, id) && !rows.hasEnded(image(id)))
                        .toList();
    }

    @Override
    public Optional<Set<Long>> removeImages(OwnerId owner, long album, List<Long> images) {
        synchronized (rows) {
            return findAlbum(owner, album).map(found -> {
                TreeMap<Long, Long> places = new TreeMap<>(filings.placesIn(album));
                Set<Long> removed = new HashSet<>(images);
                removed.retainAll(places.keySet());
                places.keySet().removeAll(removed);
                filings.places.put(album, places);
                return removed;
            });
        }
    }

    private Image image(long id) {
        return Optional.ofNullable(rows.images.get(id)).orElseThrow().image();
    }

    @Override
    public AlbumPage images(long album, AlbumQuery query) {
        synchronized (rows) {
            Optional<Album> found =
                    live().stream().filter(one -> one.id() == album).findFirst();
            if (found.isEmpty()) {
                return new AlbumPage(List.of(), Optional.empty());
            }
            AlbumOrder order = query.order().orElse(found.get().settings().order());
            Map<Long, Long> places = filings.placesIn(album);
            ToLongFunction<Image> key = image -> order == AlbumOrder.MANUAL
                    ? places.getOrDefault(image.id(), 0L)
                    : image.uploadedAt().toEpochMilli();
            Comparator<Image> ascending = Comparator.comparingLong(key).thenComparingLong(Image::id);
            Optional<AlbumCursor> cursor = query.cursor().filter(from -> from.order() == order);
            List<Image> behind = places.keySet().stream()
                    .map(this::image)
                    .filter(image -> !rows.hasEnded(image))
                    .filter(image -> query.audience() == AlbumQuery.Audience.OWNER || isShown(image))
                    .sorted(order.isDescending() ? ascending.reversed() : ascending)
                    .filter(image -> cursor.map(from -> isBehind(from, key.applyAsLong(image), image.id()))
                            .orElse(true))
                    .toList();
            List<Image> page = behind.subList(0, Math.min(query.limit(), behind.size()));
            if (page.size() == behind.size()) {
                return new AlbumPage(page, Optional.empty());
            }
            Image last = page.get(page.size() - 1);
            return new AlbumPage(page, Optional.of(new AlbumCursor(order, key.applyAsLong(last), last.id())));
        }
    }

    @Override
    public Optional<Image> draw(long album, DrawQuery query) {
        synchronized (rows) {
            List<Image> fitting = live().stream()
                    .filter(found -> found.id() == album)
                    .flatMap(found -> filings.placesIn(album).keySet().stream())
                    .map(this::image)
                    .filter(image -> !rows.hasEnded(image) && isShown(image))
                    .filter(image -> query.orientation()
                            .map(Orientation.of(image.content())::equals)
                            .orElse(true))
                    .filter(image -> query.tag()
                            .map(tag -> filings.tagsOf(image.id()).contains(tag))
                            .orElse(true))
                    .toList();
            return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(chance.nextInt(fitting.size())));
        }
    }

    @Override
    public List<Album> drawnAlbums() {
        synchronized (rows) {
            return live().stream()
                    .filter(album -> album.isPublic() && album.settings().drawn() && album.images() > 0)
                    .limit(MOST_DRAWN)
                    .toList();
        }
    }

    private static boolean isBehind(AlbumCursor cursor, long key, long image) {
        int comparison = key != cursor.key() ? Long.compare(key, cursor.key()) : Long.compare(image, cursor.image());
        return cursor.order().isDescending() ? comparison < 0 : comparison > 0;
    }

    private static boolean isShown(Image image) {
        return image.sharing().visibility() == Visibility.PUBLIC
                && image.sharing().viewsLeft().isEmpty();
    }

    @Override
    public Set<Long> changeTags(OwnerId owner, Collection<Long> images, TagChange change) {
        synchronized (rows) {
            rows.requireOpen();
            Map<Long, SortedSet<Tag>> changed = new HashMap<>();
            for (long image : own(owner, images)) {
                SortedSet<Tag> after = change.appliedTo(filings.tagsOf(image));
                if (after.size() > Tag.MOST_OF_AN_IMAGE) {
                    throw new TooManyTagsException(image);
                }
                changed.put(image, after);
            }
            filings.tags.putAll(changed);
            return Set.copyOf(changed.keySet());
        }
    }

    @Override
    public List<TagCount> tags(OwnerId owner, Optional<Tag> after, int limit) {
        if (limit < 1 || limit > MOST_TAGS) {
            throw new IllegalArgumentException("A listing has a limit from 1 to " + MOST_TAGS + ", not " + limit);
        }
        synchronized (rows) {
            rows.requireOpen();
            return filings.tags.entrySet().stream()
                    .filter(image -> isOf(owner, image.getKey()))
                    .flatMap(image -> image.getValue().stream())
                    .filter(tag -> after.map(last -> tag.compareTo(last) > 0).orElse(true))
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .limit(limit)
                    .map(count -> new TagCount(count.getKey(), count.getValue()))
                    .toList();
        }
    }

    private boolean isOf(OwnerId owner, long image) {
        return Optional.ofNullable(rows.images.get(image))
                .filter(stored -> stored.image().owner().equals(owner))
                .isPresent();
    }

    @Override
    public Map<Long, ImageFiling> filings(OwnerId owner, Collection<Long> images) {
        synchronized (rows) {
            rows.requireOpen();
            Map<Long, ImageFiling> found = new HashMap<>();
            for (long image : new HashSet<>(images)) {
                ImageFiling filing = new ImageFiling(albumsWith(image), filings.tagsOf(image));
                if (isOf(owner, image) && !filing.equals(ImageFiling.NONE)) {
                    found.put(image, filing);
                }
            }
            return found;
        }
    }

    private SortedSet<Long> albumsWith(long image) {
        return live().stream()
                .map(Album::id)
                .filter(album -> filings.placesIn(album).containsKey(image))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
