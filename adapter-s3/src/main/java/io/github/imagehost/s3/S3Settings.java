package io.github.imagehost.s3;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * Where the pictures lie and how to get there. Immutable; its text form leaves the secret key out.
 *
 * @param endpoint the address of the store, {@code http://} or {@code https://}, with a path if need be; empty for AWS
 *     itself
 * @param region the region that requests are signed for, as in {@code us-east-1}
 * @param bucket the bucket, which has to exist
 * @param accessKey the key to the store; empty to use the one that the SDK's default chain finds: in the environment or
 *     a profile, by a web identity, or from the container or the machine that this runs on
 * @param pathStyle whether the bucket stands in the path of a request; otherwise it is part of the host name
 * @param acl the canned ACL that each object is given; empty to send none, which is what most stores want
 * @param prefix what every object's name in the bucket begins with: empty, or segments as those of an
 *     {@link ObjectKey}, each with a slash after it, as in {@code images/}. It lets the bucket be shared
 * @param callLimit the longest that storing one object may take, all attempts together, and the upper bound for all
 *     other calls; at least a second and at most {@link #MAX_CALL_LIMIT}
 */
public record S3Settings(
        Optional<URI> endpoint,
        String region,
        String bucket,
        Optional<AccessKey> accessKey,
        boolean pathStyle,
        Optional<String> acl,
        String prefix,
        Duration callLimit) {

    /** The region where none is set. */
    public static final String DEFAULT_REGION = "us-east-1";

    /** The limit of a call where none is set. */
    public static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(30);

    /**
     * The highest limit of a call. A reservation to store a blob lasts two minutes; a put that outlived it could meet
     * the clean-up of its own object.
     */
    public static final Duration MAX_CALL_LIMIT = Duration.ofSeconds(60);

    private static final String ENDPOINT = "S3_ENDPOINT";
    private static final String REGION = "S3_REGION";
    private static final String BUCKET = "S3_BUCKET";
    private static final String ACCESS_KEY = "S3_ACCESS_KEY";
    private static final String SECRET_KEY = "S3_SECRET_KEY";
    private static final String SESSION_TOKEN = "S3_SESSION_TOKEN";
    private static final String PATH_STYLE = "S3_PATH_STYLE";
    private static final String ACL = "S3_ACL";
    private static final String PREFIX = "S3_PREFIX";
    private static final List<String> NAMES =
            List.of(BUCKET, ENDPOINT, REGION, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, PATH_STYLE, ACL, PREFIX);
    private static final List<String> KEY_NAMES = List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN);

    private static final Duration MIN_CALL_LIMIT = Duration.ofSeconds(1);
    private static final Pattern LEGAL_REGION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LEGAL_BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

    private static final Pattern HOST_WITH_UNDERSCORE =
            Pattern.compile("([a-z]+://)?[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(:\\d+)?(/.*)?$");

    private static final String BUCKET_RULE = "a name of 3 to 255 characters a-z A-Z 0-9 . _ -";
    private static final String REGION_RULE = "a name such as us-east-1";
    private static final String ENDPOINT_RULE =
            "an address such as https://s3.example.com or http://127.0.0.1:9000, without a user, a query or a fragment";
    private static final String ACL_RULE = "one of "
            + ObjectCannedACL.knownValues().stream()
                    .map(ObjectCannedACL::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));

    /**
     * @throws IllegalArgumentException if a part is not legal; the message names the part and never holds the secret
     *     key
     */
    public S3Settings {
        endpoint.ifPresent(address -> require(isEndpoint(address), "endpoint", ENDPOINT_RULE, withoutUser(address)));
        require(isRegion(region), "region", REGION_RULE, region);
        require(LEGAL_BUCKET.matcher(bucket).matches(), "bucket", BUCKET_RULE, bucket);
        acl.ifPresent(name -> require(isAcl(name), "ACL", ACL_RULE, name));
        require(prefix.isEmpty() || prefix.equals(ObjectKey.prefix(prefix)), "prefix", ObjectKey.PREFIX_RULE, prefix);
        require(
                callLimit.compareTo(MIN_CALL_LIMIT) >= 0 && callLimit.compareTo(MAX_CALL_LIMIT) <= 0,
                "limit of a call",
                "from " + MIN_CALL_LIMIT.toSeconds() + " to " + MAX_CALL_LIMIT.toSeconds() + " seconds",
                callLimit);
    }

    /**
     * Whether any of the settings that {@link #from} reads is there. Then {@code from} either succeeds or says what
     * else is missing, so that half a configuration never goes unnoticed.
     */
    public static boolean areIn(Settings settings) {
        return NAMES.stream().anyMatch(settings::has);
    }

    /**
     * Reads {@code S3_ENDPOINT} (with or without a scheme, {@code https} if without; none means AWS), {@code S3_REGION}
     * ({@value #DEFAULT_REGION}), {@code S3_BUCKET}, {@code S3_ACCESS_KEY} with {@code S3_SECRET_KEY} and, if need be,
     * {@code S3_SESSION_TOKEN} (none: what the SDK's default chain finds), {@code S3_PATH_STYLE} (true), {@code S3_ACL}
     * (none) and {@code S3_PREFIX} (none; a slash is added at its end).
     *
     * @throws SettingsException if a setting is missing or not legal; the message names it
     */
    public static S3Settings from(Settings settings) {
        String bucket = settings.parse(BUCKET, BUCKET_RULE, text -> matching(LEGAL_BUCKET, text))
                .orElseGet(() -> settings.required(BUCKET, reasonForBucket(settings)));
        return new S3Settings(
                endpoint(settings),
                settings.parse(REGION, REGION_RULE, text -> matching(LEGAL_REGION, text))
                        .orElse(DEFAULT_REGION),
                bucket,
                accessKey(settings),
                settings.flag(PATH_STYLE, true),
                settings.parse(ACL, ACL_RULE, text -> Optional.of(text).filter(S3Settings::isAcl)),
                settings.parse(PREFIX, ObjectKey.PREFIX_RULE, text -> Optional.of(ObjectKey.prefix(text)))
                        .orElse(""),
                DEFAULT_CALL_LIMIT);
    }

    /** The same settings with another limit of a call. */
    public S3Settings withCallLimit(Duration limit) {
        return new S3Settings(endpoint, region, bucket, accessKey, pathStyle, acl, prefix, limit);
    }

    S3Settings withRegion(String other) {
        return new S3Settings(endpoint, other, bucket, accessKey, pathStyle, acl, prefix, callLimit);
    }

    S3Settings withOtherPathStyle() {
        return new S3Settings(endpoint, region, bucket, accessKey, !pathStyle, acl, prefix, callLimit);
    }

    S3Settings withoutAcl() {
        return new S3Settings(endpoint, region, bucket, accessKey, pathStyle, Optional.empty(), prefix, callLimit);
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint.map(URI::toString).orElse("AWS") + ", region=" + region + ", bucket="
                + bucket + ", accessKey=" + accessKey.map(AccessKey::toString).orElse("found") + ", pathStyle="
                + pathStyle + ", acl="
                + acl.orElse("none") + ", prefix=" + (prefix.isEmpty() ? "none" : prefix) + ", callLimit=" + callLimit
                + "]";
    }

    private static String reasonForBucket(Settings settings) {
        return NAMES.stream()
                .filter(settings::has)
                .findFirst()
                .map(name -> "because " + name + " is set")
                .orElse("because pictures are to be kept in S3");
    }

    private static Optional<AccessKey> accessKey(Settings settings) {
        return KEY_NAMES.stream()
                .filter(settings::has)
                .findFirst()
                .map(name -> accessKey(settings, "because " + name + " is set"));
    }

    private static AccessKey accessKey(Settings settings, String reason) {
        String id = settings.required(ACCESS_KEY, reason);
        settings.required(SECRET_KEY, reason);
        return new AccessKey(id, settings.requiredSecret(SECRET_KEY, reason), settings.text(SESSION_TOKEN));
    }

    private static Optional<URI> endpoint(Settings settings) {
        // such a value holds a secret, which the usual message would repeat
        if (settings.text(ENDPOINT).filter(text -> text.contains("@")).isPresent()) {
            throw new SettingsException(
                    ENDPOINT + " holds a user or a password, which belong in " + ACCESS_KEY + " and " + SECRET_KEY);
        }
        settings.text(ENDPOINT).filter(S3Settings::hasUnderscoreInHost).ifPresent(text -> {
            throw new SettingsException(ENDPOINT + " is '" + text
                    + "', but the name of a host can't have a '_': give that host another name (in Docker Compose a"
                    + " network alias or the name of the service), or use its address");
        });
        return settings.parse(ENDPOINT, ENDPOINT_RULE, S3Settings::parseEndpoint);
    }

    private static boolean hasUnderscoreInHost(String text) {
        return HOST_WITH_UNDERSCORE.matcher(text).lookingAt();
    }

    private static Optional<URI> parseEndpoint(String text) {
        String address = text.contains("://") ? text : "https://" + text;
        while (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        try {
            return Optional.of(new URI(address)).filter(S3Settings::isEndpoint);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static boolean isRegion(String text) {
        return LEGAL_REGION.matcher(text).matches();
    }

    private static boolean isEndpoint(URI address) {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    private static Object withoutUser(URI address) {
        return address.getRawAuthority() != null && address.getRawAuthority().contains("@")
                ? "an address with a user"
                : address;
    }

    private static boolean isAcl(String name) {
        return ObjectCannedACL.fromValue(name) != ObjectCannedACL.UNKNOWN_TO_SDK_VERSION;
    }

    private static Optional<String> matching(Pattern legal, String text) {
        return Optional.of(text).filter(value -> legal.matcher(value).matches());
    }

    private static void require(boolean legal, String part, String rule, Object value) {
        if (!legal) {
            throw new IllegalArgumentException("The " + part + " is '" + value + "', but legal is " + rule);
        }
    }
}
