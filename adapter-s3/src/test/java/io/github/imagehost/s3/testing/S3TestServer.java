package io.github.imagehost.s3.testing;

import com.google.common.collect.Sets;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server for tests. {@link #shared()} is one for the whole JVM, usually S3Proxy in a process of its own; the
 * environment variables {@code IMAGEHOST_TEST_S3_ENDPOINT}, {@code IMAGEHOST_TEST_S3_ACCESS_KEY},
 * {@code IMAGEHOST_TEST_S3_SECRET_KEY} and, if need be, {@code IMAGEHOST_TEST_S3_REGION} name another one to use
 * instead; its buckets are deleted at the end. {@link #dedicated()} is one that a test may stop and start again. Safe
 * for use by many threads at once.
 */
public final class S3TestServer implements AutoCloseable {

    private static final String ENVIRONMENT = "IMAGEHOST_TEST_S3_";
    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret";

    private final URI endpoint;
    private final String region;
    private final String accessKey;
    private final String secretKey;
    private final @Nullable S3ProxyProcess process;
    private final Queue<String> buckets = new ConcurrentLinkedQueue<>();

    private S3TestServer(
            URI endpoint, String region, String accessKey, String secretKey, @Nullable S3ProxyProcess process) {
        this.endpoint = endpoint;
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.process = process;
    }

    /** The server that all tests of this JVM share; started when it is first asked for, ended with the JVM. */
    public static S3TestServer shared() {
        return Shared.SERVER;
    }

    /**
     * A server of one's own, started and empty, which keeps its port and its objects when it is stopped and started
     * again. It is S3Proxy in any case. The caller closes it.
     */
    public static S3TestServer dedicated() {
        try {
            S3ProxyProcess process = S3ProxyProcess.create(ACCESS_KEY, SECRET_KEY);
            process.start();
            return new S3TestServer(process.endpoint(), S3Settings.DEFAULT_REGION, ACCESS_KEY, SECRET_KEY, process);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't start S3Proxy", e);
        }
    }

    /** Where the server listens. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * A new, empty bucket.
     *
     * @return the settings to use it: {@code S3_ENDPOINT}, {@code S3_REGION}, {@code S3_BUCKET}, {@code S3_ACCESS_KEY},
     *     {@code S3_SECRET_KEY}; may be changed
     */
    public Map<String, String> freshBucket() {
        String bucket = "test-" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(create -> create.bucket(bucket));
        }
        buckets.add(bucket);
        return new HashMap<>(Map.of(
                "S3_ENDPOINT", endpoint.toString(),
                "S3_REGION", region,
                "S3_BUCKET", bucket,
                "S3_ACCESS_KEY", accessKey,
                "S3_SECRET_KEY", secretKey));
    }

    /** The settings to use a new, empty bucket. */
    public S3Settings freshBucketSettings() {
        return S3Settings.from(Settings.of(freshBucket()));
    }

    /** A plain client of the SDK, to look at what the code under test did. The caller closes it. */
    public S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /**
     * Puts other bytes where an object is, and leaves everything that is known of it as it was, as a failing disk does.
     */
    public void damage(String bucket, String name, byte[] bytes) {
        try (S3Client client = client()) {
            Map<String, String> metadata =
                    client.headObject(head -> head.bucket(bucket).key(name)).metadata();
            client.putObject(put -> put.bucket(bucket).key(name).metadata(metadata), RequestBody.fromBytes(bytes));
        }
    }

    /** The bytes of an object. */
    public byte[] get(String bucket, String key) {
        try (S3Client client = client()) {
            return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
        }
    }

    /** Puts an object as somebody else would. */
    public void put(String bucket, String key, byte[] bytes) {
        try (S3Client client = client()) {
            client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
        }
    }

    /**
     * Puts an object whose name not every store takes; what a store makes of it under another name is deleted again.
     *
     * @return whether there is an object of this name now
     */
    public boolean putIfNameIsLegal(String bucket, String name, byte[] bytes) {
        Set<String> added;
        try (S3Client client = client()) {
            Set<String> before = objects(bucket).keySet();
            client.putObject(put -> put.bucket(bucket).key(name), RequestBody.fromBytes(bytes));
            added = Sets.difference(objects(bucket).keySet(), before).immutableCopy();
            if (!added.contains(name)) {
                added.forEach(other ->
                        client.deleteObject(delete -> delete.bucket(bucket).key(other)));
            }
        } catch (SdkException e) {
            return false;
        }
        return added.contains(name);
    }

    /** All objects in a bucket, each with the time at which it was put. */
    public Map<String, Instant> objects(String bucket) {
        Map<String, Instant> objects = new HashMap<>();
        try (S3Client client = client()) {
            client.listObjectsV2Paginator(list -> list.bucket(bucket))
                    .contents()
                    .forEach(object -> objects.put(object.key(), object.lastModified()));
        }
        return objects;
    }

    /**
     * Kills the server; returns when it is gone.
     *
     * @throws IllegalStateException if it is not a dedicated one
     */
    public void stop() {
        own().stop();
    }

    /**
     * Starts the server again after a {@link #stop()}, with the same port and the objects it had; returns when it
     * answers.
     *
     * @throws IllegalStateException if it is not a dedicated one
     */
    public void start() {
        try {
            own().start();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't start S3Proxy again", e);
        }
    }

    /**
     * Ends a dedicated server and forgets its objects; may be repeated.
     *
     * @throws IllegalStateException if it is not a dedicated one
     */
    @Override
    public void close() {
        own().close();
    }

    private S3ProxyProcess own() {
        S3ProxyProcess own = process;
        if (own == null) {
            throw new IllegalStateException("Others use this server too: only a dedicated one can be stopped");
        }
        return own;
    }

    private static S3TestServer openShared() {
        Map<String, String> environment = System.getenv();
        String endpoint = environment.get(ENVIRONMENT + "ENDPOINT");
        if (endpoint == null) {
            S3TestServer server = dedicated();
            return new S3TestServer(server.endpoint, server.region, server.accessKey, server.secretKey, null);
        }
        S3TestServer server = new S3TestServer(
                URI.create(endpoint),
                Optional.ofNullable(environment.get(ENVIRONMENT + "REGION")).orElse(S3Settings.DEFAULT_REGION),
                required(environment, "ACCESS_KEY"),
                required(environment, "SECRET_KEY"),
                null);
        // it outlives the tests, and servers limit how many buckets there may be
        Runtime.getRuntime().addShutdownHook(new Thread(server::deleteBuckets));
        return server;
    }

    private void deleteBuckets() {
        try (S3Client client = client()) {
            for (String bucket : buckets) {
                client.listObjectsV2Paginator(list -> list.bucket(bucket))
                        .contents()
                        .forEach(object -> client.deleteObject(
                                delete -> delete.bucket(bucket).key(object.key())));
                client.deleteBucket(delete -> delete.bucket(bucket));
            }
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(ENVIRONMENT + name);
        if (value == null) {
            throw new IllegalStateException(
                    ENVIRONMENT + name + " has to be set, because " + ENVIRONMENT + "ENDPOINT is set");
        }
        return value;
    }

    private static final class Shared {

        static final S3TestServer SERVER = openShared();

        private Shared() {}
    }
}
