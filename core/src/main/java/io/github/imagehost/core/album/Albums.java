package io.github.imagehost.core.album;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The albums and tags of owners. What is another owner's is as if it were not there. Every method may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
public final class Albums {

    private static final int ENDED_AT_ONCE = 100;

    private final AlbumRepository repository;
    private final SecureRandom random = new SecureRandom();

    public Albums(AlbumRepository repository) {
        this.repository = repository;
    }

    /**
     * Adds an album without images.
     *
     * @throws AlbumNameTakenException if the owner has one of this name, whatever its case
     * @throws TooManyAlbumsException if the owner has as many as it may
     */
    public Album add(OwnerId owner, AlbumSettings settings) {
        byte[] bytes = new byte[AlbumKey.RANDOM_BYTES];
        random.nextBytes(bytes);
        return repository.addAlbum(owner, AlbumKey.of(bytes), settings);
    }

    /** The owner's albums, in the order of their names. */
    public List<Album> list(OwnerId owner) {
        return repository.albums(owner);
    }

    /** The owner's album with this id; empty if there is none. */
    public Optional<Album> find(OwnerId owner, long id) {
        return repository.findAlbum(owner, id);
    }

    /** The owner's album of this name, whatever its case; empty if there is none. */
    public Optional<Album> find(OwnerId owner, AlbumName name) {
        return repository.findAlbum(owner, name);
    }

    /**
     * The owner's album that somebody names: the one with this id, if it is a number and there is one; otherwise the
     * one of this name, whatever its case.
     *
     * @param text any
     * @return empty if there is none
     */
    public Optional<Album> find(OwnerId owner, String text) {
        OptionalLong id = ImageIds.parse(text);
        Optional<Album> byId = id.isPresent() ? find(owner, id.getAsLong()) : Optional.empty();
        return byId.or(() -> nameIn(text).flatMap(name -> find(owner, name)));
    }

    private static Optional<AlbumName> nameIn(String text) {
        try {
            return Optional.of(AlbumName.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Changes an album. May be repeated.
     *
     * @param changes any number, of each kind one at the most. A cover that is not in the album, and an end of being
     *     public of one that is private, change nothing
     * @return the album as it is now; empty if the owner has none with this id
     * @throws AlbumNameTakenException if another album of the owner has the new name, whatever its case
     */
    public Optional<Album> change(OwnerId owner, long id, Collection<AlbumChange> changes) {
        return repository.changeAlbum(owner, id, changes);
    }

    /**
     * Deletes an album; its images stay.
     *
     * @return whether there was one
     */
    public boolean delete(OwnerId owner, long id) {
        return repository.removeAlbum(owner, id);
    }

    /**
     * Sees to it that images are in an album. May be repeated.
     *
     * @param images their ids; those that the owner does not have are left out
     * @return those that are in it now; empty if the owner has no such album
     */
    public Optional<Set<Long>> addImages(OwnerId owner, long album, List<Long> images, AlbumPlace place) {
        return repository.addImages(owner, album, images, place);
    }

    /**
     * Sees to it that images are not in an album. May be repeated.
     *
     * @param images their ids
     * @return those that were in it; empty if the owner has no such album
     */
    public Optional<Set<Long>> removeImages(OwnerId owner, long album, List<Long> images) {
        return repository.removeImages(owner, album, images);
    }

    /** Some images of an album of the owner. */
    public AlbumPage images(Album album, AlbumQuery query) {
        return repository.images(album.id(), query);
    }

    /**
     * Changes tags of images, of all of them or of none. May be repeated.
     *
     * @param images their ids; those that the owner does not have are left out
     * @return those that the owner has
     * @throws TooManyTagsException if one of them would have more than it may
     */
    public Set<Long> changeTags(OwnerId owner, Collection<Long> images, TagChange change) {
        return repository.changeTags(owner, images, change);
    }

    /**
     * The tags that the owner's images have, in their order.
     *
     * @param after where to continue; empty to begin
     * @param limit how many at the most
     * @return fewer than the limit only at the end
     */
    public List<TagCount> tags(OwnerId owner, Optional<Tag> after, int limit) {
        return repository.tags(owner, after, limit);
    }

    /** Where an image of the owner was put. */
    public ImageFiling filing(OwnerId owner, long image) {
        return filings(owner, List.of(image)).getOrDefault(image, ImageFiling.NONE);
    }

    /** Where images of the owner were put, by their ids; without those that are nowhere. */
    public Map<Long, ImageFiling> filings(OwnerId owner, Collection<Long> images) {
        return repository.filings(owner, images);
    }

    /**
     * Puts an image where it is wanted, once it is uploaded, also if the owner had it before. May be repeated. An album
     * that was deleted meanwhile is none to put it into, as if that had happened a moment later.
     *
     * @throws TooManyTagsException if it has too many others already
     */
    public void file(OwnerId owner, long image, FilingWish wish) {
        if (!wish.tags().isEmpty()) {
            repository.changeTags(owner, List.of(image), TagChange.add(wish.tags()));
        }
        wish.album().ifPresent(album -> repository.addImages(owner, album.id(), List.of(image), AlbumPlace.KEEP));
    }

    /** Removes all albums whose end has come, which nobody finds any more anyway. */
    public void removeEnded() {
        int removed;
        do {
            removed = repository.removeEndedAlbums(ENDED_AT_ONCE);
        } while (removed == ENDED_AT_ONCE);
    }
}
