package io.github.imagehost.mysql.album;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.port.album.AlbumContents;
import io.github.imagehost.mysql.row.album.AlbumRow;
import io.github.imagehost.mysql.row.album.AlbumRows;
import io.github.imagehost.mysql.row.album.FiledImageRow;
import io.github.imagehost.mysql.row.album.ImagePlace;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.listing.KeyRow;
import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which images are in which albums, as {@link AlbumContents} says. */
final class AlbumImages implements AlbumContents {

    private final Transactions transactions;

    AlbumImages(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Set<Long>> addImages(OwnerId owner, long album, List<Long> images, AlbumPlace place) {
        return transactions.write("add images to the album " + album, on -> {
            Map<Long, FiledImageRow> found = lockImages(on, owner, images);
            if (on.albums().lockOwned(owner.value(), album).isEmpty()) {
                return Optional.empty();
            }
            put(on, album, found, new LinkedHashSet<>(images), place);
            return Optional.of(found.keySet());
        });
    }

    /** Those that the owner has, by their ids. */
    static Map<Long, FiledImageRow> lockImages(Statements on, OwnerId owner, Collection<Long> images) {
        Map<Long, FiledImageRow> found = new HashMap<>();
        for (List<Long> ids : Chunks.ofSorted(images)) {
            on.albums().lockImages(owner.value(), ids).forEach(row -> found.put(row.id(), row));
        }
        return found;
    }

    /** @param wanted in the order in which they are to be in the album */
    private static void put(
            Statements on, long album, Map<Long, FiledImageRow> found, Set<Long> wanted, AlbumPlace place) {
        Set<Long> members = new HashSet<>();
        Chunks.ofSorted(found.keySet())
                .forEach(ids -> members.addAll(on.albums().selectMembers(album, ids)));
        List<FiledImageRow> moved = wanted.stream()
                .filter(found::containsKey)
                .filter(id -> place != AlbumPlace.KEEP || !members.contains(id))
                .map(id -> Objects.requireNonNull(found.get(id)))
                .toList();
        if (moved.isEmpty()) {
            return;
        }
        long position = place == AlbumPlace.START
                ? on.albums().selectFirstPosition(album).orElse(0L) - moved.size()
                : on.albums().selectLastPosition(album).orElse(0L) + 1;
        List<ImagePlace> places = new ArrayList<>();
        for (FiledImageRow image : moved) {
            places.add(ImagePlace.of(image, position++));
        }
        members.retainAll(moved.stream().map(FiledImageRow::id).collect(Collectors.toSet()));
        Chunks.ofSorted(members).forEach(ids -> on.albums().deleteImages(album, ids));
        Chunks.of(places).forEach(some -> on.albums().insertImages(album, some));
        on.albums().count(album, moved.size() - members.size());
    }

    @Override
    public Optional<Set<Long>> removeImages(OwnerId owner, long album, List<Long> images) {
        return transactions.write("take images out of the album " + album, on -> {
            if (on.albums().lockOwned(owner.value(), album).isEmpty()) {
                return Optional.empty();
            }
            Set<Long> removed = new HashSet<>();
            for (List<Long> ids : Chunks.ofSorted(images)) {
                removed.addAll(on.albums().selectMembers(album, ids));
                AlbumTable.takeOut(on, album, ids);
            }
            return Optional.of(removed);
        });
    }

    @Override
    public AlbumPage images(long album, AlbumQuery query) {
        return transactions.readSnapshot(
                "show the album " + album,
                on -> on.albums()
                        .selectById(album)
                        .map(row -> images(on, row, query))
                        .orElseGet(() -> new AlbumPage(List.of(), Optional.empty())));
    }

    private static AlbumPage images(Statements on, AlbumRow album, AlbumQuery query) {
        AlbumOrder order = query.order().orElseGet(() -> AlbumOrder.valueOf(album.arrangement()));
        List<KeyRow> found = on.albums().selectPlaces(album.id(), AlbumRows.toSelection(order, query));
        if (found.isEmpty()) {
            return new AlbumPage(List.of(), Optional.empty());
        }
        List<KeyRow> page = found.subList(0, Math.min(found.size(), query.limit()));
        List<Long> ids = page.stream().map(KeyRow::id).toList();
        Map<Long, Image> images =
                on.albums().selectImages(ids, query.audience() == AlbumQuery.Audience.EVERYBODY).stream()
                        .map(ImageRows::toImage)
                        .collect(Collectors.toMap(Image::id, Function.identity()));
        List<Image> shown = ids.stream()
                .flatMap(id -> Optional.ofNullable(images.get(id)).stream())
                .toList();
        Optional<AlbumCursor> next =
                found.size() == page.size() ? Optional.empty() : Optional.of(cursor(order, page.get(page.size() - 1)));
        return new AlbumPage(shown, next);
    }

    @Override
    public Optional<Image> draw(long album, DrawQuery query) {
        return transactions.read(
                "draw from the album " + album,
                on -> on.albums().selectById(album).flatMap(row -> Draw.from(on, row, query)));
    }

    private static AlbumCursor cursor(AlbumOrder order, KeyRow last) {
        long key = last.key() instanceof Instant time ? time.toEpochMilli() : (Long) last.key();
        return new AlbumCursor(order, key, last.id());
    }
}
