package io.github.imagehost.rest.sharing;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.catalog.RequestedIds;
import io.github.imagehost.rest.catalog.ToldImages;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes who may see images, how long, and what they are called; signs links to private ones. */
@RestController
class SharingController {

    private static final String IDS = "ids";

    private static final List<String> CHANGES = Stream.concat(
                    SharingFields.NAMES_OF_CHANGES.stream(), FilingFields.NAMES_OF_CHANGES.stream())
            .toList();

    /** They have names of their own. */
    private static final List<String> CHANGES_OF_SEVERAL = Stream.concat(
                    SharingFields.NAMES.stream(), FilingFields.NAMES_OF_CHANGES.stream())
            .toList();

    private static final List<String> FIELDS_OF_SEVERAL =
            Stream.concat(Stream.of(IDS), CHANGES_OF_SEVERAL.stream()).toList();

    private final ImageHost host;
    private final ImageLookup images;
    private final ToldImages told;
    private final Albums albums;
    private final ImageLinks links;
    private final ViewLinks viewLinks;
    private final SharingFields sharing;
    private final JsonBody body;
    private final RequestAudit audit;
    private final Messages messages;

    SharingController(
            ImageHost host,
            ImageLookup images,
            ToldImages told,
            Albums albums,
            ImageLinks links,
            ViewLinks viewLinks,
            SharingFields sharing,
            JsonBody body,
            RequestAudit audit,
            Messages messages) {
        this.host = host;
        this.images = images;
        this.told = told;
        this.albums = albums;
        this.links = links;
        this.viewLinks = viewLinks;
        this.sharing = sharing;
        this.body = body;
        this.audit = audit;
        this.messages = messages;
    }

    @Requires(Scope.MANAGE)
    @PatchMapping("/api/images/{id}")
    Envelope change(Principal sender, @PathVariable("id") String id, HttpServletRequest request) {
        OwnerId owner = sender.owner();
        JsonFields fields = JsonFields.read(body, request, CHANGES);
        List<ImageChange> changes = sharing.readChanges(fields);
        Optional<TagChange> tags = FilingFields.tagChange(fields);
        requireSome(changes, tags, CHANGES);
        // its own id, not that of another one that was folded into it, perhaps
        long own = images.find(owner, RequestedIds.parse(id))
                .orElseThrow(SharingController::notFound)
                .id();
        // first, since they may be refused
        tags.ifPresent(change -> albums.changeTags(owner, Set.of(own), change));
        Image image = changed(owner, own, changes).orElseThrow(SharingController::notFound);
        if (!changes.isEmpty()) {
            audit.note(request, Acts.imageChanged(image, changes));
        }
        return Envelope.success(messages.text(request, "ok"), told.of(image, sender));
    }

    private Optional<Image> changed(OwnerId owner, long id, List<ImageChange> changes) {
        return changes.isEmpty() ? images.find(owner, id) : images.change(owner, id, changes);
    }

    @Requires(Scope.MANAGE)
    @PatchMapping("/api/images")
    Envelope changeSeveral(OwnerId owner, HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, FIELDS_OF_SEVERAL);
        Set<Long> ids = RequestedIds.read(fields, IDS);
        List<ImageChange> changes = sharing.readChanges(fields);
        Optional<TagChange> tags = FilingFields.tagChange(fields);
        requireSome(changes, tags, CHANGES_OF_SEVERAL);
        // first, since they may be refused
        Set<Long> present =
                tags.map(change -> albums.changeTags(owner, ids, change)).orElse(ids);
        Set<Long> changed = changes.isEmpty() ? present : changed(owner, present, changes);
        if (changed.isEmpty()) {
            throw notFound();
        }
        if (!changes.isEmpty()) {
            audit.note(request, Acts.imagesChanged(owner, changed, changes));
        }
        List<Long> notFound = ids.stream().filter(id -> !changed.contains(id)).toList();
        return Envelope.success(
                messages.text(request, "changed_several", String.valueOf(changed.size())),
                new ChangedImages(changed.size(), notFound));
    }

    private Set<Long> changed(OwnerId owner, Set<Long> ids, List<ImageChange> changes) {
        return images.changeAll(owner, ids, changes).stream().map(Image::id).collect(Collectors.toSet());
    }

    @Requires(Scope.MANAGE)
    @PostMapping("/api/images/{id}/links")
    ResponseEntity<Envelope> sign(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, List.of(SharingFields.EXPIRES_IN));
        Duration life = fields.parse(
                        SharingFields.EXPIRES_IN, SharingController::lifeOfLink, SharingController::illegalLife)
                .orElse(ViewLinks.DEFAULT_LIFE);
        // not what is remembered: elsewhere, links may have been taken back since
        Image image = host.find(owner, RequestedIds.parse(id)).orElseThrow(SharingController::notFound);
        ViewPermit permit = viewLinks.sign(image, life);
        audit.note(request, Acts.linkSigned(image, Instant.ofEpochSecond(permit.expiresAt())));
        SignedLink data = new SignedLink(
                links.permittedUrlOf(image, permit),
                links.permittedThumbnailUrlOf(image, permit),
                Timestamps.format(Instant.ofEpochSecond(permit.expiresAt())));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(Envelope.success(messages.text(request, "link_signed"), data));
    }

    private static Optional<Duration> lifeOfLink(String text) {
        return TimeSpan.parse(text).filter(ViewLinks::isLegalLife);
    }

    private static ApiException illegalLife() {
        return ApiException.illegalParameter(
                SharingFields.EXPIRES_IN,
                "legal.image_life",
                TimeSpan.describe(ViewLinks.SHORTEST_LIFE),
                TimeSpan.describe(ViewLinks.LONGEST_LIFE));
    }

    @Requires(Scope.MANAGE)
    @DeleteMapping("/api/images/{id}/links")
    Envelope revoke(Principal sender, @PathVariable("id") String id, HttpServletRequest request) {
        Image image = images.change(sender.owner(), RequestedIds.parse(id), List.of(new ImageChange.RevokeLinks()))
                .orElseThrow(SharingController::notFound);
        audit.note(request, Acts.linksRevoked(image));
        return Envelope.success(messages.text(request, "links_revoked"), told.of(image, sender));
    }

    /** Whoever says nothing was misunderstood. */
    private static void requireSome(List<ImageChange> changes, Optional<TagChange> tags, List<String> legal) {
        if (changes.isEmpty() && tags.isEmpty()) {
            throw ApiException.illegalParameter("body", "legal.fields", String.join(", ", legal));
        }
    }

    private static ApiException notFound() {
        return new ApiException(ApiError.IMAGE_NOT_FOUND);
    }

    private record ChangedImages(int changedCount, List<Long> notFound) {}

    private record SignedLink(String url, String thumbnailUrl, String expiresAt) {}
}
