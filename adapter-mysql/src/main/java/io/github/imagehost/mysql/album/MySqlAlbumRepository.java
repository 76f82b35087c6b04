package io.github.imagehost.mysql.album;

import io.github.imagehost.core.model.Image;
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
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Albums and tags, as {@link AlbumRepository} says, over the images in the same database. */
public final class MySqlAlbumRepository implements AlbumRepository {

    private final Albums albums;
    private final AlbumImages images;
    private final Tags tags;

    public MySqlAlbumRepository(Transactions transactions) {
        this.albums = new Albums(transactions);
        this.images = new AlbumImages(transactions);
        this.tags = new Tags(transactions);
    }

    @Override
    public Album addAlbum(OwnerId owner, AlbumKey key, AlbumSettings settings) {
        return albums.addAlbum(owner, key, settings);
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, long id) {
        return albums.findAlbum(owner, id);
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, AlbumName name) {
        return albums.findAlbum(owner, name);
    }

    @Override
    public Optional<Album> findAlbum(AlbumKey key) {
        return albums.findAlbum(key);
    }

    @Override
    public List<Album> albums(OwnerId owner) {
        return albums.albums(owner);
    }

    @Override
    public Optional<Album> changeAlbum(OwnerId owner, long id, Collection<AlbumChange> changes) {
        return albums.changeAlbum(owner, id, changes);
    }

    @Override
    public boolean removeAlbum(OwnerId owner, long id) {
        return albums.removeAlbum(owner, id);
    }

    @Override
    public int removeEndedAlbums(int limit) {
        return albums.removeEndedAlbums(limit);
    }

    @Override
    public Optional<Set<Long>> addImages(OwnerId owner, long album, List<Long> added, AlbumPlace place) {
        return images.addImages(owner, album, added, place);
    }

    @Override
    public Optional<Set<Long>> removeImages(OwnerId owner, long album, List<Long> removed) {
        return images.removeImages(owner, album, removed);
    }

    @Override
    public AlbumPage images(long album, AlbumQuery query) {
        return images.images(album, query);
    }

    @Override
    public Optional<Image> draw(long album, DrawQuery query) {
        return images.draw(album, query);
    }

    @Override
    public List<Album> drawnAlbums() {
        return albums.drawnAlbums();
    }

    @Override
    public Set<Long> changeTags(OwnerId owner, Collection<Long> changed, TagChange change) {
        return tags.changeTags(owner, changed, change);
    }

    @Override
    public List<TagCount> tags(OwnerId owner, Optional<Tag> after, int limit) {
        return tags.tags(owner, after, limit);
    }

    @Override
    public Map<Long, ImageFiling> filings(OwnerId owner, Collection<Long> wanted) {
        return tags.filings(owner, wanted);
    }
}
