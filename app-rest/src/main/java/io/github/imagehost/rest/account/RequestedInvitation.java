package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.login.InvitationRequest;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads which invitation an administrator wants: <code>{"uses":5,"expiresIn":"7d","maxImages":1000}</code>. */
final class RequestedInvitation {

    private static final String USES = "uses";
    private static final String EXPIRES_IN = "expiresIn";

    /** What may be said of it. */
    static final List<String> FIELDS = List.of(USES, EXPIRES_IN, RequestedQuota.MAX_IMAGES, RequestedQuota.MAX_BYTES);

    private RequestedInvitation() {}

    /** @throws ApiException if it is not legal */
    static InvitationRequest read(JsonFields fields) {
        return new InvitationRequest(
                uses(fields), life(fields), RequestedQuota.read(fields).appliedTo(Quota.NONE));
    }

    private static int uses(JsonFields fields) {
        @Nullable JsonNode value = fields.get(USES);
        if (value == null) {
            return 1;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || !InvitationRequest.isLegalNumberOfUses(value.asInt())) {
            throw ApiException.illegalParameter(
                    USES, "legal.whole_number_between", "1", String.valueOf(InvitationRequest.MOST_USES));
        }
        return value.asInt();
    }

    private static Duration life(JsonFields fields) {
        return fields.parse(
                        EXPIRES_IN,
                        text -> TimeSpan.parse(text).filter(InvitationRequest::isLegalLife),
                        () -> ApiException.illegalParameter(
                                EXPIRES_IN, "legal.invitation_life", TimeSpan.describe(InvitationRequest.LONGEST_LIFE)))
                .orElse(InvitationRequest.DEFAULT_LIFE);
    }
}
