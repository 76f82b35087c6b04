package io.github.imagehost.mysql.row.listing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.mysql.row.Columns;
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

    /**
     * What a filter asks of a statement.
     *
     * @param named images that are wanted whatever they are called
     * @param memberships the filter's album and tag
     */
    public static FilterSelection of(ImageFilter filter, List<Long> named, List<Membership> memberships) {
        String text = filter.text().value();
        return new FilterSelection(
                text.isEmpty() ? null : Columns.toFoldedName(text),
                named,
                filter.filename().orElse(null),
                filter.type().map(ImageType::mimeType).orElse(null),
                filter.minSize().orElse(null),
                filter.maxSize().orElse(null),
                filter.uploadedFrom().map(Columns::withinColumn).orElse(null),
                filter.uploadedBefore().map(Columns::withinColumn).orElse(null),
                filter.digest().orElse(null),
                filter.visibility().map(Visibility::name).orElse(null),
                memberships);
    }

    /** Whether everything is wanted. */
    public boolean isAll() {
        return memberships.isEmpty() && isOnlyMembership();
    }

    /** Whether nothing else is asked but where images are. */
    public boolean isOnlyMembership() {
        return needle == null && !isExact() && Stream.of(ListIndex.values()).noneMatch(this::asks);
    }

    /** Whether one image can be wanted at the most. */
    public boolean isExact() {
        return filename != null || digest != null;
    }

    /** Whether it asks for what the images are ordered by in this index. */
    public boolean asks(ListIndex index) {
        return switch (index) {
            case UPLOAD_TIME -> uploadedFrom != null || uploadedBefore != null;
            case FILE_SIZE -> minSize != null || maxSize != null;
            case MIME_TYPE -> mimeType != null;
            case VISIBILITY -> visibility != null;
            case ID, FILENAME, ORIGINAL_NAME, UPDATED_AT -> false;
        };
    }

    /** Whether several things are asked that have nothing to do with each other. */
    public boolean isSeveral() {
        long ranges = Stream.of(ListIndex.values()).filter(this::asks).count();
        return ranges + (memberships.isEmpty() ? 0 : 1) > 1;
    }

    /** Where the fewest images are of all places that are asked for. */
    public Optional<Membership> smallestMembership() {
        return memberships.stream().min(Comparator.comparingLong(Membership::images));
    }

    /** Nothing of it but what the images are ordered by in this index. */
    public FilterSelection only(ListIndex index) {
        boolean isTime = index == ListIndex.UPLOAD_TIME;
        boolean isSize = index == ListIndex.FILE_SIZE;
        return new FilterSelection(
                null,
                List.of(),
                null,
                index == ListIndex.MIME_TYPE ? mimeType : null,
                isSize ? minSize : null,
                isSize ? maxSize : null,
                isTime ? uploadedFrom : null,
                isTime ? uploadedBefore : null,
                null,
                index == ListIndex.VISIBILITY ? visibility : null,
                List.of());
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
