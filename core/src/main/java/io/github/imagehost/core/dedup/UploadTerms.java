package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.Sharing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options of an upload: date, sharing, earlier tries.
 *
 * @param uploadedAt the date of the new image, made {@linkplain #legalDate legal}; the present if empty
 * @param sharing who may see the new image, until when, and how often
 * @param earlierFilenames what {@code beforeClaim} was told by earlier tries to upload the same bytes, all of which
 *     have come to their end, perhaps with the end of their process. What one of them has made is answered as if this
 *     upload made it, and what they left half done is given up
 * @param beforeClaim is told each filename before the repository is; an exception of it ends the upload
 */
public record UploadTerms(
        Optional<Instant> uploadedAt, Sharing sharing, List<String> earlierFilenames, Consumer<String> beforeClaim) {

    /** Uploads something now, for the first time. */
    public static final UploadTerms NOW =
            new UploadTerms(Optional.empty(), Sharing.UNLIMITED, List.of(), filename -> {});

    private static final Instant FIRST_DATE = Instant.EPOCH;
    private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59.999Z");

    public UploadTerms {
        uploadedAt = uploadedAt.map(UploadTerms::legalDate);
        earlierFilenames = List.copyOf(earlierFilenames);
    }

    /** Uploads something now, for the first time, and shares it in some way. */
    public static UploadTerms sharedAs(Sharing sharing) {
        return new UploadTerms(NOW.uploadedAt, sharing, NOW.earlierFilenames, NOW.beforeClaim);
    }

    /** Uploads something for the first time that has a date of its own. */
    public static UploadTerms dated(Instant uploadedAt) {
        return new UploadTerms(Optional.of(uploadedAt), NOW.sharing, NOW.earlierFilenames, NOW.beforeClaim);
    }

    /** The nearest date that an image can have: from 1970 to 9999, with milliseconds. */
    public static Instant legalDate(Instant date) {
        if (date.isBefore(FIRST_DATE)) {
            return FIRST_DATE;
        }
        return date.isAfter(LAST_DATE) ? LAST_DATE : date.truncatedTo(ChronoUnit.MILLIS);
    }
}
