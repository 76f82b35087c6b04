package io.github.imagehost.rest.album;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.view.AlbumDetails;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.catalog.RequestedIds;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.parameter.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Albums of an owner, and what is in them. */
@RestController
class AlbumController {

    private static final String ALBUMS = "/api/albums";
    private static final String ALBUM = ALBUMS + "/{id}";
    private static final String IMAGES = ALBUM + "/images";
    private static final int DEFAULT_LIMIT = 20;

    private final Albums albums;
    private final AlbumFields fields;
    private final ImageLinks links;
    private final JsonBody body;
    private final RequestAudit audit;
    private final Messages messages;

    AlbumController(
            Albums albums, AlbumFields fields, ImageLinks links, JsonBody body, RequestAudit audit, Messages messages) {
        this.albums = albums;
        this.fields = fields;
        this.links = links;
        this.body = body;
        this.audit = audit;
        this.messages = messages;
    }

    @Requires(Scope.READ)
    @GetMapping(ALBUMS)
    Envelope list(OwnerId owner, HttpServletRequest request) {
        List<AlbumDetails> all = albums.list(owner).stream()
                .map(album -> AlbumDetails.of(album, links))
                .toList();
        return Envelope.success(messages.text(request, "ok"), new AlbumList(all));
    }

    @Requires(Scope.MANAGE)
    @PostMapping(ALBUMS)
    ResponseEntity<Envelope> add(OwnerId owner, HttpServletRequest request) {
        Album album = albums.add(owner, fields.settings(JsonFields.read(body, request, AlbumFields.NAMES)));
        audit.note(request, Acts.albumCreated(album));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Envelope.success(messages.text(request, "album_added"), AlbumDetails.of(album, links)));
    }

    @Requires(Scope.READ)
    @GetMapping(ALBUM)
    Envelope find(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        return Envelope.success(messages.text(request, "ok"), AlbumDetails.of(album(owner, id), links));
    }

    @Requires(Scope.MANAGE)
    @PatchMapping(ALBUM)
    Envelope change(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        List<AlbumChange> changes = fields.changes(JsonFields.read(body, request, AlbumFields.NAMES_OF_CHANGES));
        Album before = album(owner, id);
        requireInside(before, changes);
        AlbumFields.requirePublic(before.settings(), changes);
        Album album = albums.change(owner, before.id(), changes).orElseThrow(AlbumController::notFound);
        audit.note(request, Acts.albumChanged(album, changes));
        return Envelope.success(messages.text(request, "ok"), AlbumDetails.of(album, links));
    }

    /** What is not in the album can't stand for it. */
    private void requireInside(Album album, List<AlbumChange> changes) {
        boolean isOutside = changes.stream()
                .anyMatch(change -> change instanceof AlbumChange.Cover cover
                        && cover.image().isPresent()
                        && !albums.filing(album.owner(), cover.image().getAsLong())
                                .albums()
                                .contains(album.id()));
        if (isOutside) {
            throw AlbumFields.illegalCover();
        }
    }

    @Requires(Scope.MANAGE)
    @DeleteMapping(ALBUM)
    Envelope delete(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        Album album = album(owner, id);
        if (!albums.delete(owner, album.id())) {
            throw notFound();
        }
        audit.note(request, Acts.albumDeleted(album));
        return Envelope.success(messages.text(request, "deleted"), null);
    }

    @Requires(Scope.READ)
    @GetMapping(IMAGES)
    Envelope images(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        int limit = parameters
                .wholeNumber("limit", 1, AlbumQuery.MAX_LIMIT)
                .map(Long::intValue)
                .orElse(DEFAULT_LIMIT);
        Optional<AlbumCursor> cursor =
                parameters.parse("cursor", text -> Optional.of(AlbumCursor.decode(text)), "legal.album_cursor");
        AlbumPage page = albums.images(album(owner, id), new AlbumQuery(AlbumQuery.Audience.OWNER, limit, cursor));
        List<ImageDetails> details = page.images().stream()
                .map(image -> ImageDetails.of(image, links))
                .toList();
        return Envelope.success(
                messages.text(request, "ok"),
                new AlbumImages(details, page.next().map(AlbumCursor::encode)));
    }

    @Requires(Scope.MANAGE)
    @PutMapping(IMAGES)
    Envelope put(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        RequestedImages requested = RequestedImages.toPut(body, request);
        Set<Long> put = albums.addImages(owner, RequestedIds.parse(id), requested.ids(), requested.place())
                .orElseThrow(AlbumController::notFound);
        return done(request, requested.ids(), put);
    }

    @Requires(Scope.MANAGE)
    @DeleteMapping(IMAGES)
    Envelope takeOut(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        RequestedImages requested = RequestedImages.toTakeOut(body, request);
        Set<Long> takenOut = albums.removeImages(owner, RequestedIds.parse(id), requested.ids())
                .orElseThrow(AlbumController::notFound);
        return done(request, requested.ids(), takenOut);
    }

    private Envelope done(HttpServletRequest request, List<Long> ids, Set<Long> done) {
        List<Long> notFound = ids.stream().filter(id -> !done.contains(id)).toList();
        return Envelope.success(messages.text(request, "ok"), new MovedImages(done.size(), notFound));
    }

    private Album album(OwnerId owner, String id) {
        return albums.find(owner, RequestedIds.parse(id)).orElseThrow(AlbumController::notFound);
    }

    private static ApiException notFound() {
        return new ApiException(ApiError.ALBUM_NOT_FOUND);
    }

    private record AlbumList(List<AlbumDetails> albums) {}

    private record AlbumImages(List<ImageDetails> images, Optional<String> nextCursor) {}

    private record MovedImages(int count, List<Long> notFound) {}
}
