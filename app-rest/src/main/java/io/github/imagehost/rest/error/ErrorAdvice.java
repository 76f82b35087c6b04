package io.github.imagehost.rest.error;

import io.github.imagehost.core.ImageNotFoundException;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.album.AlbumLedger;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns every exception into its answer, in one place; what a client sees never says how the service works inside. */
@RestControllerAdvice
public class ErrorAdvice {

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** How long whoever was wrong too often has to wait until he may try to log in again. */
    public static final Duration RETRY_LOGIN_AFTER = Duration.ofMinutes(10);

    /** What a client is to bring, see RFC 6750. */
    static final String CHALLENGE = "Bearer realm=\"imagehost\"";

    private static final Set<HttpStatus> ENDS_SOON =
            Set.of(HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.TOO_MANY_REQUESTS);

    private final Messages messages;
    private final ErrorFormats formats;

    ErrorAdvice(Messages messages, ErrorFormats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    /**
     * What an exception means to a client.
     *
     * @param error which error it is
     * @param arguments what the message's place-holders stand for
     */
    public record Problem(ApiError error, List<Object> arguments) {

        static Problem of(ApiError error, Object... arguments) {
            return new Problem(error, List.of(arguments));
        }
    }

    @ExceptionHandler
    ResponseEntity<?> handle(Exception exception, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            // too late for another answer: the server breaks the connection off, so that the client notices
            throw exception;
        }
        if (exception instanceof HttpRequestMethodNotSupportedException unsupported) {
            response.setHeader(HttpHeaders.ALLOW, allowed(unsupported));
        }
        Problem problem = problemOf(request, exception);
        boolean saysWhen = response.containsHeader(HttpHeaders.RETRY_AFTER);
        return respond(request, problem, null, saysWhen ? Optional.empty() : waitAfter(problem.error()));
    }

    private static Optional<Duration> waitAfter(ApiError error) {
        if (!ENDS_SOON.contains(error.status())) {
            return Optional.empty();
        }
        return Optional.of(error == ApiError.LOGIN_LIMITED ? RETRY_LOGIN_AFTER : RETRY_AFTER);
    }

    private static String allowed(HttpRequestMethodNotSupportedException exception) {
        Set<HttpMethod> supported = exception.getSupportedHttpMethods();
        Set<String> names = new TreeSet<>();
        if (supported != null) {
            supported.forEach(method -> names.add(method.name()));
        }
        if (names.contains(HttpMethod.GET.name())) {
            names.add(HttpMethod.HEAD.name());
        }
        return String.join(", ", names);
    }

    /**
     * Answers with an error.
     *
     * @param data of the envelope
     */
    public ResponseEntity<?> respond(HttpServletRequest request, Problem problem, @Nullable Object data) {
        return respond(request, problem, data, waitAfter(problem.error()));
    }

