package io.github.imagehost.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who may see an image, until when, and how often.
 *
 * @param visibility who
 * @param expiresAt when the image ends, with milliseconds, by the repository's clock; empty if it never does
 * @param viewsLeft how often its bytes may still be sent, 0 or more; after the last time it ends; empty for any number
 * @param linkEpoch grows when all links that the owner has signed are taken back; at least 0
 */
public record Sharing(Visibility visibility, Optional<Instant> expiresAt, OptionalLong viewsLeft, long linkEpoch) {

    /** For everybody, for ever, as often as they like. */
    public static final Sharing UNLIMITED = new Sharing(Visibility.PUBLIC, Optional.empty(), OptionalLong.empty(), 0);

    /** The shortest time that an image may be said to last: what it takes to upload it and to pass its link on. */
    public static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    /** The longest time that an image may be said to last. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

    /** The largest number of views that an image may be limited to. */
    public static final long MOST_VIEWS = 1_000_000_000;

    public Sharing {
        if (viewsLeft.isPresent() && viewsLeft.getAsLong() < 0) {
            throw new IllegalArgumentException("An image has 0 views left or more, not " + viewsLeft.getAsLong());
        }
        if (linkEpoch < 0) {
            throw new IllegalArgumentException("An epoch is 0 or more, not " + linkEpoch);
        }
    }

    /** Whether an image may be said to last that long. */
    public static boolean isLegalLife(Duration life) {
        return life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0;
    }

    /** The same for others. */
    public Sharing visibility(Visibility newVisibility) {
        return new Sharing(newVisibility, expiresAt, viewsLeft, linkEpoch);
    }

    /** The same with another end, or with none. */
    public Sharing expiresAt(Optional<Instant> newEnd) {
        return new Sharing(visibility, newEnd, viewsLeft, linkEpoch);
    }

    /** The same for another number of views, or for any. */
    public Sharing viewsLeft(OptionalLong newViews) {
        return new Sharing(visibility, expiresAt, newViews, linkEpoch);
    }

    /** Whether the same people may see it, for as long, whatever links were signed. */
    public boolean isLike(Sharing other) {
        return visibility == other.visibility && expiresAt.equals(other.expiresAt) && viewsLeft.equals(other.viewsLeft);
    }

    /** Whether the image ends some time, by itself. */
    public boolean isLimited() {
        return expiresAt.isPresent() || viewsLeft.isPresent();
    }

    /** Whether the image has ended by that time: then it counts as deleted. */
    public boolean hasEndedBy(Instant time) {
        return expiresAt.filter(end -> !end.isAfter(time)).isPresent();
    }

    /**
     * How an image is shared that its owner uploads once more: it lasts as long as the upload that wants it longer
     * wants it to, and who may see it stays as it is.
     *
     * @param wanted by the later upload
     */
    public Sharing extendedTo(Sharing wanted) {
        Optional<Instant> end =
                expiresAt.flatMap(own -> wanted.expiresAt.map(other -> own.isAfter(other) ? own : other));
        OptionalLong views = viewsLeft.isPresent() && wanted.viewsLeft.isPresent()
                ? OptionalLong.of(Math.max(viewsLeft.getAsLong(), wanted.viewsLeft.getAsLong()))
                : OptionalLong.empty();
        return new Sharing(visibility, end, views, linkEpoch);
    }
}
