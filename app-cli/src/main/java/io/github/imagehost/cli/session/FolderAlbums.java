package io.github.imagehost.cli.session;

import io.github.imagehost.core.bulk.BulkTask;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.PlainText;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.source.PictureItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Puts pictures of a tree of folders into albums that are called as the folders, and are made where there are none. */
public final class FolderAlbums {

    private static final char SEPARATOR = '/';

    private final HostSession session;
    private final OwnerId owner;
    private final Map<AlbumName, Long> albums = new ConcurrentHashMap<>();

    /** @param owner whose the pictures are */
    public FolderAlbums(HostSession session, OwnerId owner) {
        this.session = session;
        this.owner = owner;
    }

    /** Uploads pictures as another task does, and puts them there, also those that are there already. */
    public BulkTask<PictureItem> filing(BulkTask<PictureItem> uploads) {
        return (item, tried) -> {
            Optional<AlbumName> name = nameFor(item.name());
            BulkTask.Prepared prepared = uploads.prepare(item, tried);
            return name.isPresent() ? new FilingUpload(prepared, image -> put(image, name.get())) : prepared;
        };
    }

    private void put(Image image, AlbumName name) {
        long album = albums.computeIfAbsent(name, this::album);
        session.albums().addImages(owner, album, List.of(image.id()), AlbumPlace.KEEP);
    }

    private long album(AlbumName name) {
        return find(name).orElseGet(() -> {
            try {
                return session.albums().add(owner, AlbumSettings.of(name)).id();
            } catch (AlbumNameTakenException e) {
                return find(name).orElseThrow(() -> e);
            }
        });
    }

    private Optional<Long> find(AlbumName name) {
        return session.albums().find(owner, name).map(Album::id);
    }

    /**
     * What the album of a picture is called: the path of its folder, or as many of its last parts as a name has room
     * for.
     *
     * @param path of the picture, with slashes
     * @return empty if it is in no folder
     */
    static Optional<AlbumName> nameFor(String path) {
        String folder = path.substring(0, Math.max(0, path.lastIndexOf(SEPARATOR)));
        StringBuilder legal = new StringBuilder(folder.length());
        folder.codePoints().filter(PlainText::isLegal).forEach(legal::appendCodePoint);
        String name = legal.toString();
        while (isTooLong(name) && name.indexOf(SEPARATOR) >= 0) {
            name = name.substring(name.indexOf(SEPARATOR) + 1);
        }
        String fitting = isTooLong(name) ? name.substring(0, name.offsetByCodePoints(0, AlbumName.LONGEST)) : name;
        return PlainText.tidied(fitting, AlbumName.LONGEST).map(AlbumName::new);
    }

    private static boolean isTooLong(String name) {
        return name.codePointCount(0, name.length()) > AlbumName.LONGEST;
    }
}
