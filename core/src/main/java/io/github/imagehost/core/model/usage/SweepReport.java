package io.github.imagehost.core.model.usage;

/**
 * What a sweep did.
 *
 * @param endedImages how many images were removed because their end had come
 * @param expiredReservations how many reservations were condemned because their lease had run out
 * @param deletedObjects how many condemned objects are gone from the store
 * @param failedObjects how many the store did not delete; a later sweep tries again
 */
public record SweepReport(int endedImages, int expiredReservations, int deletedObjects, int failedObjects) {}
