package io.github.imagehost.mysql.row.album;

import org.jspecify.annotations.Nullable;

/**
 * Which part of an album to read.
 *
 * @param manual whether in the order of positions; otherwise in that of uploads
 * @param shownOnly whether only what everybody may see
 * @param afterKey the cursor's key, in the type of its column; null to begin at the start
 * @param afterId the cursor's id
 */
public record PlaceSelection(
        boolean manual,
        boolean descending,
        boolean shownOnly,
        @Nullable Object afterKey,
        long afterId,
        int limit) {}
