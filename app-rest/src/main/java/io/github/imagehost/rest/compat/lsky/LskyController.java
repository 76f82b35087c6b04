package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.upload.UploadForm;
import io.github.imagehost.rest.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Uploading, listing and deleting images as Lsky Pro does. There is one place to store. */
@RestController
@ConditionalOnProperty(Protocol.PROPERTY + "lsky")
class LskyController {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** What an owner without a quota may have: as many bytes as JavaScript can count, in KiB. */
    private static final double NO_QUOTA = (double) (1L << 43);

    private final ImageHost host;
    private final ImageLookup images;
    private final LskyAlbums albums;
    private final ImageLinks links;
    private final DeleteLinks deleteLinks;
    private final Owners owners;
    private final QuotaLedger quotas;
    private final Uploads uploads;
    private final HumanDates dates;
    private final RequestAudit audit;
    private final Messages messages;
    private final String publicUrl;

    LskyController(
            ImageHost host,
            ImageLookup images,
            LskyAlbums albums,
            ImageLinks links,
            DeleteLinks deleteLinks,
            Owners owners,
            QuotaLedger quotas,
            Uploads uploads,
            HumanDates dates,
            RequestAudit audit,
            Messages messages,
            ServiceSettings settings) {
        this.host = host;
        this.images = images;
        this.albums = albums;
        this.links = links;
        this.deleteLinks = deleteLinks;
        this.owners = owners;
        this.quotas = quotas;
        this.uploads = uploads;
        this.dates = dates;
        this.audit = audit;
        this.messages = messages;
        this.publicUrl = settings.publicUrl().toString();
    }

    /** Permission and strategy mean nothing here: whoever has a link sees a picture, as there. */
    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.LSKY_UPLOAD)
    LskyEnvelope upload(Principal sender, HttpServletRequest request) throws IOException {
        UploadForm form = new UploadForm("file", UploadForm.Files.IN_KNOWN_FIELDS, Set.of(LskyAlbums.FIELD));
        Uploads.Stored stored = uploads.upload(sender, request, form);
        UploadedImage image = stored.image();
        @Nullable Long id = image.id();
        @Nullable String album = stored.texts().get(LskyAlbums.FIELD);
        if (id != null && album != null) {
            albums.put(sender.owner(), id, album);
        }
        return LskyEnvelope.success(
                messages.text(request, image.duplicate() ? "duplicate" : "uploaded"), LskyImage.of(image));
    }

    @Requires(Scope.READ)
    @GetMapping(RequestPath.LSKY + "/profile")
    LskyEnvelope profile(OwnerId owner, HttpServletRequest request) {
        String name = owners.get(owner).name().value();
        Usage usage = quotas.usage(owner);
        Profile profile = new Profile(
                name,
                "",
                name,
                quotas.quota(owner).bytes().stream()
                        .mapToDouble(LskyImage::kibibytes)
                        .findFirst()
                        .orElse(NO_QUOTA),
                LskyImage.kibibytes(usage.bytes()),
                publicUrl,
                usage.images(),
                albums.count(owner),
                "");
        return ok(request, profile);
    }

    @OpenToEverybody
    @GetMapping(RequestPath.LSKY + "/strategies")
    LskyEnvelope strategies(HttpServletRequest request) {
        return ok(request, new Strategies(List.of(new Strategy(1, "default"))));
    }

    @Requires(Scope.READ)
    @GetMapping(RequestPath.LSKY + "/images")
    LskyEnvelope list(Principal sender, HttpServletRequest request) {
        LskyListParameters parameters = new LskyListParameters(request);
        String path = publicUrl + RequestPath.LSKY + "/images";
        ImageQuery query = parameters.toQuery(sender.owner());
        if (!parameters.album().isEmpty()) {
            Optional<Album> album = albums.find(sender.owner(), parameters.album());
            if (album.isEmpty()) {
                return ok(request, LskyPage.of(List.of(), parameters.page(), 0, path, parameters.query()));
            }
            query = query.filter(query.filter().album(album.get().id()));
        }
        ImagePage page = host.list(query);
        List<LskyImage.Listed> listed = page.images().stream()
                .map(image -> listed(image, sender, request))
                .toList();
        return ok(request, LskyPage.of(listed, query.page(), page.totalItems(), path, parameters.query()));
    }

    private LskyImage.Listed listed(Image image, Principal sender, HttpServletRequest request) {
        ImageDetails details = ImageDetails.of(image, links);
        boolean mayDelete = sender.may(Scope.DELETE);
        return new LskyImage.Listed(
                LskyImage.of(details, mayDelete ? links.deleteUrlOf(image, deleteLinks.sign(image)) : null),
                details.width(),
                details.height(),
                dates.text(request, image.uploadedAt()),
                DATE.format(image.uploadedAt()));
    }

    /** Says that it is deleted whether it was there or not, as Lsky Pro does. */
    @Requires(Scope.DELETE)
    @DeleteMapping(RequestPath.LSKY + "/images/{key}")
    LskyEnvelope delete(OwnerId owner, @PathVariable("key") String key, HttpServletRequest request) {
        LskyKey.find(images, owner, key).ifPresent(image -> {
            Set<Long> deleted = images.delete(owner, Set.of(image.id())).deleted();
            if (!deleted.isEmpty()) {
                audit.note(request, Acts.imagesDeleted(owner, deleted));
            }
        });
        return LskyEnvelope.success(messages.text(request, "deleted"));
    }

    @Requires(Scope.READ)
    @GetMapping(RequestPath.LSKY + "/albums")
    LskyEnvelope albums(OwnerId owner, HttpServletRequest request) {
        LskyListParameters parameters = new LskyListParameters(request);
        List<LskyAlbums.Listed> all = albums.list(owner, parameters);
        List<LskyAlbums.Listed> page = all.stream()
                .skip((parameters.page() - 1) * LskyPage.SIZE)
                .limit(LskyPage.SIZE)
                .toList();
        String path = publicUrl + RequestPath.LSKY + "/albums";
        return ok(request, LskyPage.of(page, parameters.page(), all.size(), path, parameters.query()));
    }

    /** Says that it is deleted whether it was there or not, as Lsky Pro does; the images stay. */
    @Requires(Scope.MANAGE)
    @DeleteMapping(RequestPath.LSKY + "/albums/{id}")
    LskyEnvelope deleteAlbum(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        albums.delete(owner, id, request);
        return LskyEnvelope.success(messages.text(request, "deleted"));
    }

    private LskyEnvelope ok(HttpServletRequest request, Object data) {
        return LskyEnvelope.success(messages.text(request, "ok"), data);
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record Profile(
            String name,
            String avatar,
            String email,
            double capacity,
            double usedCapacity,
            String url,
            long imageNum,
            long albumNum,
            String registeredIp) {}

    private record Strategies(List<Strategy> strategies) {}

    private record Strategy(int id, String name) {}
}
