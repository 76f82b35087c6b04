package io.github.imagehost.rest.account;

import io.github.imagehost.core.model.Quota;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to become of a quota.
 *
 * @param images empty if that stays; empty within if there is to be no limit
 * @param bytes likewise
 */
record RequestedQuota(Optional<OptionalLong> images, Optional<OptionalLong> bytes) {

    static final String MAX_IMAGES = "maxImages";
    static final String MAX_BYTES = "maxBytes";

    /** @throws ApiException if it is not legal */
    static RequestedQuota read(JsonFields fields) {
        return new RequestedQuota(limit(fields, MAX_IMAGES), limit(fields, MAX_BYTES));
    }

    private static Optional<OptionalLong> limit(JsonFields fields, String name) {
        @Nullable JsonNode value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isNull()) {
            return Optional.of(OptionalLong.empty());
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw ApiException.illegalParameter(name, "legal.quota");
        }
        return Optional.of(OptionalLong.of(value.asLong()));
    }

    boolean changesSomething() {
        return images.isPresent() || bytes.isPresent();
    }

    Quota in(Quota old) {
        return new Quota(images.orElse(old.images()), bytes.orElse(old.bytes()));
    }
}
