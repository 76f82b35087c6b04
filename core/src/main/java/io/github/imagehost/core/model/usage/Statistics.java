package io.github.imagehost.core.model.usage;

import java.util.List;

/**
 * How much a host keeps, for all owners together.
 *
 * @param images how many there are, those included that were folded into others when they were adopted
 * @param imageBytes how many bytes they have together, as they were uploaded
 * @param blobs how many different contents they have
 * @param blobBytes how many bytes these have together, as they were uploaded: what is less than {@code imageBytes} is
 *     saved
 * @param storedBytes how many bytes the objects of these have together
 * @param derived how many objects go with others: variants, and copies that were adopted
 * @param derivedBytes how many bytes these have together
 * @param missing how many contents are known not to be in the store
 * @param unfinished how many uploads have a reservation
 * @param condemned how many objects wait to be deleted
 * @param types images by media type, the most frequent first
 * @param months images by the month of their upload, such as {@code 2026-11} in UTC, the earliest first
 */
public record Statistics(
        long images,
        long imageBytes,
        long blobs,
        long blobBytes,
        long storedBytes,
        long derived,
        long derivedBytes,
        long missing,
        long unfinished,
        long condemned,
        List<Share> types,
        List<Share> months) {

    public Statistics {
        types = List.copyOf(types);
        months = List.copyOf(months);
    }

    /**
     * Images that have something in common.
     *
     * @param name what that is
     * @param images how many they are
     * @param bytes how many they have together, as they were uploaded
     */
    public record Share(String name, long images, long bytes) {}
}
