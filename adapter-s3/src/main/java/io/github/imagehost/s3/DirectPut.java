package io.github.imagehost.s3;

import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts objects by the SDK's HTTP client and our signer alone. What the SDK does around them for each call costs more
 * than the request itself. Whatever may succeed if it is tried again is left to the SDK, which knows when. Safe for use
 * by many threads at once.
 */
final class DirectPut implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectPut.class);

    /** Buckets of other services of AWS than S3 itself: access points, Outposts, directories, tables. */
    private static final Pattern SIGNED_OTHERWISE = Pattern.compile(".*(-s3alias|--[a-z]+-s3|\\.mrap)");

    /** So long everybody goes to the SDK after a refusal that is over later: it waits, and learns the store's time. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final S3Settings settings;
    private final AwsCredentialsProvider keys;
    private final Optional<URI> bucket;
    private final AwsV4HttpSigner signer = PutSigner.scheme().signer();
    private final SdkHttpClient http;
    private final ScheduledExecutorService timers = S3Clients.timers();
    private volatile Deadline pause = Deadline.in(Duration.ZERO);

    /**
     * @param client knows where the bucket is, and stays the caller's
     * @param http stays the caller's, too
     */
    DirectPut(S3Settings settings, AwsCredentialsProvider keys, S3Client client, SdkHttpClient http) {
        this.settings = settings;
        this.keys = keys;
        this.bucket = bucket(client, settings.bucket());
        this.http = http;
    }

    /**
     * All names in it follow its own: they have no characters that would have to be written in another way. Empty where
     * the SDK signs in another way, or says what is wrong with the address whenever it is asked for something.
     */
    private static Optional<URI> bucket(S3Client client, String bucket) {
        if (SIGNED_OTHERWISE.matcher(bucket).matches()) {
            return Optional.empty();
        }
        String name = "name";
        try {
            String object = client.utilities()
                    .getUrl(request -> request.bucket(bucket).key(name))
                    .toExternalForm();
            return Optional.of(URI.create(object.substring(0, object.length() - name.length())));
        } catch (SdkException e) {
            log.debug("The SDK knows no address of the bucket", e);
            return Optional.empty();
        }
    }

    /**
     * Sends the bytes once.
     *
     * @param onlyIfAbsent whether the store is to refuse it if there is such an object
     * @return whether the store has said that it has them; otherwise it may have them, and the SDK should try
     * @throws SdkException if the store refuses them for good or does not answer in time
     * @throws StoreException if the bytes can't be read
     * @throws ContentMismatchException if they are not what is announced
     */
    boolean put(String name, ObjectContent content, PutBody body, boolean onlyIfAbsent, Duration limit) {
        if (bucket.isEmpty() || !pause.isOver() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        Deadline deadline = Deadline.in(limit);
        ExecutableHttpRequest request = http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed(unsigned(bucket.get(), name, content, onlyIfAbsent), body))
                .contentStreamProvider(body)
                .build());
        Future<?> abort = timers.schedule(request::abort, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return isStored(request.call());
        } catch (IOException | CancellationException e) {
            if (deadline.isOver()) {
                throw ApiCallAttemptTimeoutException.create(limit.toMillis());
            }
            if (e instanceof InterruptedIOException && !Thread.currentThread().isInterrupted()) {
                throw SdkClientException.create("The store does not answer in time", e);
            }
            log.debug("The SDK puts {} once more", name, e);
            return false;
        } finally {
            abort.cancel(false);
        }
    }

    private boolean isStored(HttpExecuteResponse response) throws IOException {
        try {
            if (response.httpResponse().isSuccessful()) {
                return true;
            }
            AwsServiceException refusal = ErrorAnswer.read(response);
            if (!S3Failures.isWorthRetrying(refusal)) {
                throw refusal;
            }
            pause = Deadline.in(PAUSE);
            return false;
        } finally {
            // so that the connection can be used again
            if (response.responseBody().isPresent()) {
                response.responseBody().get().close();
            }
        }
    }

    private SdkHttpRequest unsigned(URI bucket, String name, ObjectContent content, boolean onlyIfAbsent) {
        String digest = Base64.getEncoder().encodeToString(content.digest().bytes());
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(bucket)
                .encodedPath(bucket.getRawPath() + name)
                .putHeader("Content-Length", String.valueOf(content.size()))
                .putHeader("Content-Type", content.mimeType())
                .putHeader("Cache-Control", S3Bucket.CACHE_CONTROL)
                .putHeader(
                        "x-amz-meta-" + S3Bucket.DIGEST_METADATA,
                        content.digest().hex())
                .putHeader("x-amz-sdk-checksum-algorithm", "SHA256")
                .putHeader("x-amz-checksum-sha256", digest);
        if (onlyIfAbsent) {
            request.putHeader("If-None-Match", "*");
        }
        settings.acl().ifPresent(acl -> request.putHeader("x-amz-acl", acl));
        return request.build();
    }

    private SdkHttpRequest signed(SdkHttpRequest request, ContentStreamProvider body) {
        return signer.sign(SignRequest.builder(keys.resolveCredentials())
                        .request(request)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .build())
                .request();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
