package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route, and whatever somebody may bring to it. */
class PermissionsTest extends ServiceTest {

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

        assertThat(declared).isEqualTo(RouteTable.permissions());
    }

    private static String permission(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Requires.class))
                .map(requires -> requires.value().length == 0
                        ? RouteTable.CREDENTIAL
                        : Arrays.stream(requires.value()).map(Scope::label).collect(Collectors.joining(" ")))
                .orElse(RouteTable.EVERYBODY);
    }

    @Test
    void withoutACredentialOnlyWhatIsForEverybodyAnswers() throws Exception {
        for (Map.Entry<String, String> route : RouteTable.permissions().entrySet()) {
            Answer answer = send(route.getKey());
            if (route.getValue().equals(RouteTable.EVERYBODY)) {
                assertThat(RouteTable.isRefused(route.getKey(), answer))
                        .as(route.getKey())
                        .isFalse();
            } else {
                RouteTable.assertAsksForCredential(route.getKey(), answer);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScopeOpensItsOwnRoutesAndNoOthers(Scope scope) throws Exception {
        for (Role role : Role.GIVEN) {
            Accounts accounts = new Accounts(service());
            String token = accounts.token(accounts.add(role).id(), EnumSet.of(scope));
            Set<String> opened = RouteTable.opened(client(), "", "Authorization", "Bearer " + token);
            assertThat(opened)
                    .as("%s of a %s", scope, role)
                    .isEqualTo(RouteTable.routesFor(Set.of(
                            RouteTable.EVERYBODY, RouteTable.CREDENTIAL, role.allows(scope) ? scope.label() : "")));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GUEST")
    void aSessionOpensWhatItsOwnersRoleAllows(Role role) throws Exception {
        Accounts accounts = new Accounts(service());
        OwnerId owner = accounts.add(role).id();
        Set<String> allowed = new TreeSet<>(Set.of(RouteTable.EVERYBODY, RouteTable.CREDENTIAL));
        Arrays.stream(Scope.values()).filter(role::allows).map(Scope::label).forEach(allowed::add);

        assertThat(opened(() -> accounts.session(owner))).isEqualTo(RouteTable.routesFor(allowed));
    }

    @Test
    void aTokenThatEverybodyMayReadOpensNothingButUploads() throws Exception {
        Accounts accounts = new Accounts(service());
        Origin blog = new Origin("https://blog.example");
        String token = accounts.token(
                accounts.add(Role.ADMIN).id(), Set.of(Scope.UPLOAD), new TokenBinding(Set.of(blog), Set.of()));
        service().part(TokenOrigins.class).forget();

        Set<String> routes = RouteTable.routesFor(Set.of(RouteTable.EVERYBODY, Scope.UPLOAD.label()));
        // from the page of ours alone that asks first
        routes.remove("POST /d/{filename}/{signature}");

        assertThat(RouteTable.opened(client(), "", "X-API-Key", token, "Origin", blog.value()))
                .isEqualTo(routes);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatATokenBeganOpensNoMoreThanTheToken(Scope scope) throws Exception {
        Accounts accounts = new Accounts(service());
        String token = accounts.token(accounts.add(Role.ADMIN).id(), EnumSet.of(scope));

        assertThat(opened(() -> accounts.sessionBy(token)))
                .isEqualTo(RouteTable.routesFor(Set.of(RouteTable.EVERYBODY, RouteTable.CREDENTIAL, scope.label())));
    }

    /** The routes that a session opens; one for each, since some of them end it. */
    private Set<String> opened(Supplier<String> session) throws Exception {
        Set<String> opened = new TreeSet<>();
        for (String route : RouteTable.inOrder()) {
            Answer answer = send(route, "Cookie", "imagehost=" + session.get());
            if (!RouteTable.isRefused(route, answer)) {
                opened.add(route);
            } else if (RouteTable.isOfOthers(route)) {
                assertThat(answer.text()).as(route).containsPattern("没有.*权限");
            } else {
                assertThat(answer.status()).as(route).isEqualTo(403);
                assertThat(answer.code()).isIn("scope_missing", "forbidden");
            }
        }
        return opened;
    }

    @Test
    void aSessionThatHasEndedOpensOnlyWhatIsForEverybody() throws Exception {
        for (Map.Entry<String, String> route : RouteTable.permissions().entrySet()) {
            Answer answer = send(route.getKey(), "Cookie", "imagehost=" + "x".repeat(43));
            if (route.getValue().equals(RouteTable.EVERYBODY)) {
                assertThat(RouteTable.isRefused(route.getKey(), answer))
                        .as(route.getKey())
                        .isFalse();
            } else {
                RouteTable.assertAsksForCredential(route.getKey(), answer);
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

    private Answer send(String route, String... headers) throws Exception {
        return RouteTable.send(client(), "", route, headers);
    }
}
