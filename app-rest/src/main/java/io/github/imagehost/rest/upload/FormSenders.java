package io.github.imagehost.rest.upload;

import com.google.common.collect.ListMultimap;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.access.Permissions;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.RateLimits;
import io.github.imagehost.rest.guard.Senders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds out who sends a form by what is in it, and does then what otherwise is done before anything of a request is
 * read. Safe for use by many threads.
 */
@Component
final class FormSenders {

    /** The fields with a credential. */
    static final Set<String> FIELDS = Set.of("token", "key");

    private final Senders senders;
    private final Permissions permissions;
    private final RateLimits limits;

    FormSenders(Senders senders, Permissions permissions, RateLimits limits) {
        this.senders = senders;
        this.permissions = permissions;
        this.limits = limits;
    }

    /** The one who sends this request. */
    Sender of(HttpServletRequest request, HttpServletResponse response) {
        return new Sender(request, response);
    }

    /** Whoever sends a form. For one thread. */
    final class Sender {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private List<String> asked = List.of();

        private Sender(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        /**
         * Looks at what has come so far of the form.
         *
         * @throws ApiException if there is a credential by which nobody may upload, or not now
         */
        void read(ListMultimap<String, String> fields) {
            List<String> credentials = FIELDS.stream()
                    .flatMap(name -> fields.get(name).stream())
                    .distinct()
                    .toList();
            if (!credentials.equals(asked)) {
                asked = credentials;
                identify();
            }
        }

        /**
         * Who it is; to be asked when all of the form has come.
         *
         * @throws ApiException if nobody knows, or if he may not upload, or not now
         */
        Principal principal() {
            if (RequestPrincipal.isAwaited(request)) {
                identify();
            }
            return permissions.check(request, List.of(Scope.UPLOAD));
        }

        private void identify() {
            Optional<Principal> before = RequestPrincipal.of(request);
            senders.identifyByForm(request, asked).ifPresent(refusal -> {
                throw new ApiException(refusal);
            });
            Principal found = permissions.check(request, List.of(Scope.UPLOAD));
            if (before.equals(Optional.of(found))) {
                return;
            }
            if (!RequestPrincipal.isByGuest(request)) {
                UploadAdmissionFilter.leaveStrangers(request);
            }
            if (!limits.count(request, response)) {
                throw new ApiException(ApiError.RATE_LIMITED);
            }
        }
    }
}
