package io.github.imagehost.rest.upload;

import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreFullException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Uploads the files of one request: looks at one after the other, then stores them at the same time, so that they share
 * what the database does for them. Who waits for a store or a database that is away waits once, not once for each file.
 * For use by one thread, which others help.
 */
final class PartUploads {

    private final Uploader uploader;
    private final List<MultipartUpload.Part<SpooledContent>> parts;
    private final Requester client;
    private final Executor executor;
    private volatile Optional<RuntimeException> outage = Optional.empty();

    /** What came of a file: exactly one of the two. */
    record Outcome(
            MultipartUpload.Part<SpooledContent> part,
            Optional<Uploader.Finished> upload,
            Optional<RuntimeException> failure) {}

    /**
     * @param parts stay open
     * @param client who waits for the answer
     * @param executor stores files beside this thread, or in it
     */
    PartUploads(
            Uploader uploader, List<MultipartUpload.Part<SpooledContent>> parts, Requester client, Executor executor) {
        this.uploader = uploader;
        this.parts = parts;
        this.client = client;
        this.executor = executor;
    }

    /**
     * Uploads all files. A failure says nothing of the other files, and a picture that is refused is refused also while
     * nothing can be stored. Of the same picture twice, the second one is a duplicate of the first.
     *
     * @return what came of each file, in their order
     * @throws RequesterGoneException if the client has left, so that no file needs an answer; nothing is stored
     */
    List<Outcome> upload(Uploader.Wish wish) {
        ExistingImages existing = findExisting();
        Map<Digest, CompletableFuture<Void>> lastOfContent = new LinkedHashMap<>();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (Prepared prepared : prepareAll(existing)) {
            if (prepared.upload().isEmpty()) {
                outcomes.add(CompletableFuture.completedFuture(
                        new Outcome(prepared.part(), Optional.empty(), prepared.refusal())));
                continue;
            }
            PreparedUpload upload = prepared.upload().get();
            CompletableFuture<Outcome> outcome = lastOfContent
                    .getOrDefault(upload.descriptor().digest(), CompletableFuture.completedFuture(null))
                    .thenApplyAsync(before -> finish(prepared.part(), upload, wish), executor);
            lastOfContent.put(upload.descriptor().digest(), outcome.thenAccept(done -> {}));
            outcomes.add(outcome);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new));
        // nobody stores anything any more when this ends, not even after an Error
        all.handle((done, error) -> error == null).join();
        return outcomes.stream().map(CompletableFuture::join).toList();
    }

    private ExistingImages findExisting() {
        List<Digest> digests = parts.stream()
                .flatMap(part -> part.received().stream())
                .map(SpooledContent::digest)
                .toList();
        try {
            return uploader.findExisting(digests);
        } catch (RepositoryUnavailableException e) {
            outage = Optional.of(e);
            return ExistingImages.unknown(uploader.owner());
        }
    }

    /** A file that was looked at, or why it is refused. */
    private record Prepared(
            MultipartUpload.Part<SpooledContent> part,
            Optional<PreparedUpload> upload,
            Optional<RuntimeException> refusal) {}

    private List<Prepared> prepareAll(ExistingImages existing) {
        return parts.stream().map(part -> prepare(existing, part)).toList();
    }

    private Prepared prepare(ExistingImages existing, MultipartUpload.Part<SpooledContent> part) {
        if (part.refused().isPresent()) {
            return new Prepared(part, Optional.empty(), part.refused());
        }
        try {
            SpooledContent content = part.received().orElseThrow();
            PreparedUpload upload = uploader.prepare(existing, part.originalName(), content, client);
            return new Prepared(part, Optional.of(upload), Optional.empty());
        } catch (RequesterGoneException e) {
            // the other pictures need no answer either
            throw e;
        } catch (RuntimeException e) {
            return new Prepared(part, Optional.empty(), Optional.of(e));
        }
    }

    private Outcome finish(MultipartUpload.Part<SpooledContent> part, PreparedUpload upload, Uploader.Wish wish) {
        if (outage.isPresent() && upload.received().isPresent()) {
            return new Outcome(part, Optional.empty(), outage);
        }
        try {
            return new Outcome(part, Optional.of(uploader.finish(upload, wish)), Optional.empty());
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                outage = Optional.of(e);
            }
            return new Outcome(part, Optional.empty(), Optional.of(e));
        }
    }

    /** A store that is full says so at once, and may have room for a smaller file. */
    private static boolean isOutage(RuntimeException failure) {
        return failure instanceof Retryable && !(failure instanceof StoreFullException);
    }
}
