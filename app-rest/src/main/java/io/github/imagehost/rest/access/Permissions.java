package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** Knows what the sender of a request may do. Safe for use by many threads. */
@Component
public final class Permissions {

    private final AccessMode mode;

    Permissions(AccessSettings settings) {
        this.mode = settings.mode();
    }

    /**
     * Goes on only if the sender may do all of this.
     *
     * @param scopes if there are none, a credential is enough, unless everybody may have it
     * @return the sender
     * @throws ApiException if nobody knows who it is, or if it may not
     */
    public Principal check(HttpServletRequest request, List<Scope> scopes) {
        Principal principal = RequestPrincipal.of(request)
                .orElseThrow(() -> new ApiException(
                        mode == AccessMode.LOCAL ? ApiError.FORWARDED_REQUEST_REFUSED : ApiError.LOGIN_REQUIRED));
        if (scopes.isEmpty() && principal.isShared()) {
            // what everybody may bring tells nobody of its owner
            throw new ApiException(ApiError.SCOPE_MISSING, Scope.READ.label());
        }
        for (Scope scope : scopes) {
            if (!principal.role().allows(scope)) {
                throw new ApiException(ApiError.FORBIDDEN);
            }
            if (!principal.may(scope)) {
                throw new ApiException(ApiError.SCOPE_MISSING, scope.label());
            }
        }
        return principal;
    }
}
