package io.github.imagehost.cli.session;

import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.view.AlbumDetails;
import java.util.List;
import java.util.Optional;

/** The albums and tags of the pictures of a {@link PictureHost}. Safe for use by many threads at once. */
public interface PictureAlbums {

    /** All albums, in the order of their names. */
    List<AlbumDetails> list();

    /**
     * The album that somebody names: by its id, if it is a number and there is one; otherwise by its name, whatever its
     * case.
     */
    Optional<AlbumDetails> find(String text);

    /**
     * Adds an album without pictures.
     *
     * @throws AlbumNameTakenException if there is one of this name on this machine; a service tells of it in its own
     *     way
     */
    AlbumDetails add(AlbumSettings settings);

    /**
     * Changes an album.
     *
     * @param changes any number, of each kind one at the most
     * @return empty if there is none with this id
     */
    Optional<AlbumDetails> change(long id, List<AlbumChange> changes);

    /**
     * Deletes an album; its pictures stay.
     *
     * @return whether there was one
     */
    boolean delete(long id);

    /**
     * Sees to it that pictures are in an album.
     *
     * @param pictures their ids, at least one
     * @return how many of them are now; empty if there is no such album
     */
    Optional<Integer> put(long album, List<Long> pictures, AlbumPlace place);

    /**
     * Sees to it that pictures are not in an album.
     *
     * @param pictures their ids, at least one
     * @return how many of them were; empty if there is no such album
     */
    Optional<Integer> takeOut(long album, List<Long> pictures);

    /** A tag, and how many pictures have it. */
    record TagDetails(String tag, long images) {}

    /**
     * The tags that pictures have, in their order.
     *
     * @param after where to continue; empty to begin
     * @param limit how many at the most
     */
    List<TagDetails> tags(Optional<Tag> after, int limit);

    /**
     * Changes the tags of a picture.
     *
     * @return those that it has now; empty if there is no such picture
     */
    Optional<List<String>> changeTags(long picture, TagChange change);
}
