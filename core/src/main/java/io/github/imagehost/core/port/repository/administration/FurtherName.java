package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import java.util.Optional;

/**
 * A name by which an image can be found, too, because another image was {@linkplain Adoption.Folded folded} into it.
 *
 * @param owner of the image
 * @param imageId which image it leads to
 * @param filename the name in the link that the other image had
 * @param formerId the id that the other image had, if any
 * @param objectKey where the other image's bytes lie: where the image's own do, or a copy of them
 * @param storedDigest of that object, which may lack other metadata than the image's own
 * @param storedSize of that object, in bytes
 */
public record FurtherName(
        OwnerId owner,
        long imageId,
        String filename,
        Optional<Long> formerId,
        ObjectKey objectKey,
        Digest storedDigest,
        long storedSize) {}
