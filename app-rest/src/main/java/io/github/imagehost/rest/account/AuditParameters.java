package io.github.imagehost.rest.account;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/** Reads which events of the audit log a client wants. */
final class AuditParameters {

    private AuditParameters() {}

    /** @throws ApiException if one of them is not legal */
    static AuditQuery read(HttpServletRequest request) {
        return new AuditQuery(
                parse(request, "since", AuditParameters::time, "legal.time"),
                parse(request, "until", AuditParameters::time, "legal.time"),
                parse(request, "owner", AuditParameters::owner, "legal.whole_number_from", "1"),
                parse(request, "action", AuditAction::parse, "legal.one_of", String.join(", ", AuditAction.labels())),
                parse(request, "cursor", AuditParameters::cursor, "legal.audit_cursor"),
                parse(
                                request,
                                "limit",
                                AuditParameters::limit,
                                "legal.whole_number_between",
                                "1",
                                String.valueOf(AuditQuery.MAX_LIMIT))
                        .orElse(AuditQuery.DEFAULT_LIMIT));
    }

    private static <T> Optional<T> parse(
            HttpServletRequest request,
            String name,
            Function<String, Optional<T>> parser,
            String legal,
            Object... arguments) {
        return Optional.ofNullable(request.getParameter(name))
                .map(text ->
                        parser.apply(text).orElseThrow(() -> ApiException.illegalParameter(name, legal, arguments)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(AuditQuery::isLegal);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<OwnerId> owner(String text) {
        return ImageIds.parse(text).stream().mapToObj(OwnerId::new).findFirst();
    }

    private static Optional<AuditCursor> cursor(String text) {
        try {
            return Optional.of(AuditCursor.decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> limit(String text) {
        return ImageIds.parse(text).stream()
                .filter(number -> number <= AuditQuery.MAX_LIMIT)
                .mapToObj(number -> (int) number)
                .findFirst();
    }
}
