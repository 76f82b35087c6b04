package io.github.imagehost.core.model.usage;

import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.usage.Statistics.Share;
import java.util.List;

/**
 * What one owner has, as it was uploaded. Nothing of it depends on what others have.
 *
 * @param usage all of it, counted exactly
 * @param types images by media type, the most frequent first
 * @param visibilities images by who may see them, as {@link Visibility#label()} writes it, the most frequent first
 * @param months images by the month of their upload, such as {@code 2026-11} in UTC, the earliest first
 * @param isEstimate whether these shares are only about right; never so up to {@value ImagePage#EXACT_TOTAL} images
 */
public record OwnerStatistics(
        Usage usage, List<Share> types, List<Share> visibilities, List<Share> months, boolean isEstimate) {

    public OwnerStatistics {
        types = List.copyOf(types);
        visibilities = List.copyOf(visibilities);
        months = List.copyOf(months);
    }
}
