package io.github.imagehost.rest.upload;

import com.google.common.collect.ListMultimap;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.ErrorAdvice;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.request.ClientPresence;
import io.github.imagehost.rest.request.RequestLog;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.request.RequestRecord.Outcome;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import io.github.imagehost.rest.sharing.SharingFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes uploads in forms, whatever protocol the forms are of, and notes them. Safe for use by many threads. */
@Component
public final class Uploads {

    private final Uploader.Parts parts;
    private final FormSenders senders;
    private final RequestAudit audit;
    private final ErrorAdvice errors;
    private final Executor executor;
    private final UploadPolicy policy;
    private final UploadPolicy guestPolicy;
    private final Duration time;
    private final Path spool;

    Uploads(
            ImageHost host,
            LinkedPictures linked,
            QuotaLedger quotas,
            ImageLinks links,
            DeleteLinks deleteLinks,
            SharingFields sharing,
            Albums albums,
            FilingFields filing,
            InstantSource clock,
            FormSenders senders,
            RequestAudit audit,
            ErrorAdvice errors,
            Executor partExecutor,
            UploadPolicy policy,
            GuestSettings guests,
            ServiceSettings settings) {
        this.parts = new Uploader.Parts(host, linked, quotas, links, deleteLinks, sharing, albums, filing, clock);
        this.senders = senders;
        this.audit = audit;
        this.errors = errors;
        this.executor = RequestLog.withRequestId(partExecutor);
        this.policy = policy;
        this.guestPolicy = guests.policy();
        this.time = settings.uploadLimits().time();
        this.spool = settings.dataDirectory().spool();
    }

    /**
     * A picture that is there now.
     *
     * @param image what its sender is told of it
     * @param field where it was in the form
     * @param texts those of the form that are of use; the last of each field
     */
    public record Stored(UploadedImage image, String field, Map<String, String> texts) {}

    /**
     * What became of one file of several: exactly one of the last two is there.
     *
     * @param index which file of the request, counted from 0
     * @param originalName what the client calls it, cleaned; empty if it does not
     */
    public record FileResult(
            int index, String originalName, Optional<UploadedImage> stored, Optional<ErrorAdvice.Problem> refused) {}

    /** What this sender may upload. */
    Uploader uploaderFor(Principal sender) {
        return new Uploader(parts, sender, policyFor(sender));
    }

    private UploadPolicy policyFor(Principal sender) {
        return sender.role() == Role.GUEST ? guestPolicy : policy;
    }

    /** How much this sender may upload at once. */
    MultipartUpload.Limits limits(Principal sender, int maxFiles) {
        return limits(policyFor(sender), maxFiles);
    }

    private MultipartUpload.Limits limits(UploadPolicy chosen, int maxFiles) {
        return new MultipartUpload.Limits(maxFiles, chosen.maxFileSize(), time);
    }

    /** An upload has ended well. */
    void note(HttpServletRequest request, Outcome outcome, Upload upload) {
        Image image = upload.image();
        RequestRecord.of(request).uploaded(outcome, image.content().size());
        audit.note(request, Acts.imageUploaded(image));
    }

    /** An upload has ended well whose bytes were sent. */
    void note(HttpServletRequest request, Upload upload) {
        note(request, upload.duplicate() ? Outcome.DUPLICATE : Outcome.NEW, upload);
    }

    /**
     * Uploads the only picture of a form.
     *
     * @throws RuntimeException that says why it is refused, for {@link ErrorAdvice}
     * @throws IOException likewise, if it can't be fetched
     */
    public Stored upload(Principal sender, HttpServletRequest request, UploadForm form) throws IOException {
        return upload(request, form, limits(sender, 1), fields -> {}, () -> sender);
    }

    /**
     * Uploads the only picture of a form for whoever that names, or the request elsewhere; nothing is stored before it
     * is known who that is, and that he may.
     *
     * @throws RuntimeException that says why it is refused, for {@link ErrorAdvice}
     * @throws IOException likewise, if it can't be fetched
     */
    public Stored uploadByForm(HttpServletRequest request, HttpServletResponse response, UploadForm form)
            throws IOException {
        FormSenders.Sender sender = senders.of(request, response);
        try {
            return upload(request, form.with(FormSenders.FIELDS), limits(policy, 1), sender::read, sender::principal);
        } catch (ApiException e) {
            boolean isOver = e.error().status() == HttpStatus.BAD_REQUEST && e.error() != ApiError.BODY_INCOMPLETE;
            if (isOver) {
                // what is wrong with a form is of no interest to whoever may not send any
                sender.principal();
            }
            throw e;
        }
    }

