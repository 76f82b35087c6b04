package io.github.imagehost.rest.compat.easyimages;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorFormat;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Errors as EasyImages tells them: always with the status of a success, and with codes of its own. */
@Component
final class EasyImagesErrors implements ErrorFormat {

    private static final int CLOSED = 201;
    private static final int TOKEN_REFUSED = 202;
    private static final int TOKEN_EXPIRED = 203;
    private static final int NO_FILE = 204;
    private static final int FILE_REFUSED = 205;

    @Override
    public Protocol protocol() {
        return Protocol.EASYIMAGES;
    }

    @Override
    public Told tell(RequestPath path, ApiError error, int status, String message) {
        return new Told(HttpStatus.OK.value(), new Failure("failed", codeOf(error), message));
    }

    private static int codeOf(ApiError error) {
        return switch (error) {
            case TOKEN_EXPIRED -> TOKEN_EXPIRED;
            case FILE_REQUIRED, FILE_EMPTY, NOT_MULTIPART, BODY_INCOMPLETE -> NO_FILE;
            case QUOTA_EXCEEDED -> FILE_REFUSED;
            default ->
                switch (error.status()) {
                    case UNAUTHORIZED, FORBIDDEN -> TOKEN_REFUSED;
                    case CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, UNPROCESSABLE_CONTENT -> FILE_REFUSED;
                    default -> error.status().is5xxServerError() ? CLOSED : HttpStatus.BAD_REQUEST.value();
                };
        };
    }

    private record Failure(String result, int code, String message) {}
}
