package io.github.imagehost.cli.remote;

import io.github.imagehost.cli.session.PictureAlbums;
import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.view.AlbumDetails;
import io.github.imagehost.core.work.Retry;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The albums and tags that a service keeps for the owner of a token. All that it changes may be repeated, but for
 * additions.
 */
final class RemoteAlbums implements PictureAlbums {

    private static final String ALBUMS = "/api/albums";
    private static final Set<String> NO_ALBUM = Set.of("album_not_found");
    private static final Set<String> NO_IMAGE = Set.of("image_not_found");

    private final ServiceClient client;
    private final Retry repeatable;
    private final Retry once;

    /**
     * @param repeatable tries again while the service is away or busy
     * @param once likewise, but only what has surely done nothing
     */
    RemoteAlbums(ServiceClient client, Retry repeatable, Retry once) {
        this.client = client;
        this.repeatable = repeatable;
        this.once = once;
    }

    private record AlbumList(List<AlbumDetails> albums) {}

    private record MovedImages(int count) {}

    private record TagList(List<TagDetails> tags) {}

    private record TaggedImage(List<String> tags) {}

    @Override
    public List<AlbumDetails> list() {
        HttpRequest request = client.request(ALBUMS).build();
        return repeatable
                .run(() -> client.data(request, RemotePictures.LIMIT, AlbumList.class))
                .albums();
    }

    @Override
    public Optional<AlbumDetails> find(String text) {
        List<AlbumDetails> all = list();
        String folded = NameFolding.fold(text);
        return all.stream()
                .filter(album -> String.valueOf(album.id()).equals(text))
                .findFirst()
                .or(() -> all.stream()
                        .filter(album -> NameFolding.fold(album.name()).equals(folded))
                        .findFirst());
    }

    @Override
    public AlbumDetails add(AlbumSettings settings) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "name", settings.name().value(),
                "order", settings.order().label(),
                "visibility", settings.visibility().label(),
                "random", settings.drawn()));
        settings.publicUntil().ifPresent(end -> fields.put("publicUntil", end.toString()));
        settings.expiresAt().ifPresent(end -> fields.put("expiresAt", end.toString()));
        HttpRequest request = request(ALBUMS, "POST", fields);
        return once.run(() -> client.data(request, RemotePictures.LIMIT, AlbumDetails.class));
    }

    @Override
    public Optional<AlbumDetails> change(long id, List<AlbumChange> changes) {
        Map<String, Object> fields = new HashMap<>();
        for (AlbumChange change : changes) {
            if (change instanceof AlbumChange.Rename rename) {
                fields.put("name", rename.name().value());
            } else if (change instanceof AlbumChange.Arrange arrange) {
                fields.put("order", arrange.order().label());
            } else if (change instanceof AlbumChange.Show show) {
                fields.put("visibility", show.visibility().label());
            } else if (change instanceof AlbumChange.ShowUntil end) {
                fields.put("publicUntil", end.time().map(Instant::toString).orElse(null));
            } else if (change instanceof AlbumChange.Draw draw) {
                fields.put("random", draw.drawn());
            } else if (change instanceof AlbumChange.ExpireAt end) {
                fields.put("expiresAt", end.time().map(Instant::toString).orElse(null));
            } else if (change instanceof AlbumChange.Cover cover) {
                fields.put("cover", cover.image().isPresent() ? cover.image().getAsLong() : null);
            }
        }
        return send(ALBUMS + "/" + id, "PATCH", fields, AlbumDetails.class, NO_ALBUM);
    }

    @Override
    public boolean delete(long id) {
        HttpRequest request = client.request(ALBUMS + "/" + id).DELETE().build();
        return repeatable.run(() -> client.isDone(request, RemotePictures.LIMIT, NO_ALBUM));
    }

    @Override
    public Optional<Integer> put(long album, List<Long> pictures, AlbumPlace place) {
        Map<String, Object> fields = new HashMap<>(Map.of("ids", pictures));
        if (place != AlbumPlace.KEEP) {
            fields.put("to", place.name().toLowerCase(Locale.ROOT));
        }
        return send(ALBUMS + "/" + album + "/images", "PUT", fields, MovedImages.class, NO_ALBUM)
                .map(MovedImages::count);
    }

    @Override
    public Optional<Integer> takeOut(long album, List<Long> pictures) {
        return send(ALBUMS + "/" + album + "/images", "DELETE", Map.of("ids", pictures), MovedImages.class, NO_ALBUM)
                .map(MovedImages::count);
    }

    @Override
    public List<TagDetails> tags(Optional<Tag> after, int limit) {
        String parameters = "limit=" + limit
                + after.map(tag -> "&after=" + URLEncoder.encode(tag.value(), StandardCharsets.UTF_8))
                        .orElse("");
        HttpRequest request = client.request("/api/tags?" + parameters).build();
        return repeatable
                .run(() -> client.data(request, RemotePictures.LIMIT, TagList.class))
                .tags();
    }

    @Override
    public Optional<List<String>> changeTags(long picture, TagChange change) {
        Map<String, Object> fields = change.removesOthers()
                ? Map.of("tags", texts(change.added()))
                : Map.of("addTags", texts(change.added()), "removeTags", texts(change.removed()));
        return send("/api/images/" + picture, "PATCH", fields, TaggedImage.class, NO_IMAGE)
                .map(TaggedImage::tags);
    }

    private static List<String> texts(Collection<Tag> tags) {
        return tags.stream().map(Tag::value).toList();
    }

    private <T> Optional<T> send(
            String path, String method, Map<String, Object> fields, Class<T> type, Set<String> absent) {
        HttpRequest request = request(path, method, fields);
        return repeatable.run(() -> client.data(request, RemotePictures.LIMIT, type, absent));
    }

    private HttpRequest request(String path, String method, Map<String, Object> fields) {
        return client.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Answer.json(fields)))
                .build();
    }
}
