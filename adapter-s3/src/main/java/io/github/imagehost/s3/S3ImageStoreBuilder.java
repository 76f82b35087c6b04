package io.github.imagehost.s3;

import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.SettingNames;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A store in a bucket, described by one parameter after another; see {@link S3ImageStore#builder}. For one thread. */
public final class S3ImageStoreBuilder {

    private static final SettingNames NAMES = SettingNames.of(Map.of(
            "S3_BUCKET", "bucket",
            "S3_ENDPOINT", "endpoint",
            "S3_REGION", "region",
            "S3_ACCESS_KEY", "accessKey.id",
            "S3_SECRET_KEY", "accessKey.secret",
            "S3_SESSION_TOKEN", "accessKey.sessionToken"));

    private final String bucket;
    private Optional<URI> endpoint = Optional.empty();
    private String region = S3Settings.DEFAULT_REGION;
    private Optional<AccessKey> accessKey = Optional.empty();
    private boolean pathStyle = true;
    private Optional<String> acl = Optional.empty();
    private String prefix = "";
    private Duration callLimit = S3Settings.DEFAULT_CALL_LIMIT;

    S3ImageStoreBuilder(String bucket) {
        this.bucket = bucket;
    }

    /** The address of the store, as in {@link S3Settings#endpoint()}; AWS otherwise. */
    public S3ImageStoreBuilder endpoint(URI address) {
        this.endpoint = Optional.of(address);
        return this;
    }

    /** The region that requests are signed for; {@value S3Settings#DEFAULT_REGION} otherwise. */
    public S3ImageStoreBuilder region(String name) {
        this.region = name;
        return this;
    }

    /** The key to the store; otherwise the one that the SDK's default chain finds. */
    public S3ImageStoreBuilder accessKey(AccessKey key) {
        this.accessKey = Optional.of(key);
        return this;
    }

    /** The bucket is part of the host name; otherwise it stands in the path of a request. */
    public S3ImageStoreBuilder virtualHostStyle() {
        this.pathStyle = false;
        return this;
    }

    /** The canned ACL that each object is given; none otherwise. */
    public S3ImageStoreBuilder acl(String name) {
        this.acl = Optional.of(name);
        return this;
    }

    /** What every object's name begins with, as in {@link S3Settings#prefix()}; nothing otherwise. */
    public S3ImageStoreBuilder prefix(String text) {
        this.prefix = text;
        return this;
    }

    /** The longest that a call may take, as in {@link S3Settings#callLimit()}; 30 seconds otherwise. */
    public S3ImageStoreBuilder callLimit(Duration limit) {
        this.callLimit = limit;
        return this;
    }

    /**
     * The settings that this describes. Connects to nothing.
     *
     * @throws IllegalArgumentException if a parameter is not legal; the message names it and what is legal
     */
    public S3Settings settings() {
        return new S3Settings(endpoint, region, bucket, accessKey, pathStyle, acl, prefix, callLimit);
    }

    /**
     * Connects to the store and makes sure that the bucket can be used.
     *
     * @return a store that the caller closes
     * @throws IllegalArgumentException if a parameter is not legal; the message names it and what is legal
     * @throws SettingsException if the store can't be used with these parameters; the message names the one to look at
     * @throws StoreException if the store fails though nothing points to a parameter
     */
    public S3ImageStore open() {
        S3Settings settings = settings();
        try {
            return S3ImageStore.create(settings);
        } catch (SettingsException e) {
            throw new SettingsException(NAMES.in(String.valueOf(e.getMessage())), e);
        }
    }
}
