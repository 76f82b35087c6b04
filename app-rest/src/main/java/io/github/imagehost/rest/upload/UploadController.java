package io.github.imagehost.rest.upload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonArrays;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.ErrorAdvice;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord.Outcome;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import io.github.imagehost.rest.sharing.SharingFields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploading, one file or several, or what a link stands for, and asking what need not be. */
@RestController
class UploadController {

    private static final JsonArrays.Rules DIGESTS = new JsonArrays.Rules(
            UploadLimits.MAX_DIGESTS, 128 * 1024, ApiError.DIGESTS_REQUIRED, ApiError.TOO_MANY_DIGESTS);

    /** What clients of Lsky Pro 1.x bring, who upload here, too. */
    private static final String OLD_LSKY_TOKEN = "token";

    private static final int CODE_OF_SUCCESS = 200;

    private final ImageHost host;
    private final Uploads uploads;
    private final Messages messages;
    private final ErrorAdvice errors;
    private final JsonArrays arrays;
    private final JsonMapper json;

    UploadController(
            ImageHost host,
            Uploads uploads,
            Messages messages,
            ErrorAdvice errors,
            JsonArrays arrays,
            JsonMapper json) {
        this.host = host;
        this.uploads = uploads;
        this.messages = messages;
        this.errors = errors;
        this.arrays = arrays;
        this.json = json;
    }

    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.UPLOAD)
    ResponseEntity<?> upload(Principal sender, HttpServletRequest request) {
        return upload(
                sender,
                request,
                (uploader, announced) ->
                        MultipartUpload.receiveOne(uploader, request, announced, uploads.limits(sender, 1)));
    }

    /** The body is the picture, and its name any text. */
    @Requires(Scope.UPLOAD)
    @PutMapping(RequestPath.UPLOAD + "/{name}")
    ResponseEntity<?> uploadRaw(Principal sender, HttpServletRequest request) {
        String name = PathName.of(request);
        Map<String, String> fields = new HashMap<>(SharingFields.parameters(request));
        fields.putAll(FilingFields.parameters(request));
        return upload(
                sender,
                request,
                (uploader, announced) -> new ReceivedUpload(
                        UploadBody.receive(uploader, request, name, announced, uploads.limits(sender, 1)), fields));
    }

    /**
     * Without the body if its digest is enough, and if the client waits before it sends it, and may know which images
     * there are.
     */
    private ResponseEntity<?> upload(
            Principal sender,
            HttpServletRequest request,
            BiFunction<Uploader, Optional<Digest>, ReceivedUpload> receiver) {
        Optional<Digest> announced = ReprDigest.sha256(request);
        Optional<Upload> answer = announced
                .filter(digest -> sender.may(Scope.READ) && waitsForContinue(request))
                .flatMap(digest ->
                        host.findExisting(sender.owner(), List.of(digest)).answerTo(digest));
        Uploader uploader = uploads.uploaderFor(sender);
        if (answer.isPresent()) {
            uploader.file(
                    answer.get(),
                    uploader.wish(FilingFields.parameters(request)).filing());
            uploads.note(request, Outcome.INSTANT, answer.get());
            return insteadOfContinue(uploaded(request, uploader.details(answer.get())));
        }
        try (ReceivedUpload received = receiver.apply(uploader, announced)) {
            Uploader.Finished finished = uploader.finish(received.prepared(), uploader.wish(received.fields()));
            uploads.note(request, finished.upload());
            return ResponseEntity.ok(uploaded(request, finished.told()));
        }
    }

    /** The picture is behind a link, or in the link itself. */
    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.UPLOAD_OF_LINK)
    ResponseEntity<?> uploadLinked(Principal sender, HttpServletRequest request) throws IOException {
        return ResponseEntity.ok(uploaded(request, uploads.uploadLinked(sender, request)));
    }

    /**
     * The last answer of its connection: nobody can tell whether the body or another request would follow. It says how
     * long it is, since its end would be that of the connection otherwise, for which the client would have to wait.
     */
    private ResponseEntity<byte[]> insteadOfContinue(Object envelope) {
        byte[] body = json.writeValueAsBytes(envelope);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONNECTION, "close")
                .contentType(MediaType.APPLICATION_JSON)
                .contentLength(body.length)
                .body(body);
    }

    private Object uploaded(HttpServletRequest request, UploadedImage told) {
        String message = messages.text(request, told.duplicate() ? "duplicate" : "uploaded");
        Envelope envelope = Envelope.success(message, told);
        boolean isOldLsky = HttpMethod.POST.matches(request.getMethod()) && request.getHeader(OLD_LSKY_TOKEN) != null;
        return isOldLsky ? new OldLskyEnvelope(envelope, CODE_OF_SUCCESS) : envelope;
    }

    /** The server tells it to go on when the body is read. HTTP/1.0 knows no such thing. */
    private static boolean waitsForContinue(HttpServletRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                && "HTTP/1.1".equals(request.getProtocol());
    }

    /** Tells which pictures need not be uploaded. */
    @Requires(Scope.READ)
    @PostMapping(RequestPath.CHECK_OF_DIGESTS)
    Envelope check(Principal sender, HttpServletRequest request) {
        Set<Digest> digests = new LinkedHashSet<>();
        List<JsonNode> elements = arrays.read(request, "digests", DIGESTS);
        for (int i = 0; i < elements.size(); i++) {
            digests.add(digest(elements.get(i), "digests[" + i + "]"));
        }
        Uploader uploader = uploads.uploaderFor(sender);
        ExistingImages existing = uploader.findExisting(digests);
        List<UploadedImage> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Digest digest : digests) {
            existing.answerTo(digest)
                    .ifPresentOrElse(answer -> known.add(uploader.details(answer)), () -> unknown.add(digest.hex()));
        }
        return Envelope.success(messages.text(request, "ok"), new CheckedDigests(known, unknown));
    }

    private static Digest digest(JsonNode element, String name) {
        try {
            return Digest.parse(element.isString() ? element.asString() : "");
        } catch (IllegalArgumentException e) {
            throw ApiException.illegalParameter(name, "legal.digest");
        }
    }

    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.UPLOAD_OF_SEVERAL)
    ResponseEntity<?> uploadSeveral(Principal sender, HttpServletRequest request) {
        List<Uploads.FileResult> results = uploads.uploadAll(sender, request, MultipartUpload.SEVERAL);
        List<Success> successful = results.stream()
                .flatMap(result -> result.stored().stream())
                .map(told -> new Success(true, told.duplicate(), told))
                .toList();
        List<Failure> failed = new ArrayList<>();
        for (Uploads.FileResult result : results) {
            result.refused()
                    .ifPresent(problem -> failed.add(new Failure(
                            false,
                            result.index(),
                            result.originalName(),
                            problem.error().code(),
                            messages.text(request, problem.error(), problem.arguments()))));
        }
        UploadedImages data = new UploadedImages(successful, failed, successful.size(), failed.size());
        if (successful.isEmpty()) {
            return errors.respond(request, results.get(0).refused().orElseThrow(), data);
        }
        String message = messages.text(
                request, "uploaded_several", String.valueOf(successful.size()), String.valueOf(failed.size()));
        return ResponseEntity.ok(Envelope.success(message, data));
    }

    private record OldLskyEnvelope(@JsonUnwrapped Envelope envelope, int code) {}

    private record CheckedDigests(List<UploadedImage> known, List<String> unknown) {}

    private record UploadedImages(List<Success> successful, List<Failure> failed, int totalUploaded, int totalFailed) {}

    private record Success(boolean success, boolean duplicate, UploadedImage data) {}

    private record Failure(boolean success, int index, String originalName, String code, String message) {}
}
