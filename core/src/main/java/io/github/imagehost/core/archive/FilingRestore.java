package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveLine.AlbumLine;
import io.github.imagehost.core.archive.ArchiveLine.ContentsLine;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/** Brings back the albums and tags of an archive whose images are there. Tags may be given by many threads. */
final class FilingRestore {

    private final MetadataRepository images;
    private final AlbumRepository albums;
    private final OwnerTargets targets;
    private final InstantSource clock;
    private final List<String> refused = new ArrayList<>();
    private long restored;

    /** @param targets whose albums they become */
    FilingRestore(MetadataRepository images, AlbumRepository albums, OwnerTargets targets, InstantSource clock) {
        this.images = images;
        this.albums = albums;
        this.targets = targets;
        this.clock = clock;
    }

    /** An album of the archive as it is here. */
    private record Restored(ArchivedAlbum archived, Album album) {}

    /**
     * Gives an image these tags, beside those that it has. May be repeated.
     *
     * @param image as it is here
     * @return whether it can have all of them
     */
    boolean tag(Image image, SortedSet<Tag> tags) {
        try {
            here(image.filename(), image.owner())
                    .ifPresent(id -> albums.changeTags(image.owner(), List.of(id), TagChange.add(tags)));
            return true;
        } catch (TooManyTagsException e) {
            return false;
        }
    }

    /** Restores all albums that have not ended, with those of their images that are here. May be repeated. */
    void restoreAlbums(Path file, Progress progress) throws IOException {
        Optional<Restored> current = Optional.empty();
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            Optional<ArchiveLine> line = reader.nextOfAlbums();
            while (line.isPresent() && !progress.isStopRequested()) {
                if (line.get() instanceof AlbumLine next) {
                    current.ifPresent(this::cover);
                    current = restore(next.album());
                } else if (line.get() instanceof ContentsLine next) {
                    current.ifPresent(album -> fill(album, next.filenames()));
                }
                line = reader.nextOfAlbums();
            }
        }
        current.ifPresent(this::cover);
    }

    private Optional<Restored> restore(ArchivedAlbum archived) {
        Optional<OwnerId> owner = targets.here(archived.owner());
        boolean hasEnded = archived.settings()
                .expiresAt()
                .filter(end -> !end.isAfter(clock.instant()))
                .isPresent();
        if (owner.isEmpty() || hasEnded) {
            return Optional.empty();
        }
        Optional<Album> album = albums.findAlbum(archived.key())
                .or(() -> add(owner.get(), archived))
                .filter(found -> found.owner().equals(owner.get()));
        if (album.isPresent()) {
            restored++;
        } else {
            refused.add(archived.settings().name().value());
        }
        return album.map(found -> new Restored(archived, found));
    }

    private Optional<Album> add(OwnerId owner, ArchivedAlbum archived) {
        try {
            return Optional.of(albums.addAlbum(owner, archived.key(), archived.settings()));
        } catch (AlbumNameTakenException | TooManyAlbumsException e) {
            return Optional.empty();
        }
    }

    private void fill(Restored restored, List<String> filenames) {
        OwnerId owner = restored.album().owner();
        List<Long> ids = filenames.stream()
                .flatMap(filename -> here(filename, owner).stream())
                .toList();
        albums.addImages(owner, restored.album().id(), ids, AlbumPlace.KEEP);
    }

    private void cover(Restored restored) {
        OwnerId owner = restored.album().owner();
        restored.archived()
                .cover()
                .flatMap(filename -> here(filename, owner))
                .ifPresent(id -> albums.changeAlbum(
                        owner, restored.album().id(), List.of(new AlbumChange.Cover(OptionalLong.of(id)))));
    }

    /** By its filename, since another image may have its id, and it may have become one with another. */
    private Optional<Long> here(String filename, OwnerId owner) {
        return images.findByFilename(filename)
                .filter(image -> image.owner().equals(owner))
                .map(Image::id);
    }

    /** How many albums are there, new or known. */
    long restored() {
        return restored;
    }

    /** What those are called that could not be restored. */
    List<String> refused() {
        return List.copyOf(refused);
    }
}
