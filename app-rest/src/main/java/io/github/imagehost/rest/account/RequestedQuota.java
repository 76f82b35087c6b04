package io.github.imagehost.rest.account;

import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What clients say of quotas: what is absent stays, and null is no limit. */
final class RequestedQuota {

    static final String MAX_IMAGES = "maxImages";
    static final String MAX_BYTES = "maxBytes";

    private RequestedQuota() {}

    /** @throws ApiException if it is not legal */
    static Quota.Change read(JsonFields fields) {
        return new Quota.Change(limit(fields, MAX_IMAGES), limit(fields, MAX_BYTES));
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
}
