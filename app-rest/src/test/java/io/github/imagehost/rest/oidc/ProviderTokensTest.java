package io.github.imagehost.rest.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Splitter;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RunningService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a real provider has made, and those that it has not. Each test is a client of its own. */
class ProviderTokensTest {

    private static final String SUBJECT = "alice";

    private static TestProvider provider;
    private static RunningService service;
    private static Owner alice;
    private static int clients;

    private String address;

    @BeforeAll
    static void start(@TempDir Path directory) {
        provider = TestProvider.start();
        service = RunningService.with(directory, settings(Map.of("OIDC_AUDIENCE", TestProvider.AUDIENCE)));
        alice = service.part(Owners.class).add(new OwnerName("alice"), Role.ADMIN);
        service.part(Identities.class).give(new Identity(provider.issuer(), SUBJECT), alice);
    }

    private static Map<String, String> settings(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("ACCESS", "");
        settings.put("OIDC_ISSUER", provider.issuer());
        settings.put("OIDC_CLIENT_ID", TestProvider.CLIENT_ID);
        settings.put("OIDC_CLIENT_SECRET", TestProvider.CLIENT_SECRET);
        settings.put("RATE_LIMIT_MAX", "0");
        settings.put("METADATA_CACHE", "0s");
        settings.put("TRUSTED_PROXIES", "127.0.0.1");
        return settings;
    }

    @AfterAll
    static void stop() {
        service.close();
        provider.close();
    }

