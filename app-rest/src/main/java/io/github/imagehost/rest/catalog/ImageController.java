package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonArrays;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Listing, looking up and deleting images. */
@RestController
class ImageController {

    private static final JsonArrays.Rules IDS =
            new JsonArrays.Rules(RequestedIds.MOST, 64 * 1024, ApiError.IDS_REQUIRED, ApiError.TOO_MANY_IDS);

    private final ImageHost host;
    private final ImageLookup images;
    private final ToldImages told;
    private final FilingFields filing;
    private final RequestAudit audit;
    private final Messages messages;
    private final JsonArrays arrays;

    ImageController(
            ImageHost host,
            ImageLookup images,
            ToldImages told,
            FilingFields filing,
            RequestAudit audit,
            Messages messages,
            JsonArrays arrays) {
        this.host = host;
        this.images = images;
        this.told = told;
        this.filing = filing;
        this.audit = audit;
        this.messages = messages;
        this.arrays = arrays;
    }

    @Requires(Scope.READ)
    @GetMapping("/api/images")
    Envelope list(Principal sender, HttpServletRequest request, HttpServletResponse response) {
        ListParameters parameters = new ListParameters(
                request.getParameter("page"),
                request.getParameter("limit"),
                request.getParameter("sortBy"),
                request.getParameter("sortOrder"),
                request.getParameter("cursor"));
        ImageFilter chosen = FilterParameters.filterIn(request);
        ImageFilter filter = Optional.ofNullable(request.getParameter(FilingFields.ALBUM))
                .map(album -> chosen.album(filing.album(sender.owner(), album).id()))
                .orElse(chosen);
        ImageQuery query = parameters.toQuery(sender.owner(), filter);
        keepNowhere(response);
        return Envelope.success(messages.text(request, "ok"), told.of(query, host.list(query), sender));
    }

    /** The links to delete images are keys. */
    private static void keepNowhere(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    }

    @Requires(Scope.READ)
    @GetMapping("/api/images/{id}")
    Envelope find(
            Principal sender, @PathVariable("id") String id, HttpServletRequest request, HttpServletResponse response) {
        Image image = images.find(sender.owner(), RequestedIds.parse(id))
                .orElseThrow(() -> new ApiException(ApiError.IMAGE_NOT_FOUND));
        keepNowhere(response);
        return Envelope.success(messages.text(request, "ok"), told.of(image, sender));
    }

    @Requires(Scope.DELETE)
    @DeleteMapping("/api/images/{id}")
    Envelope delete(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        long parsed = RequestedIds.parse(id);
        if (delete(owner, Set.of(parsed), request).deleted().isEmpty()) {
            throw new ApiException(ApiError.IMAGE_NOT_FOUND);
        }
        return Envelope.success(messages.text(request, "deleted"), null);
    }

    @Requires(Scope.DELETE)
    @DeleteMapping("/api/images")
    Envelope deleteSeveral(OwnerId owner, HttpServletRequest request) {
        Set<Long> ids = requestedIds(request);
        Deletion deletion = delete(owner, ids, request);
        if (deletion.deleted().isEmpty()) {
            throw new ApiException(ApiError.IMAGES_NOT_FOUND);
        }
        int count = deletion.deleted().size();
        List<Long> notFound = ids.stream().filter(deletion.notFound()::contains).toList();
        return Envelope.success(
                messages.text(request, "deleted_several", String.valueOf(count)), new DeletedImages(count, notFound));
    }

    private Deletion delete(OwnerId owner, Set<Long> ids, HttpServletRequest request) {
        Deletion deletion = images.delete(owner, ids);
        if (!deletion.deleted().isEmpty()) {
            audit.note(request, Acts.imagesDeleted(owner, deletion.deleted()));
        }
        return deletion;
    }

    private Set<Long> requestedIds(HttpServletRequest request) {
        Set<Long> distinct = new LinkedHashSet<>();
        arrays.read(request, "ids", IDS).forEach(id -> distinct.add(RequestedIds.parse(id)));
        return distinct;
    }

    private record DeletedImages(int deletedCount, List<Long> notFound) {}
}
