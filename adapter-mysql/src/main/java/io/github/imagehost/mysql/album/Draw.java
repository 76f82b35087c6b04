package io.github.imagehost.mysql.album;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.model.album.Orientation;
import io.github.imagehost.core.port.album.AlbumContents;
import io.github.imagehost.mysql.row.album.AlbumRow;
import io.github.imagehost.mysql.row.album.AlbumRows;
import io.github.imagehost.mysql.row.album.TagRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws an image from an album, as {@link AlbumContents#draw} says: from some that stand side by side at a random
 * place.
 */
final class Draw {

    /** An album with fewer images is looked at as a whole. */
    private static final int SIDE_BY_SIDE = 1000;

    private static final int MOST_PLACES = 4;

    /** Of so many, all are looked at before any others are. */
    private static final int FEW = 20;

    private Draw() {}

    static Optional<Image> from(Statements on, AlbumRow album, DrawQuery query) {
        Optional<Long> tag = query.tag()
                .flatMap(wanted -> on.tags().selectByName(album.ownerId(), AlbumRows.toFoldedName(wanted)))
                .map(TagRow::id);
        if (query.tag().isPresent() && tag.isEmpty()) {
            return Optional.empty();
        }
        int places = album.images() <= SIDE_BY_SIDE ? 1 : MOST_PLACES;
        for (int i = 0; i < places; i++) {
            List<Long> ids = shownAtRandomPlace(on, album.id());
            Collections.shuffle(ids, ThreadLocalRandom.current());
            Optional<Image> first = firstFitting(on, ids, query, tag);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    /** Most images fit, so that of the first few one does. */
    private static Optional<Image> firstFitting(Statements on, List<Long> ids, DrawQuery query, Optional<Long> tag) {
        int few = Math.min(FEW, ids.size());
        for (List<Long> some : List.of(ids.subList(0, few), ids.subList(few, ids.size()))) {
            if (!some.isEmpty()) {
                Set<Long> fitting = Set.copyOf(on.albums()
                        .selectFitting(
                                some, query.orientation().map(Orientation::name).orElse(null), tag.orElse(null)));
                Optional<Long> first = some.stream().filter(fitting::contains).findFirst();
                if (first.isPresent()) {
                    return on.albums().selectImages(List.of(first.get()), true).stream()
                            .map(ImageRows::toImage)
                            .findFirst();
                }
            }
        }
        return Optional.empty();
    }

    /** Any number from the first to the last, which is no less. */
    static long number(long first, long last) {
        return ThreadLocalRandom.current().nextLong(first, last + 1);
    }

    /** From there on, and from the start once the end is reached. */
    private static List<Long> shownAtRandomPlace(Statements on, long album) {
        Optional<Long> first = on.albums().selectFirstPosition(album);
        if (first.isEmpty()) {
            return List.of();
        }
        long last = Math.max(first.get(), on.albums().selectLastPosition(album).orElse(first.get()));
        long place = number(first.get(), last);
        List<Long> ids = new ArrayList<>(on.albums().selectShown(album, place, Long.MAX_VALUE, SIDE_BY_SIDE));
        if (ids.size() < SIDE_BY_SIDE) {
            ids.addAll(on.albums().selectShown(album, first.get(), place - 1, SIDE_BY_SIDE - ids.size()));
        }
        return ids;
    }
}
