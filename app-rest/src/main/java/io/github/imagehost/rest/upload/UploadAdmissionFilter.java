package io.github.imagehost.rest.upload;

import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the {@link UploadAdmission} of each upload, which lasts until its answer is sent. Strangers have a share of
 * it: guests, and those whose form has to tell who they are, until it does.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
class UploadAdmissionFilter extends OncePerRequestFilter {

    /** Strangers who take their time must not keep those out who may be here. */
    private static final int SHARE_OF_STRANGERS = 4;

    /** Nor must one of them keep out all others. */
    private static final int SHARE_OF_ONE_CLIENT = 4;

    /** As many times the picture in it. */
    private static final int LONGEST_LINK = 2;

    private static final String STRANGERS_PLACE = UploadAdmissionFilter.class.getName() + ".strangersPlace";

    private final UploadAdmission admission;
    private final ErrorResponses errors;
    private final long maxFileSize;
    private final long maxGuestFileSize;
    private final SharedPlaces<String> strangersPlaces;
    private final ClientAddresses addresses;

    UploadAdmissionFilter(
            UploadAdmission admission,
            ErrorResponses errors,
            UploadPolicy policy,
            GuestSettings guests,
            ClientAddresses addresses,
            ServiceSettings settings) {
        this.admission = admission;
        this.errors = errors;
        this.maxFileSize = policy.maxFileSize();
        this.maxGuestFileSize = guests.policy().maxFileSize();
        int places = Math.max(1, settings.uploadLimits().count() / SHARE_OF_STRANGERS);
        this.strangersPlaces = new SharedPlaces<>(places, Math.max(1, places / SHARE_OF_ONE_CLIENT));
        this.addresses = addresses;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !RequestPath.of(request).isUpload();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isByStranger(request)) {
            admit(request, response, chain);
            return;
        }
        Optional<Runnable> leave = strangersPlaces.enter(addresses.clientOf(request));
        if (leave.isEmpty()) {
            errors.write(request, response, ApiError.TOO_MANY_UPLOADS);
            return;
        }
        request.setAttribute(STRANGERS_PLACE, leave.get());
        try {
            admit(request, response, chain);
        } finally {
            leave.get().run();
        }
    }

    private static boolean isByStranger(HttpServletRequest request) {
        return RequestPrincipal.isByGuest(request) || RequestPrincipal.isAwaited(request);
    }

    /** The sender of this request is a stranger no more. */
    static void leaveStrangers(HttpServletRequest request) {
        if (request.getAttribute(STRANGERS_PLACE) instanceof Runnable leave) {
            leave.run();
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long room = room(request);
        Optional<ApiError> refusal = admission.enter(room);
        if (refusal.isPresent()) {
            errors.write(request, response, refusal.get());
            return;
        }
        try {
            chain.doFilter(request, response);
            // the server may end as soon as the last upload has left, even if the answer is not sent yet
            response.flushBuffer();
        } finally {
            admission.leave(room);
        }
    }

    /**
     * A request that does not say how long it is counts for all that may be kept of it, and so does a form that may
     * name a link.
     */
    private long room(HttpServletRequest request) {
        long file = RequestPrincipal.isByGuest(request) ? maxGuestFileSize : maxFileSize;
        long most = RequestPath.of(request).isUploadOfSeveral() ? UploadLimits.MAX_FILES * file : file;
        if (RequestPath.of(request).isUploadThatMayNameLink()) {
            return most;
        }
        long announced = request.getContentLengthLong();
        if (RequestPath.of(request).isUploadOfLink()) {
            // the text is kept until the picture that it stands for is there
            long text = LONGEST_LINK * file;
            return file + (announced < 0 ? text : Math.min(announced, text));
        }
        return announced < 0 ? most : Math.min(announced, most);
    }
}
