package io.github.imagehost.rest.upload;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreFullException;
import java.util.List;
import java.util.Optional;

/**
 * Uploads the files of one request, one after the other. Who waits for a store or a database that is away waits once,
 * not once for each file. For one thread.
 */
final class PartUploads {

    private final ImageHost host;
    private final ExistingImages existing;
    private final Requester client;
    private Optional<RuntimeException> outage;

    private PartUploads(ImageHost host, ExistingImages existing, Requester client, Optional<RuntimeException> outage) {
        this.host = host;
        this.existing = existing;
        this.client = client;
        this.outage = outage;
    }

    /**
     * Asks for all files at once which of them are there.
     *
     * @param client who waits for the answer
     */
    static PartUploads of(
            ImageHost host, OwnerId owner, List<MultipartUpload.Part<SpooledContent>> parts, Requester client) {
        List<Digest> digests = parts.stream()
                .flatMap(part -> part.received().stream())
                .map(SpooledContent::digest)
                .toList();
        try {
            return new PartUploads(host, host.findExisting(owner, digests), client, Optional.empty());
        } catch (RepositoryUnavailableException e) {
            return new PartUploads(host, ExistingImages.unknown(owner), client, Optional.of(e));
        }
    }

    /**
     * Uploads a file. A failure says nothing of the other files, and a picture that is refused is refused also while
     * nothing can be stored.
     *
     * @param part stays open
     * @throws RequesterGoneException if the client has left, so that no other file needs an answer
     * @throws RuntimeException if the file was refused, or can't be stored
     */
    Upload upload(MultipartUpload.Part<SpooledContent> part) {
        if (part.refused().isPresent()) {
            throw part.refused().get();
        }
        SpooledContent content = part.received().orElseThrow();
        try {
            PreparedUpload upload = host.prepare(existing, part.originalName(), content, client);
            if (outage.isPresent() && upload.received().isPresent()) {
                throw outage.get();
            }
            return upload.finish();
        } catch (RuntimeException e) {
            outage = isOutage(e) ? Optional.of(e) : outage;
            throw e;
        }
    }

    /** A store that is full says so at once, and may have room for a smaller file. */
    private static boolean isOutage(RuntimeException failure) {
        return failure instanceof Retryable && !(failure instanceof StoreFullException);
    }
}
