package io.github.imagehost.s3;

import com.google.common.base.CharMatcher;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs the requests that announce the SHA-256 of their body, by Signature Version 4, without reading the body: the
 * SDK's signer, which signs all else, would compute it once more over http, and leave it out of the signature over
 * https. Safe for use by many threads at once.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">The calculation</a>
 */
final class PutSigner implements AwsV4HttpSigner {

    private static final String ANNOUNCED_DIGEST = "x-amz-checksum-sha256";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = "yyyymmdd".length();
    /** What proxies on the way may change. */
    private static final Set<String> UNSIGNED_HEADERS = Set.of("connection", "expect", "user-agent", "x-amzn-trace-id");

    private final AwsV4HttpSigner usual = AwsV4HttpSigner.create();
    private volatile @Nullable SigningKey latestKey;

    /** The scheme that makes a client sign with it. */
    static AwsV4AuthScheme scheme() {
        return new Scheme();
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        SdkHttpRequest unsigned = request.request();
        Optional<String> digest = unsigned.firstMatchingHeader(ANNOUNCED_DIGEST);
        if (digest.isEmpty() || unsigned.numRawQueryParameters() > 0) {
            return usual.sign(request);
        }
        String time = TIME.format(
                request.requireProperty(SIGNING_CLOCK, Clock.systemUTC()).instant());
        String scope = time.substring(0, DAY_LENGTH) + "/" + request.requireProperty(REGION_NAME) + "/"
                + request.requireProperty(SERVICE_SIGNING_NAME) + "/aws4_request";
        String hash =
                BaseEncoding.base16().lowerCase().encode(BaseEncoding.base64().decode(digest.get()));
        SdkHttpRequest.Builder signed = unsigned.toBuilder()
                .putHeader("Host", host(unsigned))
                .putHeader("X-Amz-Date", time)
                .putHeader("x-amz-content-sha256", hash);
        if (request.identity() instanceof AwsSessionCredentialsIdentity session) {
            signed.putHeader("X-Amz-Security-Token", session.sessionToken());
        }
        SortedMap<String, String> headers = signedHeaders(signed);
        String names = String.join(";", headers.keySet());
        String canonical = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining(
                        "", unsigned.method() + "\n" + unsigned.encodedPath() + "\n\n", "\n" + names + "\n" + hash));
        String signature = key(request.identity(), scope)
                .of(ALGORITHM + "\n" + time + "\n" + scope + "\n"
                        + Hashing.sha256().hashString(canonical, StandardCharsets.UTF_8));
        signed.putHeader(
                "Authorization",
                ALGORITHM + " Credential=" + request.identity().accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return SignedRequest.builder()
                .request(signed.build())
                .payload(request.payload().orElse(null))
                .build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return usual.signAsync(request);
    }

    private static String host(SdkHttpRequest request) {
        int usualPort = request.protocol().equals("https") ? 443 : 80;
        return request.port() == usualPort ? request.host() : request.host() + ":" + request.port();
    }

    private static SortedMap<String, String> signedHeaders(SdkHttpRequest.Builder request) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), joined(values)));
        headers.keySet().removeAll(UNSIGNED_HEADERS);
        return headers;
    }

    private static String joined(List<String> values) {
        return values.stream()
                .map(value -> CharMatcher.whitespace().trimAndCollapseFrom(value, ' '))
                .collect(Collectors.joining(","));
    }

    /** The key for a day, which nearly always is that of the request before. */
    private SigningKey key(AwsCredentialsIdentity identity, String scope) {
        SigningKey key = latestKey;
        if (key == null || !key.scope.equals(scope) || !key.identity.equals(identity)) {
            key = new SigningKey(identity, scope);
            latestKey = key;
        }
        return key;
    }

    private static final class SigningKey {

        private final AwsCredentialsIdentity identity;
        private final String scope;
        private final HashFunction hmac;

        SigningKey(AwsCredentialsIdentity identity, String scope) {
            this.identity = identity;
            this.scope = scope;
            HashFunction key = hmac(("AWS4" + identity.secretAccessKey()).getBytes(StandardCharsets.UTF_8));
            for (String part : scope.split("/", -1)) {
                key = hmac(key.hashString(part, StandardCharsets.UTF_8).asBytes());
            }
            this.hmac = key;
        }

        String of(String text) {
            return hmac.hashString(text, StandardCharsets.UTF_8).toString();
        }

        private static HashFunction hmac(byte[] key) {
            return Hashing.hmacSha256(key);
        }
    }

    private static final class Scheme implements AwsV4AuthScheme {

        private final AwsV4AuthScheme usual = AwsV4AuthScheme.create();
        private final AwsV4HttpSigner signer = new PutSigner();

        @Override
        public String schemeId() {
            return usual.schemeId();
        }

        @Override
        public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
            return usual.identityProvider(providers);
        }

        @Override
        public AwsV4HttpSigner signer() {
            return signer;
        }
    }
}
