package io.github.imagehost.s3;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Makes the SDK's clients so that they get along with stores other than AWS and never keep anybody waiting: a store
 * that is away, one that is silent, and a call that is answered but not done show within the {@link CallLimits}.
 */
final class S3Clients {

    private static final int MAX_CONNECTIONS = 64;
    // below the time after which routers and load balancers commonly forget a connection without a word
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);
    // so that a connection that is slow to break off does not keep the others waiting
    private static final int TIMER_THREADS = 2;
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

    private S3Clients() {}

    /**
     * A client, which the caller closes before what gives its keys.
     *
     * @param http stays the caller's
     */
    static S3Client client(S3Settings settings, CallLimits limits, AwsCredentialsProvider keys, SdkHttpClient http) {
        // some stores demand the checksum that the SDK no longer sends with a batch delete
        return new TimedClient(builder(settings, limits, keys).httpClient(http).addPlugin(LegacyMd5Plugin.create()));
    }

    /**
     * As the other, but its batch deletes have the checksum that the SDK sends of itself, and it has connections of its
     * own.
     */
    static S3Client clientWithoutMd5(S3Settings settings, CallLimits limits, AwsCredentialsProvider keys) {
        return new TimedClient(builder(settings, limits, keys).httpClientBuilder(httpClientBuilder(limits)));
    }

    private static S3ClientBuilder builder(S3Settings settings, CallLimits limits, AwsCredentialsProvider keys) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(keys)
                .putAuthScheme(PutSigner.scheme())
                .serviceConfiguration(serviceConfiguration(settings))
                // other stores do not know the checksums that the SDK would add by itself
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(calls -> calls.apiCallTimeout(shorter(limits.usual(), settings.callLimit()))
                        .apiCallAttemptTimeout(shorter(limits.silence(), settings.callLimit()))
                        .retryStrategy(retries())
                        // whoever runs this has no say in it through files in a home directory
                        .defaultProfileFile(ProfileFile.aggregator().build()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    static S3Presigner presigner(S3Settings settings, AwsCredentialsProvider keys) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(keys)
                .serviceConfiguration(serviceConfiguration(settings));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static S3Configuration serviceConfiguration(S3Settings settings) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(settings.pathStyle())
                // a body signed in one piece is understood everywhere
                .chunkedEncodingEnabled(false)
                // a store that does not know the question would cost the three seconds that the HTTP client waits for
                // an answer
                .expectContinueEnabled(false)
                .build();
    }

    /** The connections of one client or more. */
    static SdkHttpClient httpClient(CallLimits limits) {
        return httpClientBuilder(limits).build();
    }

    private static SdkHttpClient.Builder<?> httpClientBuilder(CallLimits limits) {
        return Apache5HttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(limits.connect())
                .connectionAcquisitionTimeout(limits.connect())
                .socketTimeout(limits.silence())
                .expectContinueEnabled(false)
                .connectionMaxIdleTime(MAX_IDLE);
    }

    /** Timers that forget what is cancelled. */
    static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
                TIMER_THREADS,
                new ThreadFactoryBuilder()
                        .setNameFormat("s3-timer-%d")
                        .setDaemon(true)
                        .build());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    private static RetryStrategy retries() {
        return StandardRetryStrategy.builder()
                .maxAttempts(MAX_ATTEMPTS)
                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
                .retryOnException(S3Failures::isWorthRetrying)
                // the SDK's own conditions would be added otherwise, and they repeat what timed out
                .useClientDefaults(false)
                .build();
    }

    /**
     * A client whose timers forget a call when it is over. The SDK's own would hold on to each until its time limit has
     * passed, and then wake up for nothing.
     */
    private static final class TimedClient extends DelegatingS3Client {

        private final ScheduledExecutorService timers;

        TimedClient(S3ClientBuilder builder) {
            this(builder, timers());
        }

        private TimedClient(S3ClientBuilder builder, ScheduledExecutorService timers) {
            super(builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                            .scheduledExecutorService(timers)
                            .build())
                    .build());
            this.timers = timers;
        }

        @Override
        public void close() {
            super.close();
            timers.shutdownNow();
        }
    }
}
