package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Something about an album that its owner may change. Its link always stays. */
public sealed interface AlbumChange {

    /** Another name. */
    record Rename(AlbumName name) implements AlbumChange {}

    /** Another order of its images. */
    record Arrange(AlbumOrder order) implements AlbumChange {}

    /** Others may see it, until then if there is such an end, or may not any more, and there is no such end. */
    record Show(Visibility visibility) implements AlbumChange {}

    /**
     * Another end of being public. An album that is private, and not made public by the same change, has none: then
     * this changes nothing.
     *
     * @param time with milliseconds, by the repository's clock; empty for none
     */
    record ShowUntil(Optional<Instant> time) implements AlbumChange {}

    /** Images may be drawn from it, or may not any more. */
    record Draw(boolean drawn) implements AlbumChange {}

    /**
     * Another end.
     *
     * @param time with milliseconds, by the repository's clock; empty for none
     */
    record ExpireAt(Optional<Instant> time) implements AlbumChange {}

    /**
     * Another image stands for it.
     *
     * @param image the id of one that is in it; empty for none
     */
    record Cover(OptionalLong image) implements AlbumChange {}
}
