package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Variant;
import java.util.Set;

/** What somebody is told, and may rely on from then on. */
public sealed interface Answer {

    /**
     * An upload succeeded.
     *
     * @param wanted how a new image was to be shared
     */
    record Uploaded(OwnerId owner, Upload upload, Sharing wanted) implements Answer {}

    /** These images are deleted. */
    record Deleted(OwnerId owner, Set<Long> ids) implements Answer {}

    /** There is a variant of this image. */
    record Derived(Image image, Variant variant) implements Answer {}

    /** There is none, because the image with this name was deleted. */
    record Gone(String filename) implements Answer {}

    /** A check of the store, which repairs, came to its end. */
    record Repaired() implements Answer {}

    /** A sweep came to its end. */
    record Swept() implements Answer {}
}
