package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The part of the {@link AlbumRepository} that knows which albums there are. An album that was to be
 * {@linkplain AlbumSettings#publicUntil public until} now or before is told as one that is private, by every method.
 */
public interface AlbumLedger {

    /** How many albums an owner may have. */
    int MOST_ALBUMS = 1000;

    /** How many albums to draw from are answered at the most. */
    int MOST_DRAWN = 1000;

    /**
     * Adds an album without images. Not to be repeated after an unknown outcome without a look.
     *
     * @param key that no other album has
     * @throws AlbumNameTakenException if the owner has one of this name, whatever its case
     * @throws TooManyAlbumsException if the owner has {@value #MOST_ALBUMS} already
     */
    Album addAlbum(OwnerId owner, AlbumKey key, AlbumSettings settings);

    /** This owner's album with this id; empty if there is none. */
    Optional<Album> findAlbum(OwnerId owner, long id);

    /** This owner's album of this name, whatever its case; empty if there is none. */
    Optional<Album> findAlbum(OwnerId owner, AlbumName name);

    /** The album with this key, whoever owns it and may see it; empty if there is none. */
    Optional<Album> findAlbum(AlbumKey key);

    /**
     * Albums of all owners that are public, have images, and say that images may be {@linkplain AlbumSettings#drawn
     * drawn} from them.
     *
     * @return in no order; {@value #MOST_DRAWN} at the most, which of them is left to chance
     */
    List<Album> drawnAlbums();

    /** This owner's albums, in the order of their {@linkplain AlbumName#folded folded} names. */
    List<Album> albums(OwnerId owner);

    /**
     * Changes an album of this owner, in one step. May be repeated.
     *
     * @param changes as {@link AlbumSettings#changedBy} says. A cover that is not in the album changes nothing
     * @return the album as it is now; empty if the owner has none with this id
     * @throws AlbumNameTakenException if another album of the owner has the new name, whatever its case
     */
    Optional<Album> changeAlbum(OwnerId owner, long id, Collection<AlbumChange> changes);

    /**
     * Removes an album of this owner; its images stay. May be repeated.
     *
     * @return whether there was one
     */
    boolean removeAlbum(OwnerId owner, long id);

    /**
     * Removes some albums whose end has come.
     *
     * @param limit how many at the most, at least 1
     * @return how many were removed; 0 once none is left
     */
    int removeEndedAlbums(int limit);
}
