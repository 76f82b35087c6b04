package io.github.imagehost.s3;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.retry.RetryUtils;

/** What the failures of the SDK mean: whether to try again, and which exception of the port they are. */
final class S3Failures {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int EXPECTATION_FAILED = 417;
    private static final Set<Integer> PASSING_STATUS = Set.of(
            HttpURLConnection.HTTP_CLIENT_TIMEOUT,
            TOO_MANY_REQUESTS,
            EXPECTATION_FAILED,
            HttpURLConnection.HTTP_INTERNAL_ERROR,
            HttpURLConnection.HTTP_BAD_GATEWAY,
            HttpURLConnection.HTTP_UNAVAILABLE,
            HttpURLConnection.HTTP_GATEWAY_TIMEOUT);

    /**
     * Errors that are over later though their status says otherwise; the first four mean bytes damaged on their way,
     * and expired tokens are followed by others.
     */
    private static final Set<String> PASSING_CODES = Set.of(
            "BadDigest",
            "IncompleteBody",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch",
            "RequestTimeout",
            "ExpiredToken",
            "SlowDown");

    private static final int INSUFFICIENT_STORAGE = 507;

    /**
     * What stores answer that have no room or whose quota is used up, whatever the status: MinIO (the first two), Ceph
     * and Versity, NooBaa, AWS Outposts.
     */
    private static final Set<String> FULL_CODES = Set.of(
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
            "QuotaExceeded",
            "ObjectQuotaExceeded",
            "InsufficientCapacity");

    private static final Set<String> CONCURRENT_WRITE_CODES = Set.of("ConditionalRequestConflict", "OperationAborted");

    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([^']*)'");

    private S3Failures() {}

    /**
     * Whether the SDK should send the request again. Never after a timeout: whoever has waited that long shall get an
     * answer.
     */
    static boolean isWorthRetrying(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer == null
                ? isBrokenConnection(failure)
                : !isFull(answer) && find(failure, StoreException.class) == null && isTransient(answer);
    }

    /** The same failure in the words of the port. */
    static StoreException translate(String action, RuntimeException failure) {
        StoreException ours = find(failure, StoreException.class);
        if (ours != null) {
            return ours;
        }
        AwsServiceException answer = find(failure, AwsServiceException.class);
        String message = "Can't " + action + ": " + reason(failure);
        if (isFull(failure)) {
            return new StoreFullException(message, failure);
        }
        boolean passing = answer == null
                ? isTimeout(failure)
                        || find(failure, IOException.class) != null
                        || find(failure, NoAccessKeyException.class) != null
                : isTransient(answer);
        return passing ? new StoreUnavailableException(message, failure) : new StoreException(message, failure);
    }

    /** The same failure in the words of the port, where it was about one object. */
    static StoreException translate(String action, ObjectKey key, RuntimeException failure) {
        return isAbsence(failure)
                ? new ObjectNotFoundException("There is no object " + key, failure)
                : translate(action + " " + key, failure);
    }

    /** What went wrong, in plain words without addresses. */
    static String reason(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        if (answer != null) {
            if (isClockSkew(answer)) {
                return "the clocks of this machine and of the store differ too much";
            }
            return (isFull(answer) ? "the store is full: it answers " : "the store answers ")
                    + answer.statusCode()
                    + code(answer).map(code -> " " + code).orElse("");
        }
        if (find(failure, NoAccessKeyException.class) != null) {
            return "no access key is set, and none was found";
        }
        if (find(failure, AbortedException.class) != null) {
            return "the thread was interrupted";
        }
        if (isTimeout(failure)) {
            return "the store does not answer in time";
        }
        return find(failure, IOException.class) != null
                ? "the connection to the store failed"
                : "the request or its answer makes no sense to the S3 client";
    }

    /** Whether the store answered anything at all, and did not merely ask to be left alone for a while. */
    static boolean isAnswered(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null
                && answer.statusCode() != HttpURLConnection.HTTP_UNAVAILABLE
                && answer.statusCode() != TOO_MANY_REQUESTS
                && !hasCode(answer, "SlowDown");
    }

    /** Whether the store has no room for what it was to keep. */
    static boolean isFull(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null
                && (answer.statusCode() == INSUFFICIENT_STORAGE
                        || code(answer).filter(FULL_CODES::contains).isPresent());
    }

    /** Whether nothing was answered because the connection broke, or seems to have been. */
    static boolean isBrokenConnection(Throwable failure) {
        return find(failure, AwsServiceException.class) == null
                && find(failure, StoreException.class) == null
                && find(failure, IOException.class) != null
                && find(failure, NoAccessKeyException.class) == null
                && !isTimeout(failure);
    }

    /**
     * Whether the store refused without a reason, because it was asked by a HEAD request, whose answers have no body.
     */
    static boolean isRefusedWithoutReason(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null && answer.statusCode() == HttpURLConnection.HTTP_FORBIDDEN && !isClockSkew(answer);
    }

    /** Whether there is no object under the key that was asked for. */
    static boolean isAbsence(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null
                && answer.statusCode() == HttpURLConnection.HTTP_NOT_FOUND
                && !hasCode(answer, "NoSuchBucket");
    }

    /** Whether a put was refused because there is, or is just being written, something under its key. */
    static boolean isKeyTaken(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null
                && (answer.statusCode() == HttpURLConnection.HTTP_PRECON_FAILED || isConcurrentWrite(answer));
    }

    /** Whether the store does not know how to do it. */
    static boolean isNotImplemented(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null
                && (answer.statusCode() == HttpURLConnection.HTTP_NOT_IMPLEMENTED || hasCode(answer, "NotImplemented"));
    }

    /** Whether the store's answer has one of these S3 error codes. */
    static boolean hasCode(Throwable failure, String... codes) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null && code(answer).filter(Set.of(codes)::contains).isPresent();
    }

    /** The region that the store says a request should have been signed for. */
    static Optional<String> region(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        if (answer == null || answer.awsErrorDetails() == null) {
            return Optional.empty();
        }
        AwsErrorDetails details = answer.awsErrorDetails();
        return Optional.ofNullable(details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                // the SDK does not pass the element on that names it
                .or(() -> Optional.ofNullable(details.errorMessage())
                        .map(EXPECTED_REGION::matcher)
                        .filter(Matcher::find)
                        .map(expected -> expected.group(1)))
                // what comes from elsewhere gets into messages only if it can be one
                .filter(S3Settings::isRegion);
    }

    /** Whether the clocks of this machine and of the store differ too much. */
    static boolean isClockSkew(Throwable failure) {
        AwsServiceException answer = find(failure, AwsServiceException.class);
        return answer != null && RetryUtils.isClockSkewException(answer);
    }

    /** The first exception of this type among a failure and its causes. */
    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static boolean isTimeout(Throwable failure) {
        // the first is what sockets and the pool of connections throw
        return find(failure, InterruptedIOException.class) != null
                || find(failure, ApiCallTimeoutException.class) != null
                || find(failure, ApiCallAttemptTimeoutException.class) != null
                || find(failure, AbortedException.class) != null;
    }

    private static boolean isTransient(AwsServiceException answer) {
        return isPassing(answer) || isConcurrentWrite(answer);
    }

    private static boolean isPassing(AwsServiceException answer) {
        return PASSING_STATUS.contains(answer.statusCode())
                || code(answer).filter(PASSING_CODES::contains).isPresent()
                || isClockSkew(answer);
    }

    private static boolean isConcurrentWrite(AwsServiceException answer) {
        return code(answer).filter(CONCURRENT_WRITE_CODES::contains).isPresent();
    }

    private static Optional<String> code(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> !code.isBlank());
    }
}
