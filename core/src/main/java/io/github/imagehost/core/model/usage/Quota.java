package io.github.imagehost.core.model.usage;

import java.util.Optional;
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

    /**
     * What of a quota is to change; what is empty stays, whatever it is by then.
     *
     * @param images how many from now on; empty within for any number
     * @param bytes how many bytes from now on; empty within for any number
     */
    public record Change(Optional<OptionalLong> images, Optional<OptionalLong> bytes) {

        /** Whether anything is to change. */
        public boolean changesSomething() {
            return images.isPresent() || bytes.isPresent();
        }

        /** What becomes of this quota. */
        public Quota appliedTo(Quota before) {
            return new Quota(images.orElse(before.images()), bytes.orElse(before.bytes()));
        }
    }

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
