package io.github.imagehost.rest.error;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * Everything that can go wrong for a client, with its status; the name in lower case is the code and the message's key.
 */
public enum ApiError {
    FILE_REQUIRED(HttpStatus.BAD_REQUEST),
    FILE_EMPTY(HttpStatus.BAD_REQUEST),
    NOT_MULTIPART(HttpStatus.BAD_REQUEST),
    BODY_INCOMPLETE(HttpStatus.BAD_REQUEST),
    MALFORMED_BASE64(HttpStatus.BAD_REQUEST),
    PATHS_NOT_READ(HttpStatus.BAD_REQUEST),
    TOO_MANY_FILES(HttpStatus.BAD_REQUEST),
    DIGEST_MISMATCH(HttpStatus.BAD_REQUEST),
    DIGESTS_REQUIRED(HttpStatus.BAD_REQUEST),
    TOO_MANY_DIGESTS(HttpStatus.BAD_REQUEST),
    FILE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    REQUEST_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    UNSUPPORTED_IMAGE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    IMAGE_UNUSUAL(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    IMAGE_TRUNCATED(HttpStatus.UNPROCESSABLE_CONTENT),
    IMAGE_MALFORMED(HttpStatus.UNPROCESSABLE_CONTENT),
    IMAGE_UNDECODABLE(HttpStatus.UNPROCESSABLE_CONTENT),
    IMAGE_TOO_SLOW(HttpStatus.UNPROCESSABLE_CONTENT),
    TRAILING_DATA(HttpStatus.UNPROCESSABLE_CONTENT),
    TOO_MANY_PIXELS(HttpStatus.CONTENT_TOO_LARGE),
    TOO_MANY_ANIMATION_PIXELS(HttpStatus.CONTENT_TOO_LARGE),
    SIDE_TOO_LONG(HttpStatus.CONTENT_TOO_LARGE),
    TOO_MANY_FRAMES(HttpStatus.CONTENT_TOO_LARGE),
    TOO_MANY_SCANS(HttpStatus.CONTENT_TOO_LARGE),
    TOO_MUCH_METADATA(HttpStatus.CONTENT_TOO_LARGE),
    FETCH_OFF(HttpStatus.FORBIDDEN),
    FETCH_FORBIDDEN(HttpStatus.FORBIDDEN),
    URL_REFUSED(HttpStatus.BAD_REQUEST),
    URL_UNREACHABLE(HttpStatus.UNPROCESSABLE_CONTENT),
    URL_TOO_SLOW(HttpStatus.UNPROCESSABLE_CONTENT),
    TOO_MANY_FETCHES(HttpStatus.SERVICE_UNAVAILABLE),
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST),
    INVALID_ID(HttpStatus.BAD_REQUEST),
    IMAGE_NOT_FOUND(HttpStatus.NOT_FOUND),
    IDS_REQUIRED(HttpStatus.BAD_REQUEST),
    TOO_MANY_IDS(HttpStatus.BAD_REQUEST),
    IMAGES_NOT_FOUND(HttpStatus.NOT_FOUND),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    EXPECTATION_FAILED(HttpStatus.EXPECTATION_FAILED),
    RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),
    HOST_REFUSED(HttpStatus.MISDIRECTED_REQUEST),
    LOGIN_REQUIRED(HttpStatus.UNAUTHORIZED),
    FORWARDED_REQUEST_REFUSED(HttpStatus.UNAUTHORIZED),
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED),
    TOKEN_EXPIRED(HttpStatus.UNAUTHORIZED),
    LOGIN_FAILED(HttpStatus.UNAUTHORIZED),
    LINK_EXPIRED(HttpStatus.GONE),
    INVITATION_EXPIRED(HttpStatus.GONE),
    LOGIN_INTERRUPTED(HttpStatus.BAD_REQUEST),
    IDENTITY_UNKNOWN(HttpStatus.FORBIDDEN),
    LOGIN_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    CREDENTIALS_DIFFER(HttpStatus.BAD_REQUEST),
    OWNER_SUSPENDED(HttpStatus.FORBIDDEN),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    ORIGIN_REFUSED(HttpStatus.FORBIDDEN),
    ADDRESS_REFUSED(HttpStatus.FORBIDDEN),
    CLIENT_UNKNOWN(HttpStatus.BAD_REQUEST),
    HOTLINK_REFUSED(HttpStatus.FORBIDDEN),
    QUOTA_EXCEEDED(HttpStatus.FORBIDDEN),
    SCOPE_MISSING(HttpStatus.FORBIDDEN),
    PASSWORD_WRONG(HttpStatus.FORBIDDEN),
    OBJECT_REQUIRED(HttpStatus.BAD_REQUEST),
    TOKEN_NOT_FOUND(HttpStatus.NOT_FOUND),
    INVITATION_NOT_FOUND(HttpStatus.NOT_FOUND),
    CLIENT_NOT_FOUND(HttpStatus.NOT_FOUND),
    OWNER_NOT_FOUND(HttpStatus.NOT_FOUND),
    ALBUM_NOT_FOUND(HttpStatus.NOT_FOUND),
    ALBUM_NAME_TAKEN(HttpStatus.CONFLICT),
    TOO_MANY_ALBUMS(HttpStatus.CONFLICT),
    TOO_MANY_TAGS(HttpStatus.CONFLICT),
    NAME_TAKEN(HttpStatus.CONFLICT),
    FIRST_OWNER_STAYS(HttpStatus.CONFLICT),
    PUBLIC_STORE(HttpStatus.CONFLICT),
    GUEST_OWNER(HttpStatus.CONFLICT),
    SIGNATURE_REQUIRED(HttpStatus.FORBIDDEN),
    CROSS_SITE_REFUSED(HttpStatus.FORBIDDEN),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_DOWNLOADS(HttpStatus.TOO_MANY_REQUESTS),
    UPLOAD_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
    REQUEST_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
    TOO_MANY_UPLOADS(HttpStatus.SERVICE_UNAVAILABLE),
    UPLOAD_BUSY(HttpStatus.SERVICE_UNAVAILABLE),
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    STORE_FULL(HttpStatus.INSUFFICIENT_STORAGE),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    ApiError(HttpStatus status) {
        this.status = status;
    }

    /** The error for a reason of the core's, which has the same code. */
    static ApiError of(UploadRefusedException refusal) {
        return valueOf(refusal.code().toUpperCase(Locale.ROOT));
    }

    /** The error for a link, which has the same code. */
    static ApiError of(FetchException failure) {
        return valueOf(failure.code().toUpperCase(Locale.ROOT));
    }

    /** The error for a credential that stands for nobody who may do anything. */
    public static ApiError of(CredentialRefusedException refusal) {
        return switch (refusal.reason()) {
            case INVALID -> TOKEN_INVALID;
            case EXPIRED -> TOKEN_EXPIRED;
            case OWNER_SUSPENDED -> OWNER_SUSPENDED;
        };
    }

    /** The error for a credential that is not good from where it was sent. */
    public static ApiError of(SourceRefusedException refusal) {
        return switch (refusal.reason()) {
            case ORIGIN -> ORIGIN_REFUSED;
            case ADDRESS -> ADDRESS_REFUSED;
        };
    }

    /** The status that the error is answered with. */
    public HttpStatus status() {
        return status;
    }

    /** What programs tell errors apart by; never changes. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
