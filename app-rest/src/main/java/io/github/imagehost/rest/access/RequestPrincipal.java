package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Notes of a request who sent it. */
public final class RequestPrincipal {

    private static final String ATTRIBUTE = RequestPrincipal.class.getName();

    private static final String IN_FORM = ATTRIBUTE + ".inForm";

    private static final String ENDED_SESSION = ATTRIBUTE + ".endedSession";

    private RequestPrincipal() {}

    /** It was sent by this one. */
    public static void set(HttpServletRequest request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }

    /** Who sent it; empty if nobody knows. */
    public static Optional<Principal> of(HttpServletRequest request) {
        return Optional.ofNullable((Principal) request.getAttribute(ATTRIBUTE));
    }

    /** Whether it was sent by somebody without a credential, who may upload all the same. */
    public static boolean isByGuest(HttpServletRequest request) {
        return of(request).map(Principal::role).equals(Optional.of(Role.GUEST));
    }

    /** Who sent it may be said in its form, and is said nowhere else. */
    public static void awaitForm(HttpServletRequest request) {
        request.setAttribute(IN_FORM, true);
    }

    /** Whether nobody knows who sent it before its form is read. */
    public static boolean isAwaited(HttpServletRequest request) {
        return request.getAttribute(IN_FORM) != null && of(request).isEmpty();
    }

    /** It brought a session that goes on no more, and nothing else, unless there is something in its form. */
    public static void setEndedSession(HttpServletRequest request) {
        request.setAttribute(ENDED_SESSION, true);
    }

    /** Whether it brought a session that goes on no more, and nothing else, unless there is something in its form. */
    public static boolean isInEndedSession(HttpServletRequest request) {
        return request.getAttribute(ENDED_SESSION) != null;
    }
}
