package io.github.imagehost.rest.compat.chevereto;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorFormat;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Errors as Chevereto tells them: why something is refused with 400, whatever it is, and with codes of its own. */
@Component
final class CheveretoErrors implements ErrorFormat {

    private static final int KEY_REFUSED = 100;
    private static final int SOURCE_BROKEN = 120;
    private static final int SOURCE_MISSING = 130;

    @Override
    public Protocol protocol() {
        return Protocol.CHEVERETO;
    }

    @Override
    public Told tell(RequestPath path, ApiError error, int status, String message) {
        int told = ErrorFormat.isRefusal(error) ? HttpStatus.BAD_REQUEST.value() : status;
        HttpStatus known = HttpStatus.resolve(told);
        return new Told(
                told,
                new Failure(
                        told,
                        new Reason(message, codeOf(error, told)),
                        known == null ? String.valueOf(told) : known.getReasonPhrase()));
    }

    private static int codeOf(ApiError error, int status) {
        return switch (error) {
            case FILE_REQUIRED, FILE_EMPTY, NOT_MULTIPART, BODY_INCOMPLETE -> SOURCE_MISSING;
            case MALFORMED_BASE64, URL_REFUSED, URL_UNREACHABLE, URL_TOO_SLOW, FETCH_OFF, FETCH_FORBIDDEN ->
                SOURCE_BROKEN;
            default -> error.status() == HttpStatus.UNAUTHORIZED ? KEY_REFUSED : status;
        };
    }

    @JsonNaming(SnakeCaseStrategy.class)
    private record Failure(int statusCode, Reason error, String statusTxt) {}

    private record Reason(String message, int code) {}
}
