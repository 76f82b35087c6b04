package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.IssuedToken;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route, and whatever somebody may bring to it. */
class PermissionsTest extends ServiceTest {

    /** Who may get to what. The table is exact: a route that is not in it fails the build. */
    private static final String PERMISSIONS = """
            GET /: everybody
            GET /health: everybody
            GET /i/{filename}/{preset}: everybody
            GET /i/{filename}: everybody
            GET /v3/api-docs: everybody
            DELETE /api/session: everybody
            POST /api/session: everybody
            GET /api/me: a credential
            DELETE /api/images/{id}: delete
            DELETE /api/images: delete
            GET /api/images/{id}: read
            GET /api/images: read
            POST /api/upload/check: read
            POST /api/upload/multiple: upload
            POST /api/upload: upload
            PUT /api/upload/{name}: upload
            DELETE /api/tokens/{id}: account
            GET /api/tokens: account
            POST /api/tokens: account
            DELETE /api/sessions: account
            GET /api/sessions: account
            PUT /api/me/password: account
            GET /api/admin/owners: admin
            PATCH /api/admin/owners/{id}: admin
            POST /api/admin/owners/{id}/login-link: admin
            POST /api/admin/owners: admin
            """;

    private static final String EVERYBODY = "everybody";
    private static final String CREDENTIAL = "a credential";
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429, 500);

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @Test
    void eachRouteIsForWhomTheTableSays() {
        Map<String, String> declared = new TreeMap<>();
        service().part(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (!ErrorController.class.isAssignableFrom(method.getBeanType())) {
                mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> declared.put(verb + " " + path, permission(method))));
            }
        });

        assertThat(declared).isEqualTo(permissions());
    }

    private static String permission(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Requires.class))
                .map(requires -> requires.value().length == 0
                        ? CREDENTIAL
                        : Arrays.stream(requires.value()).map(Scope::label).collect(Collectors.joining(" ")))
                .orElse(EVERYBODY);
    }

    @Test
    void withoutACredentialOnlyWhatIsForEverybodyAnswers() throws Exception {
        for (Map.Entry<String, String> route : permissions().entrySet()) {
            Answer answer = send(route.getKey());
            if (route.getValue().equals(EVERYBODY)) {
                assertThat(answer.status()).as(route.getKey()).isNotIn(REFUSALS);
            } else {
                answer.isError(401, "login_required");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScopeOpensItsOwnRoutesAndNoOthers(Scope scope) throws Exception {
        for (Role role : Role.values()) {
            Accounts accounts = new Accounts(service());
            String token = accounts.token(accounts.add(role).id(), EnumSet.of(scope));
            Set<String> opened = new TreeSet<>();
            for (String route : permissions().keySet()) {
                Answer answer = send(route, "Authorization", "Bearer " + token);
                if (answer.status() == 403) {
                    assertThat(answer.code()).isIn("scope_missing", "forbidden");
                } else {
                    assertThat(answer.status()).as(route).isNotIn(REFUSALS);
                    opened.add(route);
                }
            }
            assertThat(opened)
                    .as("%s of a %s", scope, role)
                    .isEqualTo(routesFor(Set.of(EVERYBODY, CREDENTIAL, role.allows(scope) ? scope.label() : "")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionOpensWhatItsOwnersRoleAllows(Role role) throws Exception {
        Accounts accounts = new Accounts(service());
        OwnerId owner = accounts.add(role).id();
        Set<String> opened = new TreeSet<>();
        for (String route : permissions().keySet()) {
            Answer answer = send(route, "Cookie", "imagehost=" + accounts.session(owner));
            if (answer.status() == 403) {
                assertThat(answer.code()).isEqualTo("forbidden");
            } else {
                assertThat(answer.status()).as(route).isNotIn(REFUSALS);
                opened.add(route);
            }
        }
        Set<String> allowed = new TreeSet<>(Set.of(EVERYBODY, CREDENTIAL));
        Arrays.stream(Scope.values()).filter(role::allows).map(Scope::label).forEach(allowed::add);
        assertThat(opened).isEqualTo(routesFor(allowed));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatATokenBeganOpensNoMoreThanTheToken(Scope scope) throws Exception {
        Accounts accounts = new Accounts(service());
        String token = accounts.token(accounts.add(Role.ADMIN).id(), EnumSet.of(scope));
        Set<String> opened = new TreeSet<>();
        for (String route : permissions().keySet()) {
            Answer answer = send(route, "Cookie", "imagehost=" + accounts.sessionBy(token));
            if (answer.status() == 403) {
                assertThat(answer.code()).isEqualTo("scope_missing");
            } else {
                assertThat(answer.status()).as(route).isNotIn(REFUSALS);
                opened.add(route);
            }
        }
        assertThat(opened).isEqualTo(routesFor(Set.of(EVERYBODY, CREDENTIAL, scope.label())));
    }

    @Test
    void aSessionThatHasEndedOpensOnlyWhatIsForEverybody() throws Exception {
        for (Map.Entry<String, String> route : permissions().entrySet()) {
            Answer answer = send(route.getKey(), "Cookie", "imagehost=" + "x".repeat(43));
            if (route.getValue().equals(EVERYBODY)) {
                assertThat(answer.status()).as(route.getKey()).isNotIn(REFUSALS);
            } else {
                answer.isError(401, "login_required");
                assertThat(answer.header("Set-Cookie"))
                        .startsWith("imagehost=;")
                        .contains("Max-Age=0");
            }
        }
    }

    @Test
    void whatIsGoodForNothingAnyMoreOpensNothing() throws Exception {
        Accounts accounts = new Accounts(service());
        OwnerId owner = accounts.add(Role.ADMIN).id();
        EnumSet<Scope> all = EnumSet.allOf(Scope.class);
        IssuedToken revoked = accounts.issue(owner, all, Duration.ofHours(1));
        accounts.revoke(revoked);
        OwnerId suspended = accounts.add(Role.ADMIN).id();
        String ofSuspended = accounts.token(suspended);
        accounts.suspend(suspended);

        send("GET /api/images", "token", "imh_nonsense").isError(401, "token_invalid");
        send("GET /api/images", "token", revoked.secret().reveal()).isError(401, "token_invalid");
        send("GET /api/images", "token", ofSuspended).isError(403, "owner_suspended");
    }

    private static Map<String, String> permissions() {
        return new TreeMap<>(PERMISSIONS
                .lines()
                .map(line -> line.split(": "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    }

    private static Set<String> routesFor(Set<String> allowed) {
        return permissions().entrySet().stream()
                .filter(route -> allowed.contains(route.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As little as gets to the controller, which then finds that there is no such thing, or no body. */
    private Answer send(String route, String... headers) throws Exception {
        List<String> parts = List.of(route.split(" "));
        String path = parts.get(1).replace("{preset}", "thumb").replaceAll("\\{[a-z]+}", "987654321");
        return client().send(parts.get(0), path, BodyPublishers.noBody(), headers);
    }
}
