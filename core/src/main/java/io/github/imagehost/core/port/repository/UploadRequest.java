package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wants to upload. The filename serves three purposes: it is what the new image is called, the key of the
 * object if the content is new, and the mark by which the repository recognises a request that is repeated. It is used
 * once in all three, so that "the name is used" and "the key is used" mean the same.
 *
 * @param owner who
 * @param content what is known of the bytes
 * @param originalName what the uploader calls it, at most 255 characters
 * @param filename a fresh, unguessable name: the new image's filename and, if the content is new, its object key
 * @param lease how long a reservation is to last
 * @param uploadedAt the date of the new image, with milliseconds; the present if empty
 * @param sharing who may see the new image, until when, and how often
 */
public record UploadRequest(
        OwnerId owner,
        ImageDescriptor content,
        String originalName,
        String filename,
        Lease lease,
        Optional<Instant> uploadedAt,
        Sharing sharing)
        implements ClaimRequest {

    /** What somebody uploads now, for everybody and for ever. */
    public UploadRequest(OwnerId owner, ImageDescriptor content, String originalName, String filename, Lease lease) {
        this(owner, content, originalName, filename, lease, Optional.empty(), Sharing.UNLIMITED);
    }

    /** The content, as it was uploaded. */
    @Override
    public Digest identity() {
        return content.digest();
    }

    @Override
    public ObjectKey objectKey() {
        return new ObjectKey(filename);
    }
}
