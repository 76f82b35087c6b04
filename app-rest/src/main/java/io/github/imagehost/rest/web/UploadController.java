package io.github.imagehost.rest.web;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.config.ServiceSettings;
import io.github.imagehost.rest.config.ServiceSettings.UploadLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploading, one file or several. */
@RestController
class UploadController {

    /** What the paths of all uploads begin with. */
    static final String PATH = "/api/upload";

    private final ImageHost host;
    private final ImageLinks links;
    private final Messages messages;
    private final ErrorAdvice errors;
    private final UploadAdmission admission;
    private final MultipartUpload.Limits oneFile;
    private final MultipartUpload.Limits severalFiles;

    UploadController(
            ImageHost host,
            ImageLinks links,
            Messages messages,
            ErrorAdvice errors,
            UploadPolicy policy,
            UploadAdmission admission,
            ServiceSettings settings) {
        this.host = host;
        this.links = links;
        this.messages = messages;
        this.errors = errors;
        this.admission = admission;
        Duration time = settings.uploadLimits().time();
        this.oneFile = new MultipartUpload.Limits(1, policy.maxFileSize(), time);
        this.severalFiles = new MultipartUpload.Limits(UploadLimits.MAX_FILES, policy.maxFileSize(), time);
    }

    @PostMapping(PATH)
    Envelope upload(HttpServletRequest request) {
        return admission.admit(request, oneFile.maxBytes(), () -> receiveOne(request));
    }

    private Envelope receiveOne(HttpServletRequest request) {
        try (MultipartUpload received = MultipartUpload.receiveOne(host, request, "image", oneFile)) {
            Upload upload = host.upload(OwnerId.DEFAULT, received.onlyImage());
            String message = messages.text(request, upload.duplicate() ? "duplicate" : "uploaded");
            return Envelope.success(message, UploadedImage.of(upload, links));
        }
    }

    @PostMapping(PATH + "/multiple")
    ResponseEntity<Envelope> uploadSeveral(HttpServletRequest request) {
        return admission.admit(request, severalFiles.maxBytes(), () -> receiveSeveral(request));
    }

    private ResponseEntity<Envelope> receiveSeveral(HttpServletRequest request) {
        List<Success> successful = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        List<ErrorAdvice.Problem> problems = new ArrayList<>();
        Optional<RuntimeException> outage = Optional.empty();
        try (MultipartUpload received = MultipartUpload.receiveAll(host, request, "images", severalFiles)) {
            for (MultipartUpload.Part part : received.parts()) {
                try {
                    successful.add(store(part, outage));
                } catch (RuntimeException e) {
                    outage = e instanceof Retryable ? Optional.of(e) : outage;
                    ErrorAdvice.Problem problem = errors.problemOf(e);
                    problems.add(problem);
                    failed.add(new Failure(
                            false,
                            part.index(),
                            part.originalName(),
                            problem.error().code(),
                            messages.text(request, problem.error(), problem.arguments())));
                }
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

    /** Who waits for a store or a database that is away waits once, not once for each file. */
    private Success store(MultipartUpload.Part part, Optional<RuntimeException> outage) {
        if (part.refused().isPresent()) {
            throw part.refused().get();
        }
        if (outage.isPresent()) {
            throw outage.get();
        }
        Upload upload = host.upload(OwnerId.DEFAULT, part.received().orElseThrow());
        return new Success(true, upload.duplicate(), UploadedImage.of(upload, links));
    }

    private record UploadedImages(List<Success> successful, List<Failure> failed, int totalUploaded, int totalFailed) {}

    private record Success(boolean success, boolean duplicate, UploadedImage data) {}

    private record Failure(boolean success, int index, String originalName, String code, String message) {}
}
