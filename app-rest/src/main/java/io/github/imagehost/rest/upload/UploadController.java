package io.github.imagehost.rest.upload;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.access.DeleteLinks;
import io.github.imagehost.core.access.GuestSettings;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.repository.QuotaLedger;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonArrays;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.ErrorAdvice;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.request.ClientPresence;
import io.github.imagehost.rest.request.RequestLog;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.request.RequestRecord.Outcome;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import io.github.imagehost.rest.sharing.SharingFields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

    private static final JsonArrays.Rules DIGESTS =
            new JsonArrays.Rules(1000, 128 * 1024, ApiError.DIGESTS_REQUIRED, ApiError.TOO_MANY_DIGESTS);

    private final Uploader.Parts parts;
    private final RequestAudit audit;
    private final Messages messages;
    private final ErrorAdvice errors;
    private final JsonArrays arrays;
    private final JsonMapper json;
    private final Executor executor;
    private final UploadPolicy policy;
    private final UploadPolicy guestPolicy;
    private final Duration time;
    private final Path spool;

    UploadController(
            ImageHost host,
            LinkedPictures linked,
            QuotaLedger quotas,
            ImageLinks links,
            DeleteLinks deleteLinks,
            SharingFields sharing,
            InstantSource clock,
            RequestAudit audit,
            Messages messages,
            ErrorAdvice errors,
            JsonArrays arrays,
            JsonMapper json,
            Executor partExecutor,
            UploadPolicy policy,
            GuestSettings guests,
            ServiceSettings settings) {
        this.parts = new Uploader.Parts(host, linked, quotas, links, deleteLinks, sharing, clock);
        this.audit = audit;
        this.messages = messages;
        this.errors = errors;
        this.arrays = arrays;
        this.json = json;
        this.executor = RequestLog.withRequestId(partExecutor);
        this.policy = policy;
        this.guestPolicy = guests.policy();
        this.time = settings.uploadLimits().time();
        this.spool = settings.dataDirectory().spool();
    }

    private UploadPolicy policyFor(Principal sender) {
        return sender.role() == Role.GUEST ? guestPolicy : policy;
    }

    private MultipartUpload.Limits limits(Principal sender, int maxFiles) {
        return new MultipartUpload.Limits(maxFiles, policyFor(sender).maxFileSize(), time);
    }

    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.UPLOAD)
    ResponseEntity<?> upload(Principal sender, HttpServletRequest request) {
        return upload(
                sender,
                request,
                (uploader, announced) ->
                        MultipartUpload.receiveOne(uploader, request, "image", announced, limits(sender, 1)));
    }

    /** The body is the picture, and its name any text. */
    @Requires(Scope.UPLOAD)
    @PutMapping(RequestPath.UPLOAD + "/{name}")
    ResponseEntity<?> uploadRaw(Principal sender, HttpServletRequest request) {
        String name = PathName.of(request);
        Map<String, String> fields = SharingFields.parameters(request);
        return upload(
                sender,
                request,
                (uploader, announced) -> new ReceivedUpload(
                        UploadBody.receive(uploader, request, name, announced, limits(sender, 1)), fields));
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
                .flatMap(digest -> parts.host()
                        .findExisting(sender.owner(), List.of(digest))
                        .answerTo(digest));
        Uploader uploader = new Uploader(parts, sender, policyFor(sender));
        if (answer.isPresent()) {
            note(request, Outcome.INSTANT, answer.get());
            return insteadOfContinue(uploaded(request, uploader.details(answer.get())));
        }
        try (ReceivedUpload received = receiver.apply(uploader, announced)) {
            return finish(request, uploader, received.prepared(), uploader.terms(received.fields()));
        }
    }

    private ResponseEntity<?> finish(
            HttpServletRequest request, Uploader uploader, PreparedUpload prepared, UploadTerms terms) {
        Uploader.Finished finished = uploader.finish(prepared, terms);
        note(request, outcomeOf(finished.upload()), finished.upload());
        return ResponseEntity.ok(uploaded(request, finished.told()));
    }

    /** The picture is behind a link, or in the link itself. */
    @Requires(Scope.UPLOAD)
    @PostMapping(RequestPath.UPLOAD_OF_LINK)
    ResponseEntity<?> uploadLinked(Principal sender, HttpServletRequest request) throws IOException {
        Uploader uploader = new Uploader(parts, sender, policyFor(sender));
        UploadTerms terms;
        Uploader.Fetched fetched;
        try (RequestedLink link = RequestedLink.read(request, spool, limits(sender, 1))) {
            terms = uploader.terms(link.fields());
            fetched = uploader.fetch(link.url());
        }
        try (PreparedUpload prepared = UploadBody.prepare(
                uploader, fetched.originalName(), fetched.content(), Optional.empty(), ClientPresence.of(request))) {
            return finish(request, uploader, prepared, terms);
        }
    }

    private void note(HttpServletRequest request, Outcome outcome, Upload upload) {
        Image image = upload.image();
        RequestRecord.of(request).uploaded(outcome, image.content().size());
        audit.note(request, Acts.imageUploaded(image));
    }

    private static Outcome outcomeOf(Upload upload) {
        return upload.duplicate() ? Outcome.DUPLICATE : Outcome.NEW;
    }

    /**
     * The last answer of its connection: nobody can tell whether the body or another request would follow. It says how
     * long it is, since its end would be that of the connection otherwise, for which the client would have to wait.
     */
    private ResponseEntity<byte[]> insteadOfContinue(Envelope envelope) {
        byte[] body = json.writeValueAsBytes(envelope);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONNECTION, "close")
                .contentType(MediaType.APPLICATION_JSON)
                .contentLength(body.length)
                .body(body);
    }

    private Envelope uploaded(HttpServletRequest request, UploadedImage told) {
        String message = messages.text(request, told.duplicate() ? "duplicate" : "uploaded");
        return Envelope.success(message, told);
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
        Uploader uploader = new Uploader(parts, sender, policyFor(sender));
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
    ResponseEntity<Envelope> uploadSeveral(Principal sender, HttpServletRequest request) {
        Uploader uploader = new Uploader(parts, sender, policyFor(sender));
        List<Success> successful = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        List<ErrorAdvice.Problem> problems = new ArrayList<>();
        RequestRecord record = RequestRecord.of(request);
        try (MultipartUpload<SpooledContent> received =
                MultipartUpload.receiveAll(uploader, request, "images", limits(sender, UploadLimits.MAX_FILES))) {
            UploadTerms terms = uploader.terms(received.fields());
            PartUploads uploads = new PartUploads(uploader, received.parts(), ClientPresence.of(request), executor);
            for (PartUploads.Outcome outcome : uploads.upload(terms)) {
                outcome.upload().ifPresent(finished -> {
                    note(request, outcomeOf(finished.upload()), finished.upload());
                    UploadedImage told = finished.told();
                    successful.add(new Success(true, told.duplicate(), told));
                });
                outcome.failure().ifPresent(failure -> {
                    ErrorAdvice.Problem problem = errors.problemOf(request, failure);
                    record.refused(problem.error().code());
                    problems.add(problem);
                    failed.add(new Failure(
                            false,
                            outcome.part().index(),
                            outcome.part().originalName(),
                            problem.error().code(),
                            messages.text(request, problem.error(), problem.arguments())));
                });
            }
        }
        UploadedImages data = new UploadedImages(successful, failed, successful.size(), failed.size());
        if (successful.isEmpty()) {
            ErrorAdvice.Problem first = problems.get(0);
            return errors.respond(request, first, data);
        }
        String message = messages.text(
                request, "uploaded_several", String.valueOf(successful.size()), String.valueOf(failed.size()));
        return ResponseEntity.status(HttpStatus.OK).body(Envelope.success(message, data));
    }

    private record CheckedDigests(List<UploadedImage> known, List<String> unknown) {}

    private record UploadedImages(List<Success> successful, List<Failure> failed, int totalUploaded, int totalFailed) {}

    private record Success(boolean success, boolean duplicate, UploadedImage data) {}

    private record Failure(boolean success, int index, String originalName, String code, String message) {}
}
