package io.github.imagehost.core.model;

import java.time.Instant;

/**
 * What a user sees: a link to content stored once, with an owner, a name and dates.
 *
 * @param id unique over all owners, at least 1, never used again
 * @param owner whoever uploaded it
 * @param filename the unguessable name in its link, with the extension of the detected type; never used again
 * @param originalName what the uploader called it, cleaned by the intake
 * @param content what is known of its bytes
 * @param objectKey where its bytes lie in the store
 * @param uploadedAt with milliseconds, by the repository's clock
 * @param updatedAt with milliseconds, by the repository's clock
 * @param sharing who may see it, until when, and how often
 */
public record Image(
        long id,
        OwnerId owner,
        String filename,
        String originalName,
        ImageDescriptor content,
        ObjectKey objectKey,
        Instant uploadedAt,
        Instant updatedAt,
        Sharing sharing) {

    public Image {
        if (id < 1) {
            throw new IllegalArgumentException("An image id is a whole number from 1, not " + id);
        }
    }

    /** The same image, of another owner. */
    public Image owner(OwnerId newOwner) {
        return new Image(id, newOwner, filename, originalName, content, objectKey, uploadedAt, updatedAt, sharing);
    }

    /** The same image, shared in another way. */
    public Image sharing(Sharing newSharing) {
        return new Image(id, owner, filename, originalName, content, objectKey, uploadedAt, updatedAt, newSharing);
    }
}
