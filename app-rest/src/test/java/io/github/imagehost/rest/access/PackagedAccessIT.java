package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged service as others reach it; owners and tokens are made beside it, as by the command line. */
class PackagedAccessIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADMIN_TOKEN = "0123456789abcdef0123456789abcdef";

    /** What tests share that leave each other alone. */
    @TempDir
    private static Path shared;

    private static ServiceProcess service;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startService() throws Exception {
        Map<String, String> settings =
                Map.of("ACCESS", "token", "ADMIN_TOKEN", ADMIN_TOKEN, "METADATA_CACHE", "1s", "RATE_LIMIT_MAX", "0");
        service = ServiceProcess.start(shared, settings);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** By its context path, and the proxies that it trusts. */
    static List<Arguments> places() {
        return List.of(
                        arguments("/images", "127.0.0.1"),
                        arguments("", ""),
                        arguments("/images", ""),
                        arguments("", "127.0.0.1"))
                .subList(0, Depth.of(1, 4));
    }

    @ParameterizedTest
    @MethodSource("places")
    void eachRouteIsForWhomTheTableSays(String contextPath, String trustedProxies) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ACCESS",
                "",
                "PUBLIC_URL",
                "https://images.test",
                "RATE_LIMIT_MAX",
                "0",
                "METADATA_CACHE",
                "0s",
                "SERVER_SERVLET_CONTEXT_PATH",
                contextPath));
        if (!trustedProxies.isEmpty()) {
            settings.put("TRUSTED_PROXIES", trustedProxies);
        }
        String[] proxy = {"X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https", "Forwarded", "for=203.0.113.7"
        };
        try (ServiceProcess own = ServiceProcess.launch(directory, settings)) {
            Client client = own.client();
            Waiting.until(
                    "the service answers",
                    LIMIT,
                    () -> client.get(contextPath + "/health").status() == 200);
            assertThat(own.output()).contains("imagehost token create admin --scopes all");
            try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(directory.resolve("data"))) {
                Tokens tokens = new Tokens(repository.access());

                assertThat(RouteTable.opened(client, contextPath, proxy))
                        .isEqualTo(RouteTable.routesFor(Set.of(RouteTable.EVERYBODY)));
                // all of them in the service of this JVM: PermissionsTest
                for (Scope scope : List.of(Scope.values()).subList(0, Depth.of(1, Scope.values().length))) {
                    for (Role role : Role.GIVEN) {
                        String token = tokens.make(tokens.owner(role), EnumSet.of(scope), Duration.ofHours(1));
                        assertThat(RouteTable.opened(client, contextPath, "X-API-Key", token))
                                .as("%s of a %s", scope, role)
                                .isEqualTo(RouteTable.routesFor(Set.of(
                                        RouteTable.EVERYBODY,
                                        RouteTable.CREDENTIAL,
                                        role.allows(scope) ? scope.label() : "")));
                    }
                }
                assertNothingOpens(client, contextPath, tokens);
            }
        }
    }

    static List<String> contextPaths() {
        return List.of("/images", "").subList(0, Depth.of(1, 2));
    }

    @ParameterizedTest
    @MethodSource("contextPaths")
    void guestsAndStrangersGetNoFurther(String contextPath) throws Exception {
        Map<String, String> settings = Map.of(
                "ACCESS", "token",
                "GUEST_UPLOAD", "true",
                "ALLOW_FROM", "10.0.0.0/8",
                "TRUSTED_PROXIES", "127.0.0.1",
                "RATE_LIMIT_MAX", "0",
                "SERVER_SERVLET_CONTEXT_PATH", contextPath);
        String[] guest = {"X-Forwarded-For", "::ffff:10.1.2.3"};
        String[] stranger = {"X-Forwarded-For", "192.0.2.1", "X-Real-IP", "10.1.2.3"};
        try (ServiceProcess own = ServiceProcess.launch(directory, settings)) {
            Client client = own.client();
            Waiting.until(
                    "the service answers",
                    LIMIT,
                    () -> client.get(contextPath + "/health").status() == 200);

            assertThat(RouteTable.opened(client, contextPath, guest))
                    .isEqualTo(RouteTable.routesFor(Set.of(RouteTable.EVERYBODY, Scope.UPLOAD.label())));
            assertThat(RouteTable.opened(client, contextPath, stranger))
                    .containsExactlyInAnyOrder("GET /health", "GET /i/{filename}", "GET /i/{filename}/{preset}");
        }
    }

    /** As often as one client may be wrong. */
    private static void assertNothingOpens(Client client, String contextPath, Tokens tokens) throws Exception {
        Owner suspended = tokens.owner(Role.ADMIN);
        String ofSuspended = tokens.make(suspended, EnumSet.allOf(Scope.class), Duration.ofHours(1));
        tokens.suspend(suspended);
        String expired = tokens.make(tokens.owner(Role.ADMIN), EnumSet.allOf(Scope.class), Duration.ofSeconds(1));
        Waiting.until(
                "the token ends",
                LIMIT,
                () -> RouteTable.send(client, contextPath, "GET /api/me", "token", expired)
                                .status()
                        != 200);
        for (String route : new String[] {"GET /api/me", "GET /api/images", "POST /api/upload", "GET /health"}) {
            send(client, contextPath, route, ofSuspended).isError(403, "owner_suspended");
        }
        send(client, contextPath, "GET /api/images", expired).isError(401, "token_expired");
        send(client, contextPath, "GET /api/images", expired.substring(1)).isError(401, "token_invalid");
    }

    private static Answer send(Client client, String contextPath, String route, String token) throws Exception {
        return RouteTable.send(client, contextPath, route, "Authorization", "Bearer " + token);
    }

    @Test
    void aRevokedTokenIsGoodForNothingElsewhereWithinTheTimeOfTheCache() throws Exception {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(shared.resolve("data"))) {
            AccessTokens elsewhere = new AccessTokens(repository.access(), InstantSource.system());
            var issued = elsewhere.issue(new TokenRequest(
                    new Tokens(repository.access()).owner(Role.USER).id(),
                    "test",
                    EnumSet.of(Scope.READ),
                    Optional.of(Duration.ofHours(1))));
            String token = issued.secret().reveal();
            send(service.client(), "", "GET /api/images", token).isSuccess("操作成功");

            elsewhere.revoke(issued.token().owner(), issued.token().id());

            Waiting.until(
                    "the service has noticed",
                    LIMIT,
                    () -> send(service.client(), "", "GET /api/images", token).status() == 401);
        }
    }

    /** What hashes passwords is found at run time. */
    @Test
    void somebodySetsAPasswordAndLogsInWithIt() throws Exception {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(shared.resolve("data"))) {
            Client client = service.client();
            String link = new LoginLinks(repository.access(), InstantSource.system())
                    .issue(OwnerId.DEFAULT)
                    .orElseThrow()
                    .secret()
                    .reveal();
            String cookie = client.postJson("/api/session", "{\"link\":\"" + link + "\"}")
                    .isSuccess("登录成功")
                    .header("Set-Cookie");
            String body = "{\"new\":\"correct horse battery\"}";
            client.send(
                            "PUT",
                            "/api/me/password",
                            BodyPublishers.ofString(body),
                            "Cookie",
                            cookie.substring(0, cookie.indexOf(';')))
                    .isSuccess("密码已修改，其他会话已全部退出");

            client.postJson("/api/session", "{\"name\":\"default\",\"password\":\"correct horse battery\"}")
                    .isSuccess("登录成功");
            client.postJson("/api/session", "{\"name\":\"default\",\"password\":\"battery horse correct\"}")
                    .isError(401, "login_failed");
        }
    }

    @Test
    void somebodyRegistersByAnInvitationAndTheLogTellsNoSecret() throws Exception {
        Client client = service.client();
        Answer made = client.postJson(
                "/api/admin/invitations", "{\"maxImages\":7}", "Authorization", "Bearer " + ADMIN_TOKEN);
        assertThat(made.status()).isEqualTo(201);
        String invitation = made.json().at("/data/invitation").asString();
        String body = "{\"invitation\":\"" + invitation + "\",\"name\":\"alice\",\"password\":\"correct horse\"}";

        Answer registered = client.postJson("/api/invitation", body).isSuccess("注册成功");
        client.postJson("/api/invitation", body).isError(410, "invitation_expired");

        client.postJson("/api/session", "{\"name\":\"alice\",\"password\":\"correct horse\"}")
                .isSuccess("登录成功");
        String session = registered.header("Set-Cookie").replaceAll("^[^=]*=|;.*", "");
        assertThat(service.output()).doesNotContain(invitation, "correct horse", session, ADMIN_TOKEN);
    }

    /** Whoever is on the machine. */
    private static final class Tokens {

        private final Owners owners;
        private final AccessTokens tokens;
        private int made;

        Tokens(AccessRepository repository) {
            this.owners = new Owners(repository);
            this.tokens = new AccessTokens(repository, InstantSource.system());
        }

        Owner owner(Role role) {
            return owners.add(new OwnerName("owner-" + ++made), role);
        }

        String make(Owner owner, Set<Scope> scopes, Duration life) {
            return tokens.issue(new TokenRequest(owner.id(), "test", scopes, Optional.of(life)))
                    .secret()
                    .reveal();
        }

        void suspend(Owner owner) {
            owners.change(
                    owner.id(),
                    new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));
        }
    }
}
