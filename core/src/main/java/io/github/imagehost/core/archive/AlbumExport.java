package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveLine.AlbumLine;
import io.github.imagehost.core.archive.ArchiveLine.ContentsLine;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumQuery.Audience;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The albums and tags of an export. */
final class AlbumExport {

    private final MetadataRepository images;
    private final AlbumRepository albums;

    AlbumExport(MetadataRepository images, AlbumRepository albums) {
        this.images = images;
        this.albums = albums;
    }

    /** Takes a line. */
    @FunctionalInterface
    interface Lines {

        void write(ArchiveLine line) throws IOException;
    }

    /** The tags of images, by the images' ids, without those that have none. */
    Map<Long, SortedSet<Tag>> tags(Collection<Image> page) {
        Map<OwnerId, List<Long>> byOwner = page.stream()
                .collect(Collectors.groupingBy(Image::owner, Collectors.mapping(Image::id, Collectors.toList())));
        Map<Long, SortedSet<Tag>> tags = new HashMap<>();
        byOwner.forEach(
                (owner, ids) -> albums.filings(owner, ids).forEach((id, filing) -> tags.put(id, filing.tags())));
        return tags;
    }

    /**
     * Writes all albums of these owners.
     *
     * @return how many
     */
    long write(Collection<OwnerId> owners, Lines lines, Progress progress) throws IOException {
        long written = 0;
        for (OwnerId owner : owners) {
            for (Album album : albums.albums(owner)) {
                if (progress.isStopRequested()) {
                    return written;
                }
                lines.write(new AlbumLine(archived(album)));
                writeContents(album, lines, progress);
                written++;
            }
        }
        return written;
    }

    private ArchivedAlbum archived(Album album) {
        Optional<String> cover = album.cover().isPresent()
                ? images.findById(album.owner(), album.cover().getAsLong()).map(Image::filename)
                : Optional.empty();
        return new ArchivedAlbum(album.owner(), album.key(), album.settings(), cover);
    }

    private void writeContents(Album album, Lines lines, Progress progress) throws IOException {
        Optional<AlbumCursor> cursor = Optional.empty();
        do {
            AlbumPage page = albums.images(
                    album.id(),
                    new AlbumQuery(Audience.OWNER, Optional.of(AlbumOrder.MANUAL), AlbumQuery.MAX_LIMIT, cursor));
            if (!page.images().isEmpty()) {
                lines.write(new ContentsLine(
                        page.images().stream().map(Image::filename).toList()));
            }
            cursor = page.next();
        } while (cursor.isPresent() && !progress.isStopRequested());
    }
}
