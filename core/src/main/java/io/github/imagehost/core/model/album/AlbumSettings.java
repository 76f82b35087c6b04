package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What an owner says of an album.
 *
 * @param name how it is called
 * @param order in which order its images are
 * @param visibility whether whoever has its link sees those of its images that everybody may see
 * @param publicUntil when it becomes private by itself, with milliseconds, by the repository's clock; empty if it never
 *     does, or is private
 * @param drawn whether images to be shown to anybody may be drawn from it, while it is public
 * @param expiresAt when it ends, with milliseconds, by the repository's clock; empty if it never does
 */
public record AlbumSettings(
        AlbumName name,
        AlbumOrder order,
        Visibility visibility,
        Optional<Instant> publicUntil,
        boolean drawn,
        Optional<Instant> expiresAt) {

    public AlbumSettings {
        if (publicUntil.isPresent() && visibility != Visibility.PUBLIC) {
            throw new IllegalArgumentException(
                    "Only an album that is public is so until then, not a " + visibility.label() + " one");
        }
    }

    /** An album of this name that only its owner sees, the latest images first. */
    public static AlbumSettings of(AlbumName name) {
        return new AlbumSettings(
                name, AlbumOrder.NEWEST, Visibility.PRIVATE, Optional.empty(), false, Optional.empty());
    }

    /**
     * The same after these changes.
     *
     * @param changes in any order, of each kind one at the most. A cover is none of the settings
     */
    public AlbumSettings changedBy(Collection<AlbumChange> changes) {
        AlbumSettings changed = this;
        for (AlbumChange change : changes) {
            changed = changed.changedBy(change);
        }
        // once it is known who sees it
        for (AlbumChange change : changes) {
            if (change instanceof AlbumChange.ShowUntil end) {
                changed = changed.shownUntil(end.time());
            }
        }
        return changed;
    }

    private AlbumSettings changedBy(AlbumChange change) {
        if (change instanceof AlbumChange.Rename rename) {
            return new AlbumSettings(rename.name(), order, visibility, publicUntil, drawn, expiresAt);
        }
        if (change instanceof AlbumChange.Arrange arrange) {
            return new AlbumSettings(name, arrange.order(), visibility, publicUntil, drawn, expiresAt);
        }
        if (change instanceof AlbumChange.Show show) {
            Optional<Instant> end = show.visibility() == Visibility.PUBLIC ? publicUntil : Optional.empty();
            return new AlbumSettings(name, order, show.visibility(), end, drawn, expiresAt);
        }
        if (change instanceof AlbumChange.Draw draw) {
            return new AlbumSettings(name, order, visibility, publicUntil, draw.drawn(), expiresAt);
        }
        return change instanceof AlbumChange.ExpireAt end
                ? new AlbumSettings(name, order, visibility, publicUntil, drawn, end.time())
                : this;
    }

    private AlbumSettings shownUntil(Optional<Instant> end) {
        return visibility == Visibility.PUBLIC
                ? new AlbumSettings(name, order, visibility, end, drawn, expiresAt)
                : this;
    }
}
