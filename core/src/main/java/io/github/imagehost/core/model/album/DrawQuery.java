package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Tag;
import java.util.Optional;

/**
 * What kind of image is to be drawn from what everybody may see of an album.
 *
 * @param orientation any if empty
 * @param tag that it has; any if empty
 */
public record DrawQuery(Optional<Orientation> orientation, Optional<Tag> tag) {

    /** Any image. */
    public static final DrawQuery ANY = new DrawQuery(Optional.empty(), Optional.empty());
}
