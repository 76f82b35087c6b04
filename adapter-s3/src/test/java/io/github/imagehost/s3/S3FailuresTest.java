package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "502, ''",
        "503, SlowDown",
        "503, ''",
        "504, ''",
        "429, TooManyRequests",
        "408, ''",
        "400, RequestTimeout",
        "400, BadDigest",
        "409, ConditionalRequestConflict"
    })
    void anAnswerThatPassesIsWorthRetrying(int status, String code) {
        S3Exception answer = answer(status, code);

        assertThat(S3Failures.isWorthRetrying(answer)).isTrue();
        assertThat(S3Failures.translate("open", KEY, answer))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't open cat.png: the store answers " + (status + " " + code).strip())
                .hasCause(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequest",
        "403, AccessDenied",
        "403, ''",
        "404, NoSuchBucket",
        "409, BucketNotEmpty",
        "412, PreconditionFailed",
        "416, InvalidRange",
        "501, NotImplemented"
    })
    void aRefusalIsForGood(int status, String code) {
        S3Exception answer = answer(status, code);

        assertThat(S3Failures.isWorthRetrying(answer)).isFalse();
        assertThat(S3Failures.translate("open", KEY, answer))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't open cat.png: the store answers " + (status + " " + code).strip())
                .hasCause(answer);
    }

    @ParameterizedTest
    @CsvSource({"404, NoSuchKey", "404, ''"})
    void absenceNamesTheKey(int status, String code) {
        S3Exception answer = answer(status, code);

        assertThat(S3Failures.isWorthRetrying(answer)).isFalse();
        assertThat(S3Failures.translate("open", KEY, answer))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessage("There is no object cat.png")
                .hasCause(answer);
    }

    @Test
    void clocksThatDifferAreNamed() {
        S3Exception answer = answer(403, "RequestTimeTooSkewed");

        assertThat(S3Failures.isWorthRetrying(answer)).isTrue();
        assertThat(S3Failures.translate("open", KEY, answer))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't open cat.png: the clocks of this machine and of the store differ too much");
    }

    @Test
    void aBrokenConnectionIsWorthRetrying() {
        SdkClientException failure =
                SdkClientException.create("at s3.internal.example", new ConnectException("Connection refused"));

        assertThat(S3Failures.isWorthRetrying(failure)).isTrue();
        assertThat(S3Failures.translate("open", KEY, failure))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't open cat.png: the connection to the store failed")
                .hasCause(failure);
    }

    @Test
    void aTimeoutIsNotWorthRetryingNow() {
        for (RuntimeException failure : new RuntimeException[] {
            SdkClientException.create("at s3.internal.example", new SocketTimeoutException("Read timed out")),
            ApiCallTimeoutException.create(1000),
            ApiCallAttemptTimeoutException.create(1000)
        }) {
            assertThat(S3Failures.isWorthRetrying(failure)).isFalse();
            assertThat(S3Failures.translate("open", KEY, failure))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("Can't open cat.png: the store does not answer in time");
        }
    }

    @Test
    void anInterruptionIsNotWorthRetryingNow() {
        AbortedException failure = AbortedException.create("interrupted");

        assertThat(S3Failures.isWorthRetrying(failure)).isFalse();
        assertThat(S3Failures.translate("open", KEY, failure))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't open cat.png: the thread was interrupted");
    }

    @Test
    void whatIsOursAlreadyStaysAsItIs() {
        ContentMismatchException ours = new ContentMismatchException("other bytes", new IOException());
        SdkClientException wrapped = SdkClientException.create("at s3.internal.example", ours);

        assertThat(S3Failures.isWorthRetrying(wrapped)).isFalse();
        assertThat(S3Failures.translate("store", KEY, wrapped)).isSameAs(ours);
    }

    @Test
    void nonsenseIsForGood() {
        SdkClientException failure = SdkClientException.create("at s3.internal.example");

        assertThat(S3Failures.isWorthRetrying(failure)).isFalse();
        assertThat(S3Failures.translate("open", KEY, failure))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't open cat.png: the request or its answer makes no sense to the S3 client");
    }

    private static S3Exception answer(int status, String code) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .message("at s3.internal.example")
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