    private ResponseEntity<?> respond(
            HttpServletRequest request, Problem problem, @Nullable Object data, Optional<Duration> wait) {
        String message = messages.text(request, problem.error(), problem.arguments());
        HttpStatus status = problem.error().status();
        RequestRecord.of(request).answeredWith(problem.error().code(), status.value());
        ErrorFormat.Told told = formats.tell(request, problem.error(), status.value(), message, data);
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(told.status()).contentType(MediaType.APPLICATION_JSON);
        wait.ifPresent(time -> response.header(HttpHeaders.RETRY_AFTER, String.valueOf(time.toSeconds())));
        if (status == HttpStatus.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (status == HttpStatus.REQUEST_TIMEOUT) {
            response.header(HttpHeaders.CONNECTION, "close");
        }
        return response.body(told.body());
    }

    /** What an exception means to a client; what only the administrator may know is noted in the request's record. */
    public Problem problemOf(HttpServletRequest request, Exception exception) {
        if (exception instanceof ApiException refused) {
            return new Problem(refused.error(), refused.arguments());
        }
        if (exception instanceof UploadRefusedException refusal) {
            return Problem.of(ApiError.of(refusal), argumentsOf(refusal));
        }
        if (exception instanceof FetchException failure) {
            return Problem.of(ApiError.of(failure), reasonOf(failure));
        }
        if (exception instanceof RequesterGoneException) {
            // nobody reads the answer
            return Problem.of(ApiError.BODY_INCOMPLETE);
        }
        if (exception instanceof UndecodableImageException) {
            return Problem.of(ApiError.IMAGE_UNDECODABLE);
        }
        if (exception instanceof ImageNotFoundException) {
            return Problem.of(ApiError.IMAGE_NOT_FOUND);
        }
        if (exception instanceof CredentialRefusedException refusal) {
            return Problem.of(ApiError.of(refusal));
        }
        if (exception instanceof SourceRefusedException refusal) {
            return Problem.of(ApiError.of(refusal));
        }
        if (exception instanceof GuestOwnerException) {
            return Problem.of(ApiError.GUEST_OWNER);
        }
        if (exception instanceof QuotaExceededException) {
            return Problem.of(ApiError.QUOTA_EXCEEDED);
        }
        if (exception instanceof NameTakenException) {
            return Problem.of(ApiError.NAME_TAKEN);
        }
        if (exception instanceof AlbumNameTakenException) {
            return Problem.of(ApiError.ALBUM_NAME_TAKEN);
        }
        if (exception instanceof TooManyAlbumsException) {
            return Problem.of(ApiError.TOO_MANY_ALBUMS, String.valueOf(AlbumLedger.MOST_ALBUMS));
        }
        if (exception instanceof TooManyTagsException) {
            return Problem.of(ApiError.TOO_MANY_TAGS, String.valueOf(Tag.MOST_OF_AN_IMAGE));
        }
        if (exception instanceof UploadBusyException) {
            return Problem.of(ApiError.UPLOAD_BUSY);
        }
        if (exception instanceof StoreFullException) {
            RequestRecord.of(request).failedBy(exception);
            return Problem.of(ApiError.STORE_FULL);
        }
        if (exception instanceof Retryable) {
            RequestRecord.of(request).failedBy(exception);
            return Problem.of(ApiError.SERVICE_UNAVAILABLE);
        }
        if (exception instanceof InvalidParameterException) {
            return Problem.of(ApiError.BAD_REQUEST);
        }
        if (exception instanceof ErrorResponse response) {
            ApiError error = errorOf(response.getStatusCode().value());
            if (error == ApiError.INTERNAL_ERROR) {
                RequestRecord.of(request).brokenBy(exception);
            }
            return Problem.of(error);
        }
        RequestRecord.of(request).brokenBy(exception);
        return Problem.of(ApiError.INTERNAL_ERROR);
    }

    /**
     * What would have been legal, for the message, and what there was instead; nothing where that goes without saying.
     */
    private static Object[] argumentsOf(UploadRefusedException refusal) {
        if (refusal instanceof UploadTooLargeException tooLarge) {
            return new Object[] {String.valueOf(tooLarge.maxFileSize())};
        }
        if (refusal instanceof UnsupportedImageException unsupported) {
            String found =
                    unsupported.mediaType().map(type -> " (" + type + ")").orElse("");
            return new Object[] {unsupported.allowedMimeTypes(), found};
        }
        return refusal instanceof ImageTooComplexException tooComplex
                ? new Object[] {String.valueOf(tooComplex.limit())}
                : new Object[0];
    }

    private static Object reasonOf(FetchException failure) {
        String key = "fetch." + failure.reason().name().toLowerCase(Locale.ROOT);
        return new DefaultMessageSourceResolvable(new String[] {key}, new Object[] {failure.detail()});
    }

    /** The error for a status that the framework or the server has chosen. */
    static ApiError errorOf(int status) {
        return switch (status) {
            case 404 -> ApiError.NOT_FOUND;
            case 405 -> ApiError.METHOD_NOT_ALLOWED;
            case 413 -> ApiError.REQUEST_TOO_LARGE;
            case 417 -> ApiError.EXPECTATION_FAILED;
            case 503 -> ApiError.SERVICE_UNAVAILABLE;
            // a method or a version of HTTP that nobody implements is the client's mistake
            case 501, 505 -> ApiError.BAD_REQUEST;
            default -> status < 500 ? ApiError.BAD_REQUEST : ApiError.INTERNAL_ERROR;
        };
    }
}
