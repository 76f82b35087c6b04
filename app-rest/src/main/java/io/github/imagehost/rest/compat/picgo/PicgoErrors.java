package io.github.imagehost.rest.compat.picgo;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorFormat;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Errors as PicGo's server tells them: why something is refused with the status of a success. */
@Component
final class PicgoErrors implements ErrorFormat {

    @Override
    public Protocol protocol() {
        return Protocol.PICGO;
    }

    @Override
    public Told tell(RequestPath path, ApiError error, int status, String message) {
        return new Told(ErrorFormat.isRefusal(error) ? HttpStatus.OK.value() : status, new Failure(false, message));
    }

    private record Failure(boolean success, String message) {}
}
