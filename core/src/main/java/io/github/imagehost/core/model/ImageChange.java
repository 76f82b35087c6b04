package io.github.imagehost.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Something about an image that its owner may change. Its link and its bytes always stay. */
public sealed interface ImageChange {

    /** Whether it keeps somebody from seeing the image, now or later, who could see it otherwise. */
    default boolean limits() {
        return false;
    }

    /**
     * Another name for people.
     *
     * @param originalName from 1 to 255 characters, cleaned as the intake cleans names
     */
    record Rename(String originalName) implements ImageChange {}

    /** Others may see it, or may not any more. If that is new, all links that were signed for it are taken back. */
    record Show(Visibility visibility) implements ImageChange {

        @Override
        public boolean limits() {
            return visibility != Visibility.PUBLIC;
        }
    }

    /**
     * Another end.
     *
     * @param time with milliseconds, by the repository's clock; empty for none
     */
    record ExpireAt(Optional<Instant> time) implements ImageChange {

        @Override
        public boolean limits() {
            return time.isPresent();
        }
    }

    /**
     * Another number of views.
     *
     * @param views how many from now on, at least 1; empty for any number
     */
    record LimitViews(OptionalLong views) implements ImageChange {

        public LimitViews {
            if (views.isPresent() && views.getAsLong() < 1) {
                throw new IllegalArgumentException("An image is limited to 1 view or more, not " + views.getAsLong());
            }
        }

        @Override
        public boolean limits() {
            return views.isPresent();
        }
    }

    /** Takes back all links that were signed for it. */
    record RevokeLinks() implements ImageChange {}
}
