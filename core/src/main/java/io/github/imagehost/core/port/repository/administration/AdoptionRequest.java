package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that lies in the store already, and what is to be known of it.
 *
 * @param owner whose image it becomes
 * @param id which id the image is to have; a fresh one if empty
 * @param content what is known of the bytes; they are in the store as this says
 * @param objectKey where they lie
 * @param filename the name in the image's link: 1 to 200 printable characters of ASCII
 * @param originalName what its uploader called it, at most 255 characters
 * @param uploadedAt with milliseconds
 * @param updatedAt with milliseconds
 * @param sharing who may see the image, until when, and how often
 */
public record AdoptionRequest(
        OwnerId owner,
        Optional<Long> id,
        ImageDescriptor content,
        ObjectKey objectKey,
        String filename,
        String originalName,
        Instant uploadedAt,
        Instant updatedAt,
        Sharing sharing) {

    public AdoptionRequest {
        if (id.isPresent() && id.get() < 1) {
            throw new IllegalArgumentException("An image id is a whole number from 1, not " + id.get());
        }
    }
}
