package io.github.imagehost.rest.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tokens cost that nobody has made, while their provider answers badly or not at all. */
class ProviderOutageTest {

    private static final String AUDIENCE = "https://images.test/api";
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";

    private static RSAKey key;

    private final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();

    /** What it answers to whom; with 500 to everybody else. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /** Each answer takes one. */
    private final Semaphore permits = new Semaphore(1_000_000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer provider;
    private RunningService service;

    @BeforeAll
    static void makeKey() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("key-1").generate();
    }

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(threads);
        provider.createContext("/", this::answer);
        provider.start();
        Map<String, String> settings = new HashMap<>();
        settings.put("ACCESS", "");
        settings.put("OIDC_ISSUER", issuer());
        settings.put("OIDC_CLIENT_ID", "imagehost");
        settings.put("OIDC_CLIENT_SECRET", "a secret of the client");
        settings.put("OIDC_AUDIENCE", AUDIENCE);
        settings.put("RATE_LIMIT_MAX", "0");
        settings.put("METADATA_CACHE", "0s");
        service = RunningService.with(directory, settings);
        Owner owner = service.part(Owners.class).get(OwnerId.DEFAULT);
        service.part(Identities.class).give(new Identity(issuer(), "alice"), owner);
    }

    @AfterEach
    void stop() {
        permits.release(1_000_000);
        service.close();
        provider.stop(0);
        threads.shutdown();
    }

    private String issuer() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        questions.computeIfAbsent(path, name -> new AtomicInteger()).incrementAndGet();
        permits.acquireUninterruptibly();
        byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void discloseItself() {
        answers.put(DISCOVERY, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer()));
    }

    private void publishKeys() {
        answers.put(KEYS, new JWKSet(key).toString());
    }

    private int questions(String path) {
        return questions.getOrDefault(path, new AtomicInteger()).get();
    }

    private Answer get(String token) throws Exception {
        return service.client().get("/api/me", "Authorization", "Bearer " + token);
    }

    private String token(String keyId) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("alice")
                        .audience(AUDIENCE)
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void aProviderThatDoesNotSayWhatItIsIsNotAskedByEveryToken() throws Exception {
        for (int i = 0; i < 5; i++) {
            Answer refused = get("eyJ.eyJ.x" + i).isError(503, "service_unavailable");
            assertThat(refused.header("Retry-After")).isNotEmpty();
        }
        service.client().get("/api/login").isError(503, "service_unavailable");

        assertThat(questions(DISCOVERY)).isEqualTo(1);
    }

    @Test
    void aProviderThatDoesNotTellItsKeysIsNotAskedByEveryToken() throws Exception {
        discloseItself();

        for (int i = 0; i < 5; i++) {
            get(token("key-" + i)).isError(503, "service_unavailable");
        }

        assertThat(questions(DISCOVERY)).isEqualTo(1);
        assertThat(questions(KEYS)).isEqualTo(1);
    }

    @Test
    void aKeyThatItDoesNotHaveIsNotAskedForByEveryToken() throws Exception {
        discloseItself();
        publishKeys();
        get(token("key-1")).isSuccess("操作成功");

        for (int i = 2; i < 6; i++) {
            get(token("key-" + i)).isError(401, "token_invalid");
        }
        get(token("key-1")).isSuccess("操作成功");

        assertThat(questions(KEYS)).isEqualTo(1);
    }

    @Test
    void manyAtOnceAskOnce() throws Exception {
        discloseItself();
        publishKeys();
        String token = token("key-1");

        List<Integer> statuses = Concurrently.run(8, () -> get(token).status());

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(8);
        assertThat(questions(DISCOVERY)).isEqualTo(1);
        assertThat(questions(KEYS)).isEqualTo(1);
    }

    @Test
    void fewWaitForAProviderThatDoesNotAnswer() throws Exception {
        permits.drainPermits();

        List<Integer> statuses = Concurrently.run(40, () -> {
            int status = get("eyJ.eyJ.x").status();
            // who is refused at once does not wait for the answer that is given only now
            permits.release();
            return status;
        });

        assertThat(statuses).containsOnly(503);
        assertThat(questions(DISCOVERY)).isEqualTo(1);
    }
}
