package io.github.imagehost.rest.compat.picgo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonArrays;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.ErrorAdvice;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.upload.UploadForm;
import io.github.imagehost.rest.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The server within PicGo and PicList, as their clients on other devices know it. It uploads what it is sent; unlike
 * theirs, it can't read the files of whoever asks.
 */
@RestController
@ConditionalOnProperty(Protocol.PROPERTY + "picgo")
class PicgoController {

    private static final UploadForm FORM = new UploadForm("file", UploadForm.Files.IN_ANY_FIELD, Set.of());
    private static final JsonArrays.Rules LIST =
            new JsonArrays.Rules(100, 256 * 1024, ApiError.IDS_REQUIRED, ApiError.TOO_MANY_IDS);

    private final Uploads uploads;
    private final ImageLookup images;
    private final JsonArrays arrays;
    private final ErrorAdvice errors;
    private final RequestAudit audit;
    private final Messages messages;
    private final String servedImages;

    PicgoController(
            Uploads uploads,
            ImageLookup images,
            JsonArrays arrays,
            ErrorAdvice errors,
            RequestAudit audit,
            Messages messages,
            ServiceSettings settings) {
        this.uploads = uploads;
        this.images = images;
        this.arrays = arrays;
        this.errors = errors;
        this.audit = audit;
        this.messages = messages;
        this.servedImages = settings.publicUrl() + ImageLinks.PATH;
    }

    /**
     * Clients take the links for those of their files in order, so one that fails is a failure of all; the others are
     * told nevertheless, since they are there now.
     */
    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.PICGO_UPLOAD)
    ResponseEntity<?> upload(Principal sender, HttpServletRequest request) {
        if (!isMultipart(request)) {
            throw new ApiException(ApiError.PATHS_NOT_READ);
        }
        List<Uploads.FileResult> results = uploads.uploadAll(sender, request, FORM);
        List<PicgoImage> stored = results.stream()
                .flatMap(result -> result.stored().stream())
                .map(PicgoImage::of)
                .toList();
        if (stored.isEmpty()) {
            return errors.respond(request, results.get(0).refused().orElseThrow(), null);
        }
        List<String> links = stored.stream().map(PicgoImage::imgUrl).toList();
        String refusals = String.join(
                "; ",
                results.stream()
                        .flatMap(result -> result.refused().stream()
                                .map(problem -> result.originalName() + ": "
                                        + messages.text(request, problem.error(), problem.arguments())))
                        .toList());
        return ResponseEntity.ok(new Uploaded(refusals.isEmpty(), links, stored, refusals.isEmpty() ? null : refusals));
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    @Requires(Scope.DELETE)
    @PostMapping(RequestPath.PICGO_DELETE)
    Done delete(OwnerId owner, HttpServletRequest request) {
        Set<Long> ids = new LinkedHashSet<>();
        List<JsonNode> list = arrays.read(request, "list", LIST);
        for (int i = 0; i < list.size(); i++) {
            PicgoReference.of(list.get(i), "list[" + i + "]", servedImages)
                    .find(images, owner)
                    .ifPresent(image -> ids.add(image.id()));
        }
        if (ids.isEmpty()) {
            throw new ApiException(ApiError.IMAGES_NOT_FOUND);
        }
        Deletion deletion = images.delete(owner, ids);
        if (deletion.deleted().isEmpty()) {
            throw new ApiException(ApiError.IMAGES_NOT_FOUND);
        }
        audit.note(request, Acts.imagesDeleted(owner, deletion.deleted()));
        return new Done(true, messages.text(request, "deleted"));
    }

    @OpenToEverybody
    @GetMapping(RequestPath.PICGO_HEARTBEAT)
    Alive heartbeat() {
        return new Alive(true, "alive");
    }

    @OpenToEverybody
    @PostMapping(RequestPath.PICGO_HEARTBEAT)
    Alive postedHeartbeat() {
        return heartbeat();
    }

    private record Uploaded(
            boolean success,
            List<String> result,
            List<PicgoImage> fullResult,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String message) {}

    /** Something was done. */
    record Done(boolean success, String message) {}

    /** The service is there. */
    record Alive(boolean success, String result) {}
}
