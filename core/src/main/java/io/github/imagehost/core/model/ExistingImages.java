package io.github.imagehost.core.model;

import java.util.Map;
import java.util.Optional;

/**
 * Which pictures an owner has, of those that were asked for: uploads of their bytes are answered with them, and need
 * neither a look at the picture nor the bytes. Not among them are images whose bytes are known to be missing, which an
 * upload would bring back, and those that only somebody else has.
 *
 * @param owner whose images they are
 * @param images by the digest of the bytes as they were uploaded
 */
public record ExistingImages(OwnerId owner, Map<Digest, Image> images) {

    public ExistingImages {
        images = Map.copyOf(images);
    }

    /** Nobody has asked: each picture counts as one that the owner does not have. */
    public static ExistingImages unknown(OwnerId owner) {
        return new ExistingImages(owner, Map.of());
    }

    /** What an upload of the bytes with this digest is answered with; empty if they have to be uploaded. */
    public Optional<Upload> answerTo(Digest digest) {
        return Optional.ofNullable(images.get(digest)).map(image -> new Upload(image, true));
    }
}
