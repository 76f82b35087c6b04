package io.github.imagehost.rest.account;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.parameter.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads which events of the audit log a client wants. */
final class AuditParameters {

    private AuditParameters() {}

    /** @throws ApiException if one of them is not legal */
    static AuditQuery read(HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        return new AuditQuery(
                parameters.time("since"),
                parameters.time("until"),
                parameters.parse("owner", AuditParameters::owner, "legal.whole_number_from", "1"),
                parameters.parse("action", AuditAction::parse, "legal.one_of", String.join(", ", AuditAction.labels())),
                parameters.parse("cursor", text -> Optional.of(AuditCursor.decode(text)), "legal.audit_cursor"),
                parameters
                        .wholeNumber("limit", 1, AuditQuery.MAX_LIMIT)
                        .map(Long::intValue)
                        .orElse(AuditQuery.DEFAULT_LIMIT));
    }

    private static Optional<OwnerId> owner(String text) {
        return ImageIds.parse(text).stream().mapToObj(OwnerId::new).findFirst();
    }
}
