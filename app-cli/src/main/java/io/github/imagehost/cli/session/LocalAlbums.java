package io.github.imagehost.cli.session;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.view.AlbumDetails;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The albums and tags that an owner has in the host of a session. */
final class LocalAlbums implements PictureAlbums {

    private final HostSession session;
    private final OwnerId owner;

    LocalAlbums(HostSession session, OwnerId owner) {
        this.session = session;
        this.owner = owner;
    }

    private Albums albums() {
        return session.albums();
    }

    @Override
    public List<AlbumDetails> list() {
        return albums().list(owner).stream().map(this::details).toList();
    }

    @Override
    public Optional<AlbumDetails> find(String text) {
        return albums().find(owner, text).map(this::details);
    }

    private AlbumDetails details(Album album) {
        return AlbumDetails.of(album, session.links());
    }

    @Override
    public AlbumDetails add(AlbumSettings settings) {
        Album album = albums().add(owner, settings);
        session.note(Acts.albumCreated(album));
        return details(album);
    }

    @Override
    public Optional<AlbumDetails> change(long id, List<AlbumChange> changes) {
        Optional<Album> changed = albums().change(owner, id, changes);
        changed.ifPresent(album -> session.note(Acts.albumChanged(album, changes)));
        return changed.map(this::details);
    }

    @Override
    public boolean delete(long id) {
        Optional<Album> deleted = albums().find(owner, id).filter(album -> albums().delete(owner, id));
        deleted.ifPresent(album -> session.note(Acts.albumDeleted(album)));
        return deleted.isPresent();
    }

    @Override
    public Optional<Integer> put(long album, List<Long> pictures, AlbumPlace place) {
        return albums().addImages(owner, album, pictures, place).map(Set::size);
    }

    @Override
    public Optional<Integer> takeOut(long album, List<Long> pictures) {
        return albums().removeImages(owner, album, pictures).map(Set::size);
    }

    @Override
    public List<TagDetails> tags(Optional<Tag> after, int limit) {
        return albums().tags(owner, after, limit).stream()
                .map(count -> new TagDetails(count.tag().value(), count.images()))
                .toList();
    }

    @Override
    public Optional<List<String>> changeTags(long picture, TagChange change) {
        return albums().changeTags(owner, List.of(picture), change).isEmpty()
                ? Optional.empty()
                : Optional.of(albums().filing(owner, picture).tags().stream()
                        .map(Tag::value)
                        .toList());
    }
}
