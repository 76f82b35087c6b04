package io.github.imagehost.core.album;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What everybody sees of albums: those that are public, until that ends and while their owners are not suspended, and
 * in them the images that are public. What may not be seen is as if it were not there. Every method may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
public final class PublicAlbums {

    /** In so many albums an image of some kind is looked for. */
    private static final int MOST_TRIED = 10;

    private final AlbumRepository repository;
    private final OwnerLedger owners;
    private final SecureRandom random = new SecureRandom();

    /** Both stay open. */
    public PublicAlbums(AlbumRepository repository, OwnerLedger owners) {
        this.repository = repository;
        this.owners = owners;
    }

    /**
     * The album with this link.
     *
     * @param key any text
     */
    public Optional<Album> find(String key) {
        return AlbumKey.parse(key).flatMap(repository::findAlbum).filter(this::isShown);
    }

    private boolean isShown(Album album) {
        return album.isPublic()
                && owners.findOwner(album.owner()).filter(Owner::isActive).isPresent();
    }

    /** Some images of an album that was {@linkplain #find found}. */
    public AlbumPage images(Album album, AlbumQuery query) {
        return repository.images(album.id(), query);
    }

    /**
     * An image from an album that says that images may be drawn from it, left to chance.
     *
     * @param key of the album, any text
     */
    public Optional<Image> draw(String key, DrawQuery query) {
        return find(key).filter(album -> album.settings().drawn()).flatMap(album -> repository.draw(album.id(), query));
    }

    /**
     * An image from any album that says so, left to chance: the more images an album has, the more often one is drawn
     * from it. If few albums have one of that kind, perhaps none is found.
     */
    public Optional<Image> draw(DrawQuery query) {
        List<Album> albums = new ArrayList<>(repository.drawnAlbums());
        for (int i = 0; i < MOST_TRIED && !albums.isEmpty(); i++) {
            Album album = albums.remove(chosen(albums));
            Optional<Image> image = isShown(album) ? repository.draw(album.id(), query) : Optional.empty();
            if (image.isPresent()) {
                return image;
            }
        }
        return Optional.empty();
    }

    /** Which of these albums it is to be. */
    private int chosen(List<Album> albums) {
        long place = random.nextLong(albums.stream().mapToLong(Album::images).sum());
        int index = 0;
        while (place >= albums.get(index).images()) {
            place -= albums.get(index).images();
            index++;
        }
        return index;
    }
}
