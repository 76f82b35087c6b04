package io.github.imagehost.core.view;

import io.github.imagehost.core.model.usage.Quota;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much an owner may have.
 *
 * @param images how many; null for any number
 * @param bytes how many all of them together; null for any number
 */
public record QuotaDetails(@Nullable Long images, @Nullable Long bytes) {

    /** This quota. */
    public static QuotaDetails of(Quota quota) {
        return new QuotaDetails(nullable(quota.images()), nullable(quota.bytes()));
    }

    private static @Nullable Long nullable(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
