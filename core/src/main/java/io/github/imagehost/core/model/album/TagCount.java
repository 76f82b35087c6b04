package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Tag;

/**
 * A tag of an owner.
 *
 * @param images how many of the owner's images have it, at least 1
 */
public record TagCount(Tag tag, long images) {}
