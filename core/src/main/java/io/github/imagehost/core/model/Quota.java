package io.github.imagehost.core.model;

import java.util.OptionalLong;

/**
 * How much an owner may have. What counts are images as they were uploaded, whoever else has the same: that they are
 * stored once must not show.
 *
 * @param images how many, from 0; empty for any number
 * @param bytes how many bytes all of them together, from 0; empty for any number
 */
public record Quota(OptionalLong images, OptionalLong bytes) {

    /** As much as one likes. */
    public static final Quota NONE = new Quota(OptionalLong.empty(), OptionalLong.empty());

    public Quota {
        if (images.orElse(0) < 0 || bytes.orElse(0) < 0) {
            throw new IllegalArgumentException("A quota is not negative");
        }
    }

    /** Whether so much is allowed. */
    public boolean allows(Usage usage) {
        return usage.images() <= images.orElse(Long.MAX_VALUE) && usage.bytes() <= bytes.orElse(Long.MAX_VALUE);
    }
}
