package io.github.imagehost.s3;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.useragent.BusinessMetricFeatureId;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Gives the access key that is set or else, again and again, the one that the SDK finds at the time: its default chain
 * looks into the environment, for a web identity, into profiles, and asks the container or the machine. Safe for use by
 * many threads at once.
 */
final class AccessKeys implements AwsCredentialsProvider, SdkAutoCloseable {

    /**
     * By what the SDK tells of a key: the first of the identifiers in its {@linkplain AwsCredentials#providerName
     * provider's name}.
     */
    private static final Map<String, String> PLACES = Map.of(
            BusinessMetricFeatureId.CREDENTIALS_JVM_SYSTEM_PROPERTIES.value(), "the system properties of Java",
            BusinessMetricFeatureId.CREDENTIALS_ENV_VARS.value(), "the environment (AWS_ACCESS_KEY_ID)",
            BusinessMetricFeatureId.CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN.value(), "the web identity",
            BusinessMetricFeatureId.CREDENTIALS_PROFILE.value(), "the profile",
            BusinessMetricFeatureId.CREDENTIALS_HTTP.value(), "the container",
            BusinessMetricFeatureId.CREDENTIALS_IMDS.value(), "the machine");

    private final AwsCredentialsProvider provider;

    private AccessKeys(AwsCredentialsProvider provider) {
        this.provider = provider;
    }

    static AccessKeys of(S3Settings settings) {
        return new AccessKeys(settings.accessKey()
                .map(AccessKeys::always)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
    }

    private static AwsCredentialsProvider always(AccessKey key) {
        AwsCredentials credentials = key.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.id(), key.secret(), token))
                .orElseGet(() -> AwsBasicCredentials.create(key.id(), key.secret()));
        return StaticCredentialsProvider.create(credentials);
    }

    /** @throws NoAccessKeyException if there is none */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new NoAccessKeyException(e);
        }
    }

    /**
     * Where the SDK has found the present key, in plain words.
     *
     * @throws NoAccessKeyException if there is none
     */
    String place() {
        String provider = resolveCredentials().providerName().orElse("");
        return Optional.ofNullable(PLACES.get(provider.split(",", 2)[0])).orElse("the AWS SDK's default chain");
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
