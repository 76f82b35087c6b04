package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorFormat;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Errors as Lsky Pro tells them: why an upload or a login is refused with the status of a success, since its clients
 * show the message only then, and all others with their own.
 */
@Component
final class LskyErrors implements ErrorFormat {

    @Override
    public Protocol protocol() {
        return Protocol.LSKY;
    }

    @Override
    public Told tell(RequestPath path, ApiError error, int status, String message) {
        boolean looksLikeSuccess = (path.isUpload() && ErrorFormat.isRefusal(error)) || error == ApiError.LOGIN_FAILED;
        return new Told(looksLikeSuccess ? HttpStatus.OK.value() : status, LskyEnvelope.failure(message));
    }
}
