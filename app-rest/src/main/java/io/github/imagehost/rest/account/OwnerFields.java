package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.login.NewPassword;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.function.Supplier;

/** What clients say of owners in more than one place. */
final class OwnerFields {

    static final String NAME = "name";

    private OwnerFields() {}

    /**
     * What to call an owner.
     *
     * @return empty if it is not said
     * @throws ApiException if it is not legal
     */
    static Optional<OwnerName> name(JsonFields fields) {
        return fields.parse(NAME, text -> Optional.of(OwnerName.of(text)), OwnerFields::illegalName);
    }

    /** @throws ApiException if it is not said, or not legal */
    static OwnerName requiredName(JsonFields fields) {
        return name(fields).orElseThrow(OwnerFields::illegalName);
    }

    private static ApiException illegalName() {
        return ApiException.illegalParameter(NAME, "legal.owner_name");
    }

    /**
     * A password that an owner wants to have.
     *
     * @throws ApiException if it is not said, or not legal
     */
    static NewPassword newPassword(JsonFields fields, String field, OwnerName owner) {
        Supplier<ApiException> illegal = () -> ApiException.illegalParameter(
                field, "legal.password", String.valueOf(NewPassword.SHORTEST), String.valueOf(NewPassword.LONGEST));
        return fields.parse(field, text -> Optional.of(NewPassword.of(text, owner)), illegal)
                .orElseThrow(illegal);
    }
}
