package io.github.imagehost.s3.testing;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket as the bare SDK gives it, over the HTTP client that the adapter uses: nothing is verified, limited in time
 * or tried in another way. What the adapter costs is measured beside it. Safe for use by many threads.
 */
public final class BareBucket implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    private final S3Client client;
    private final String bucket;

    private BareBucket(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * Opens a bucket that is there.
     *
     * @param settings what {@link S3TestServer#freshBucket} answered
     * @return the bucket, which the caller closes
     */
    public static BareBucket open(Map<String, String> settings) {
        S3Client client = S3Client.builder()
                .endpointOverride(URI.create(value(settings, "S3_ENDPOINT")))
                .region(Region.of(value(settings, "S3_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(value(settings, "S3_ACCESS_KEY"), value(settings, "S3_SECRET_KEY"))))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        service -> service.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
                .build();
        return new BareBucket(client, value(settings, "S3_BUCKET"));
    }

    /** Puts an object, by one request. */
    public void put(String key, byte[] bytes, String mimeType) {
        client.putObject(
                put -> put.bucket(bucket).key(key).contentType(mimeType),
                RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, mimeType));
    }

    @Override
    public void close() {
        client.close();
    }

    private static String value(Map<String, String> settings, String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The settings have no " + name);
        }
        return value;
    }
}