    @BeforeEach
    void beAnotherClient() {
        address = "192.0.2." + ++clients;
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "JWT", ""})
    void aTokenStandsForTheOwnerOfItsIdentity(String type) throws Exception {
        JWSHeader.Builder header = header();
        if (!type.isEmpty()) {
            header.type(new JOSEObjectType(type));
        }

        Answer me = get("/api/me", sign(header, claims()));

        assertThat(me.data().get("id").asLong()).isEqualTo(alice.id().value());
        assertThat(me.data().get("scopes").toString()).isEqualTo("[\"upload\",\"read\",\"delete\",\"manage\"]");
    }

    @Test
    void aTokenIsGoodForTheScopesThatItNamesAndForNothingThatOutlivesIt() throws Exception {
        for (Object named : List.of("openid read admin account", List.of("openid", "read", "admin", "account"))) {
            String token = sign(header(), claims().claim("scope", named));

            get("/api/images", token).isSuccess("操作成功");
            service.client()
                    .put("x.png", new byte[1], "Authorization", "Bearer " + token, "X-Forwarded-For", address)
                    .isError(403, "scope_missing");
            get("/api/tokens", token).isError(403, "scope_missing");
            get("/api/admin/owners", token).isError(403, "scope_missing");
        }
    }

    /** Entra ID calls it so. */
    @Test
    void itMayNameThemInAnotherClaimToo() throws Exception {
        for (Object named : List.of("openid read", List.of("openid", "read"))) {
            Answer me = get("/api/me", sign(header(), claims().claim("scp", named)));
            assertThat(me.data().get("scopes").toString()).isEqualTo("[\"read\"]");
        }
        Answer both =
                get("/api/me", sign(header(), claims().claim("scp", "read").claim("scope", "upload")));
        assertThat(both.data().get("scopes").toString()).isEqualTo("[\"upload\",\"read\"]");
    }

    @Test
    void aTokenBeginsNoSession() throws Exception {
        service.client()
                .postJson(
                        "/api/session", "{\"token\":\"" + sign(header(), claims()) + "\"}", "X-Forwarded-For", address)
                .isError(401, "token_invalid");
    }

    @Test
    void whoIsSuspendedHasNoGoodToken() throws Exception {
        String token = sign(header(), claims().subject("bob"));
        get("/api/me", token).isError(401, "token_invalid");
        Owner bob = service.part(Owners.class).add(new OwnerName("bob"), Role.USER);
        service.part(Identities.class).give(new Identity(provider.issuer(), "bob"), bob);
        get("/api/me", token).isSuccess("操作成功");

        service.part(Owners.class)
                .change(
                        bob.id(),
                        new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));

        get("/api/me", token).isError(403, "owner_suspended");
    }

    @Test
    void whatHasEndedIsToldSo() throws Exception {
        for (int seconds : List.of(1, 100, 100_000)) {
            get("/api/me", sign(header(), claims().expirationTime(in(-seconds))))
                    .isError(401, "token_expired");
        }
    }

    @Test
    void badTokensAreLimited() throws Exception {
        String good = sign(header(), claims());
        String bad = good.substring(0, good.length() - 4) + "AAAA";
        for (int i = 0; i < 10; i++) {
            get("/api/me", bad).isError(401, "token_invalid");
        }
        get("/api/me", bad).isError(429, "login_limited");
    }

    @Test
    void withoutAnAudienceNoTokenIsGood(@TempDir Path directory) throws Exception {
        try (RunningService other = RunningService.with(directory, settings(Map.of()))) {
            Owner owner = other.part(Owners.class).add(new OwnerName("alice"), Role.USER);
            other.part(Identities.class).give(new Identity(provider.issuer(), SUBJECT), owner);

            other.client()
                    .get(
                            "/api/me",
                            "Authorization",
                            "Bearer " + sign(header(), claims().audience(TestProvider.CLIENT_ID)))
                    .isError(401, "token_invalid");
        }
    }

    static Stream<Named<String>> forgeries() throws Exception {
        return allForgeries().entrySet().stream().map(forgery -> Named.of(forgery.getKey(), forgery.getValue()));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whatTheProviderHasNotMadeForUsIsRefused(String token) throws Exception {
        get("/api/me", token).isError(401, "token_invalid");
    }

    private static Map<String, String> allForgeries() throws Exception {
        RSAKey attackers = new RSAKeyGenerator(2048).keyID("key-1").generate();
        String good = sign(header(), claims());
        List<String> parts = Splitter.on('.').splitToList(good);
        Map<String, String> forgeries = new TreeMap<>();

        forgeries.put("alg none", new PlainJWT(claims().build()).serialize());
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            forgeries.put(
                    "alg " + none, base64("{\"alg\":\"" + none + "\",\"kid\":\"key-1\"}") + "." + parts.get(1) + ".");
        }
        forgeries.put("signature cut off", parts.get(0) + "." + parts.get(1) + ".");
        forgeries.put("two parts", parts.get(0) + "." + parts.get(1));
        forgeries.put("four parts", good + ".x");
        forgeries.put(
                "payload of another token",
                parts.get(0) + "." + base64(claims().subject("default").build().toString()) + "." + parts.get(2));
        forgeries.put("no header", "eyJ." + parts.get(1) + "." + parts.get(2));
        forgeries.put("HS256 with the public key", hmac(key().toRSAPublicKey().getEncoded()));
        forgeries.put(
                "HS256 with the public key as PEM",
                hmac(("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(key().toRSAPublicKey().getEncoded())
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        forgeries.put("HS256 with the modulus", hmac(key().getModulus().decode()));
        forgeries.put(
                "HS256 with the secret of the client",
                hmac((TestProvider.CLIENT_SECRET + "0123456789").getBytes(StandardCharsets.US_ASCII)));
        forgeries.put(
                "JWE around an unsigned token",
                encrypt(new Payload(new PlainJWT(claims().build()).serialize()), "JWT"));
        forgeries.put("JWE around claims", encrypt(new Payload(claims().build().toJSONObject()), null));
        forgeries.put("JWE around a good token", encrypt(new Payload(good), "JWT"));
        forgeries.put("another key under the same id", sign(header(), claims(), new RSASSASigner(attackers)));
        forgeries.put(
                "jwk of its own", sign(header().jwk(attackers.toPublicJWK()), claims(), new RSASSASigner(attackers)));
        for (String kid : List.of("", "../../../dev/null", "key-1' OR '1'='1", "unknown", "http://127.0.0.1:9/key")) {
            forgeries.put("kid " + kid, sign(header().keyID(kid), claims(), new RSASSASigner(attackers)));
        }
        forgeries.put("crit", sign(header().criticalParams(Set.of("b64x")).customParam("b64x", true), claims()));
        for (String type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "at+jwt2", "JOSE", "id_token+jwt")) {
            forgeries.put("typ " + type, sign(header().type(new JOSEObjectType(type)), claims()));
        }
        forgeries.put("wrong iss", sign(header(), claims().issuer("https://evil.example")));
        forgeries.put("iss with a slash", sign(header(), claims().issuer(provider.issuer() + "/")));
        forgeries.put("no iss", sign(header(), claims().issuer(null)));
        forgeries.put("aud of another service", sign(header(), claims().audience("https://other.test")));
        forgeries.put("aud of the client", sign(header(), claims().audience(TestProvider.CLIENT_ID)));
        forgeries.put("no aud", sign(header(), claims().audience((String) null)));
        forgeries.put("not yet good", sign(header(), claims().notBeforeTime(in(600))));
        forgeries.put("no exp", sign(header(), claims().expirationTime(null)));
        forgeries.put("no sub", sign(header(), claims().subject(null)));
        forgeries.put("empty sub", sign(header(), claims().subject("")));
        forgeries.put("unknown sub", sign(header(), claims().subject("Alice")));
        forgeries.put("sub with a space", sign(header(), claims().subject(SUBJECT + " ")));
        return forgeries;
    }

    @Test
    void noKeyIsFetchedFromWhereATokenSays() throws Exception {
        RSAKey attackers = new RSAKeyGenerator(2048).keyID("evil").generate();
        try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI there = URI.create("http://127.0.0.1:" + trap.getLocalPort() + "/keys");
            for (JWSHeader.Builder header : List.of(
                    header().jwkURL(there), header().keyID("evil").jwkURL(there), header().x509CertURL(there))) {
                get("/api/me", sign(header, claims(), new RSASSASigner(attackers)))
                        .isError(401, "token_invalid");
            }
            trap.setSoTimeout(1);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(trap::accept);
        }
    }

    private Answer get(String path, String token) throws Exception {
        return service.client().get(path, "Authorization", "Bearer " + token, "X-Forwarded-For", address);
    }

    private static RSAKey key() {
        return provider.key();
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(provider.issuer())
                .subject(SUBJECT)
                .audience(TestProvider.AUDIENCE)
                .issueTime(in(-1_000_000))
                .expirationTime(in(300));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(header, claims, new RSASSASigner(key()));
    }

    private static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static String hmac(byte[] secret) throws JOSEException {
        return sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1"), claims(), new MACSigner(secret));
    }

    private static String encrypt(Payload payload, @Nullable String contentType) throws JOSEException {
        JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .keyID("key-1")
                .contentType(contentType);
        JWEObject object = new JWEObject(header.build(), payload);
        object.encrypt(new RSAEncrypter(key().toRSAPublicKey()));
        return object.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
