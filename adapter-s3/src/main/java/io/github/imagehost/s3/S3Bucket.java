package io.github.imagehost.s3;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The requests to our part of the bucket, with object keys in place of names. Failures come as the SDK throws them.
 * Safe for use by many threads at once.
 */
final class S3Bucket implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(S3Bucket.class);

    static final String DIGEST_METADATA = "sha256";
    static final String CACHE_CONTROL = "public, max-age=31536000, immutable";
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(3);
    private static final long SLOWEST_BYTES_PER_SECOND = 512 * 1024;

    private final S3Settings settings;
    private final CallLimits limits;
    private final AccessKeys keys;
    private final SdkHttpClient http;
    private final S3Client client;
    private final DirectPut directPut;
    /** Of their own: whoever reads slowly must not keep others from storing. */
    private final SdkHttpClient httpOfDownloads;

    private final S3Client downloads;
    private final S3Presigner presigner;

    S3Bucket(S3Settings settings) {
        this(settings, CallLimits.DEFAULT);
    }

    S3Bucket(S3Settings settings, CallLimits limits) {
        this.settings = settings;
        this.limits = limits;
        this.keys = AccessKeys.of(settings);
        this.http = S3Clients.httpClient(limits);
        this.client = S3Clients.client(settings, limits, keys, http);
        this.directPut = new DirectPut(settings, keys, client, http);
        this.httpOfDownloads = S3Clients.httpClient(limits);
        this.downloads = S3Clients.client(settings, limits, keys, httpOfDownloads);
        this.presigner = S3Clients.presigner(settings, keys);
    }

    /** Puts the object if the key is free; the store refuses it otherwise. */
    void putIfAbsent(ObjectKey key, ObjectContent content, Duration limit) {
        put(key, content, limit, true);
    }

    /** Puts the object over whatever there is. */
    void putRegardless(ObjectKey key, ObjectContent content, Duration limit) {
        put(key, content, limit, false);
    }

    /** Puts bytes as {@link #putRegardless}, though they are not what is announced: the store should notice. */
    void putMistaken(ObjectKey key, Digest announced, ObjectContent content, Duration limit) {
        client.putObject(
                request(key, announced, content, limit).build(),
                RequestBody.fromContentProvider(() -> opened(content), content.size(), content.mimeType()));
    }

    private static InputStream opened(ObjectContent content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new StoreException("Can't read the bytes to store", e);
        }
    }

    /** Lets the store copy an object. */
    void copy(ObjectKey from, ObjectKey to) {
        client.copyObject(request -> {
            request.sourceBucket(settings.bucket()).sourceKey(name(from));
            request.destinationBucket(settings.bucket()).destinationKey(name(to));
            settings.acl().ifPresent(request::acl);
        });
    }

    /** Empty if there is no such object. */
    Optional<Description> describe(ObjectKey key, Duration limit) {
        HeadObjectResponse response;
        try {
            response = explained(() -> client.headObject(
                    request -> request.bucket(settings.bucket()).key(name(key)).overrideConfiguration(within(limit))));
        } catch (SdkException e) {
            if (S3Failures.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
        if (response.contentLength() == null) {
            throw SdkClientException.create("An answer without the length of " + key);
        }
        return Optional.of(new Description(response.contentLength(), digest(response.metadata())));
    }

    private static Optional<String> digest(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(DIGEST_METADATA));
    }

    /** The caller closes or aborts the bytes of the answer; the limit is for its beginning. */
    OpenObject get(ObjectKey key, Duration limit) {
        return get(name(key), request -> request.overrideConfiguration(within(limit)));
    }

    /**
     * Opens the object with this name, whether it is ours or not. The caller closes or aborts the bytes of the answer.
     */
    OpenObject get(String name) {
        return get(name, request -> {});
    }

    /** As the other; a store gives less than was asked for where the object ends. */
    OpenObject get(ObjectKey key, ByteRange range) {
        return get(name(key), request -> request.range("bytes=" + range.offset() + "-" + range.last()));
    }

    /** The part of our listing that follows a name; no name is the beginning. */
    ListObjectsV2Response list(Optional<String> afterName, int limit) {
        return list(settings.prefix(), afterName, limit);
    }

    /** The part of a listing of what has this prefix that follows a name; no name is the beginning. */
    ListObjectsV2Response list(String prefix, Optional<String> afterName, int limit) {
        return client.listObjectsV2(request -> {
            request.bucket(settings.bucket()).prefix(prefix).maxKeys(limit);
            afterName.ifPresent(request::startAfter);
        });
    }

    /**
     * Deletes up to a thousand objects.
     *
     * @return those that could not be deleted, each with the reason
     */
    Map<ObjectKey, String> delete(List<ObjectKey> keys) {
        return delete(client, keys);
    }

    /** Deletes with another client of the same store. */
    Map<ObjectKey, String> delete(S3Client client, List<ObjectKey> keys) {
        Map<String, ObjectKey> byName = new HashMap<>();
        keys.forEach(key -> byName.put(name(key), key));
        List<ObjectIdentifier> names = byName.keySet().stream()
                .map(name -> ObjectIdentifier.builder().key(name).build())
                .toList();
        DeleteObjectsResponse response = client.deleteObjects(request -> request.bucket(settings.bucket())
                .delete(delete -> delete.objects(names).quiet(true)));
        Map<ObjectKey, String> failures = new HashMap<>();
        for (S3Error error : response.errors()) {
            ObjectKey key = byName.get(error.key());
            if (key == null) {
                throw SdkClientException.create("An answer about an object that was not asked for: " + error.key());
            }
            if (!"NoSuchKey".equals(error.code())) {
                failures.put(key, "the store answers " + error.code());
            }
        }
        return failures;
    }

    /** Deletes one object, in a request of its own. */
    void delete(ObjectKey key) {
        client.deleteObject(request -> request.bucket(settings.bucket()).key(name(key)));
    }

    /** How long a call may take that has no limit of its own. */
    Duration usualLimit() {
        return limits.usual();
    }

    /** Where the present access key comes from, in plain words, if it is none of the settings. */
    String placeOfKey() {
        return keys.place();
    }

    /** Asks nobody for more than an access key. */
    URI signedLink(ObjectKey key, Duration validity, AnswerHeaders headers) {
        return URI.create(presigner
                .presignGetObject(link -> link.signatureDuration(validity)
                        .getObjectRequest(request -> request.bucket(settings.bucket())
                                .key(name(key))
                                .responseContentType(headers.contentType())
                                .responseContentDisposition(headers.contentDisposition())
                                .responseCacheControl(headers.cacheControl())))
                .url()
                .toExternalForm());
    }

    /** Fails if the bucket can't be used, with the store's error code, unlike {@link #check()}. */
    ListObjectsV2Response checkThoroughly() {
        return list(Optional.empty(), 1);
    }

    /** Fails if the bucket can't be used. */
    void check() {
        explained(() -> client.headBucket(
                request -> request.bucket(settings.bucket()).overrideConfiguration(within(CHECK_LIMIT))));
    }

    /**
     * Sends a HEAD request. Where it is refused, a listing lets the store say why; and if it was for the clock, the SDK
     * has corrected that by then.
     */
    private <T> T explained(Supplier<T> head) {
        try {
            return head.get();
        } catch (SdkException e) {
            if (!S3Failures.isRefusedWithoutReason(e)) {
                throw e;
            }
            client.listObjectsV2(request -> request.bucket(settings.bucket())
                    .prefix(settings.prefix())
                    .maxKeys(1)
                    .overrideConfiguration(within(CHECK_LIMIT)));
            return head.get();
        }
    }

    /** The name of our object in the bucket. */
    String name(ObjectKey key) {
        return settings.prefix() + key.value();
    }

    /** The key of the object with this name; empty if it is none of ours. */
    Optional<ObjectKey> key(String name) {
        if (!name.startsWith(settings.prefix())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectKey(name.substring(settings.prefix().length())));
        } catch (IllegalArgumentException e) {
            log.debug("Not an object of ours", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        presigner.close();
        directPut.close();
        client.close();
        http.close();
        downloads.close();
        httpOfDownloads.close();
        keys.close();
    }

    private void put(ObjectKey key, ObjectContent content, Duration limit, boolean onlyIfAbsent) {
        Duration total = S3Clients.shorter(limit, settings.callLimit());
        Duration attempt = S3Clients.shorter(attemptLimit(content.size()), total);
        Deadline deadline = Deadline.in(total);
        try (PutBody body = new PutBody(key, content)) {
            if (!directPut.put(name(key), content, body, onlyIfAbsent, attempt)) {
                if (deadline.isOver()) {
                    throw ApiCallTimeoutException.create(total.toMillis());
                }
                putBySdk(key, content, body, deadline, onlyIfAbsent);
            }
        }
    }

    private void putBySdk(ObjectKey key, ObjectContent content, PutBody body, Deadline deadline, boolean onlyIfAbsent) {
        PutObjectRequest.Builder request = request(key, content.digest(), content, deadline.remaining());
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        RequestBody bytes = RequestBody.fromContentProvider(body, content.size(), content.mimeType());
        try {
            client.putObject(request.build(), bytes);
        } catch (SdkException e) {
            if (!S3Failures.isBrokenConnection(e) || deadline.isOver()) {
                throw e;
            }
            // a store that refused the request before it read the body may have closed the connection, and its answer
            // was lost
            request.overrideConfiguration(within(attemptLimit(content.size()), deadline.remaining())
                    .andThen(asking -> asking.putHeader("Expect", "100-continue")));
            client.putObject(request.build(), bytes);
        }
    }

    private PutObjectRequest.Builder request(ObjectKey key, Digest announced, ObjectContent content, Duration limit) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(name(key))
                .contentLength(content.size())
                .contentType(content.mimeType())
                .cacheControl(CACHE_CONTROL)
                .metadata(Map.of(DIGEST_METADATA, announced.hex()))
                // the algorithm has to be named too: some stores check the value only then
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .checksumSHA256(Base64.getEncoder().encodeToString(announced.bytes()))
                .overrideConfiguration(within(attemptLimit(content.size()), limit));
        settings.acl().ifPresent(request::acl);
        return request;
    }

    private OpenObject get(String name, Consumer<GetObjectRequest.Builder> part) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(settings.bucket()).key(name);
        part.accept(request);
        return downloads.getObject(request.build(), new LeaveOpen());
    }

    private Duration attemptLimit(long size) {
        return limits.silence().plusMillis(size * 1000 / SLOWEST_BYTES_PER_SECOND);
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> within(Duration limit) {
        return within(limits.silence(), limit);
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> within(Duration attemptLimit, Duration limit) {
        Duration total = S3Clients.shorter(limit, settings.callLimit());
        return request -> request.apiCallTimeout(total).apiCallAttemptTimeout(S3Clients.shorter(attemptLimit, total));
    }

    /**
     * What a store says about an object without giving it.
     *
     * @param digest in hexadecimal digits, as it was announced when the object was put; empty if the store keeps no
     *     metadata or somebody else put the object
     */
    record Description(long size, Optional<String> digest) {}

    /** An object whose bytes are still on their way. */
    record OpenObject(GetObjectResponse response, AbortableInputStream bytes) {

        /** As in a {@link Description}. */
        Optional<String> digest() {
            return S3Bucket.digest(response.metadata());
        }
    }

    /** The SDK's own stream would be watched by a thread that nobody can end. */
    private static final class LeaveOpen implements ResponseTransformer<GetObjectResponse, OpenObject> {

        @Override
        public OpenObject transform(GetObjectResponse response, AbortableInputStream bytes) {
            return new OpenObject(response, bytes);
        }

        @Override
        public boolean needsConnectionLeftOpen() {
            return true;
        }
    }
}