    private Stored upload(
            HttpServletRequest request,
            UploadForm form,
            MultipartUpload.Limits limits,
            Consumer<ListMultimap<String, String>> beforeFile,
            Supplier<Principal> sender)
            throws IOException {
        try (MultipartUpload<SpooledContent> received = MultipartUpload.receiveAll(
                source -> parts.host().spool(source, limits.maxFileSize()), request, form, limits, beforeFile)) {
            Principal known = sender.get();
            Uploader uploader = uploaderFor(known);
            fetchLinked(uploader, received.parts());
            checkSize(received.parts().get(0), policyFor(known));
            PartUploads.Outcome outcome =
                    partUploads(uploader, received, request).get(0);
            if (outcome.failure().isPresent()) {
                throw outcome.failure().get();
            }
            Uploader.Finished finished = outcome.upload().orElseThrow();
            note(request, finished.upload());
            return new Stored(finished.told(), outcome.part().field(), Map.copyOf(received.texts()));
        }
    }

    private static void fetchLinked(Uploader uploader, List<MultipartUpload.Part<SpooledContent>> parts)
            throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            MultipartUpload.Part<SpooledContent> part = parts.get(i);
            if (part.link().isPresent()) {
                Uploader.Fetched fetched = uploader.fetch(part.link().get());
                parts.set(i, part.received(fetched.originalName(), fetched.content()));
            }
        }
    }

    /** It was kept before anybody knew whose it is. */
    private static void checkSize(MultipartUpload.Part<SpooledContent> part, UploadPolicy allowed) {
        if (part.received()
                .filter(content -> content.size() > allowed.maxFileSize())
                .isPresent()) {
            throw new ApiException(ApiError.FILE_TOO_LARGE, String.valueOf(allowed.maxFileSize()));
        }
    }

    private List<PartUploads.Outcome> partUploads(
            Uploader uploader, MultipartUpload<SpooledContent> received, HttpServletRequest request) {
        PartUploads uploads = new PartUploads(uploader, received.parts(), ClientPresence.of(request), executor);
        return uploads.upload(uploader.wish(received.wishes()));
    }

    /**
     * Uploads the picture that the link in a JSON body stands for.
     *
     * @throws RuntimeException that says why it is refused, for {@link ErrorAdvice}
     * @throws IOException if it can't be kept
     */
    UploadedImage uploadLinked(Principal sender, HttpServletRequest request) throws IOException {
        Uploader uploader = uploaderFor(sender);
        Uploader.Wish wish;
        Uploader.Fetched fetched;
        try (RequestedLink link = RequestedLink.read(request, spool, limits(sender, 1))) {
            wish = uploader.wish(link.fields());
            fetched = uploader.fetch(link.url());
        }
        try (PreparedUpload prepared = UploadBody.prepare(
                uploader, fetched.originalName(), fetched.content(), Optional.empty(), ClientPresence.of(request))) {
            Uploader.Finished finished = uploader.finish(prepared, wish);
            note(request, finished.upload());
            return finished.told();
        }
    }

    /**
     * Uploads all pictures of a form.
     *
     * @return what became of each, in their order; at least one
     * @throws RuntimeException that says why the request as a whole is refused, for {@link ErrorAdvice}
     */
    public List<FileResult> uploadAll(Principal sender, HttpServletRequest request, UploadForm form) {
        Uploader uploader = uploaderFor(sender);
        List<FileResult> results = new ArrayList<>();
        try (MultipartUpload<SpooledContent> received = MultipartUpload.receiveAll(
                uploader::spool, request, form, limits(sender, UploadLimits.MAX_FILES), fields -> {})) {
            for (PartUploads.Outcome outcome : partUploads(uploader, received, request)) {
                outcome.upload().ifPresent(finished -> note(request, finished.upload()));
                Optional<ErrorAdvice.Problem> problem =
                        outcome.failure().map(failure -> errors.problemOf(request, failure));
                problem.ifPresent(refused ->
                        RequestRecord.of(request).refused(refused.error().code()));
                results.add(new FileResult(
                        outcome.part().index(),
                        outcome.part().originalName(),
                        outcome.upload().map(Uploader.Finished::told),
                        problem));
            }
        }
        return results;
    }
}
