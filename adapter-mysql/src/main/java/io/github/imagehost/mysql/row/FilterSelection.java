package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which images of a list to read; whatever is null does not matter.
 *
 * @param needle bytes that stand in the folded name
 * @param named ids of images that need not have them there
 * @param uploadedBefore exclusive
 * @param memberships where the images are, all of them
 */
@SuppressWarnings("ArrayRecordComponent") // is a parameter, never compared
public record FilterSelection(
        byte @Nullable [] needle,
        List<Long> named,
        @Nullable String filename,
        @Nullable String mimeType,
        @Nullable Long minSize,
        @Nullable Long maxSize,
        @Nullable Instant uploadedFrom,
        @Nullable Instant uploadedBefore,
        @Nullable Digest digest,
        @Nullable String visibility,
        List<Membership> memberships) {

    /** Whether everything is wanted. */
    public boolean isAll() {
        return memberships.isEmpty() && isOnlyMembership();
    }

    /** Whether nothing else is asked but where images are. */
    public boolean isOnlyMembership() {
        return needle == null && !isExact() && !hasType() && !hasSize() && !hasTime() && !hasVisibility();
    }

    /** Whether one image can be wanted at the most. */
    public boolean isExact() {
        return filename != null || digest != null;
    }

    public boolean hasType() {
        return mimeType != null;
    }

    public boolean hasSize() {
        return minSize != null || maxSize != null;
    }

    public boolean hasTime() {
        return uploadedFrom != null || uploadedBefore != null;
    }

    public boolean hasVisibility() {
        return visibility != null;
    }

    /** Whether several things are asked that have nothing to do with each other. */
    public boolean isSeveral() {
        return Stream.of(hasType(), hasSize(), hasTime(), hasVisibility(), !memberships.isEmpty())
                        .filter(Boolean::booleanValue)
                        .count()
                > 1;
    }

    /** Where the fewest images are of all places that are asked for. */
    public Optional<Membership> smallestMembership() {
        return memberships.stream().min(Comparator.comparingLong(Membership::images));
    }

    /** Nothing of it but the type. */
    public FilterSelection typeOnly() {
        return new FilterSelection(null, List.of(), null, mimeType, null, null, null, null, null, null, List.of());
    }

    /** Nothing of it but the size. */
    public FilterSelection sizeOnly() {
        return new FilterSelection(null, List.of(), null, null, minSize, maxSize, null, null, null, null, List.of());
    }

    /** Nothing of it but the time. */
    public FilterSelection timeOnly() {
        return new FilterSelection(
                null, List.of(), null, null, null, null, uploadedFrom, uploadedBefore, null, null, List.of());
    }

    /** Nothing of it but the visibility. */
    public FilterSelection visibilityOnly() {
        return new FilterSelection(null, List.of(), null, null, null, null, null, null, null, visibility, List.of());
    }

    /** The same without this place, which is seen to in another way. */
    public FilterSelection without(Membership membership) {
        return new FilterSelection(
                needle,
                named,
                filename,
                mimeType,
                minSize,
                maxSize,
                uploadedFrom,
                uploadedBefore,
                digest,
                visibility,
                memberships.stream().filter(other -> !other.equals(membership)).toList());
    }
}
