package io.github.imagehost.mysql.row.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.mysql.row.Columns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts between rows and what the core knows of albums and tags. */
public final class AlbumRows {

    private AlbumRows() {}

    public static Album toAlbum(AlbumRow row) {
        return new Album(
                row.id(),
                new OwnerId(row.ownerId()),
                new AlbumKey(row.linkKey()),
                new AlbumSettings(
                        new AlbumName(row.name()),
                        AlbumOrder.valueOf(row.arrangement()),
                        Visibility.valueOf(row.visibility()),
                        Optional.ofNullable(row.publicUntil()),
                        row.drawn(),
                        Optional.ofNullable(row.expiresAt())),
                row.coverId() == null ? OptionalLong.empty() : OptionalLong.of(row.coverId()),
                row.images(),
                row.createdAt(),
                row.updatedAt());
    }

    public static NewAlbumRow toNewAlbumRow(OwnerId owner, AlbumKey key, AlbumSettings settings) {
        return new NewAlbumRow(
                owner.value(),
                key.value(),
                settings.name().value(),
                toFoldedName(settings.name()),
                settings.order().name(),
                toVisibility(settings),
                settings.publicUntil().orElse(null),
                settings.drawn(),
                settings.expiresAt().orElse(null));
    }

    /**
     * The visibility to write: what is public for a while is private afterwards. A server of the version before, which
     * knows no such end, shows it to nobody rather than to everybody for ever.
     */
    public static String toVisibility(AlbumSettings settings) {
        Visibility visibility = settings.publicUntil().isPresent() ? Visibility.PRIVATE : settings.visibility();
        return visibility.name();
    }

    /** What the name is known again by. */
    public static byte[] toFoldedName(AlbumName name) {
        return name.folded().getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] toFoldedName(Tag tag) {
        return tag.value().getBytes(StandardCharsets.UTF_8);
    }

    public static Tag toTag(byte[] foldedName) {
        return new Tag(new String(foldedName, StandardCharsets.UTF_8));
    }

    /**
     * Where an image was put.
     *
     * @param placements all of it
     */
    public static ImageFiling toFiling(List<ImagePlacementRow> placements) {
        return new ImageFiling(
                placements.stream()
                        .flatMap(row -> Optional.ofNullable(row.albumId()).stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                placements.stream()
                        .flatMap(row -> Optional.ofNullable(row.foldedName()).stream())
                        .map(AlbumRows::toTag)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * What a query asks of a statement: one image more than it wants, so that it is seen whether there is one.
     *
     * @param order of the album
     */
    public static PlaceSelection toSelection(AlbumOrder order, AlbumQuery query) {
        @Nullable
        AlbumCursor cursor =
                query.cursor().filter(from -> from.order() == order).orElse(null);
        return new PlaceSelection(
                order == AlbumOrder.MANUAL,
                order.isDescending(),
                query.audience() == AlbumQuery.Audience.EVERYBODY,
                cursor == null ? null : toColumnValue(cursor),
                cursor == null ? 0 : cursor.image(),
                query.limit() + 1);
    }

    private static Object toColumnValue(AlbumCursor cursor) {
        return cursor.order() == AlbumOrder.MANUAL
                ? cursor.key()
                : Columns.withinColumn(Instant.ofEpochMilli(cursor.key()));
    }
}
