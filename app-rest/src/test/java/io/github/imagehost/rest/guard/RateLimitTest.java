package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has clients of its own, which are known by their addresses. */
class RateLimitTest extends ServiceTest {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String BLOG = "https://blog.example";

    @Override
    protected Map<String, String> settings() {
        return Map.of("RATE_LIMIT_MAX", "5", "RATE_LIMIT_OWNER_MAX", "8", "TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.1");
    }

    @Test
    void whoeverAsksTooOftenIsToldWhenToComeBack() throws Exception {
        String address = "203.0.113.1";
        for (int left = 4; left >= 0; left--) {
            Answer answer = get(address).isSuccess("操作成功");
            assertThat(answer.header("RateLimit-Limit")).isEqualTo("5");
            assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(left));
            assertThat(Long.parseLong(answer.header("RateLimit-Reset"))).isBetween(1L, 900L);
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("5;w=900");
            assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("5");
            assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
            long now = Instant.now().getEpochSecond();
            assertThat(Long.parseLong(answer.header("X-RateLimit-Reset"))).isBetween(now, now + 901);
        }

        Answer refused = client().get("/api/nope", FORWARDED_FOR, address).isError(429, "rate_limited");

        assertThat(refused.message()).isEqualTo("请求过于频繁，请稍后再试");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 900L);
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        for (String spelling : new String[] {"/%61pi/images", "/api;x=1/images", "/api/../api/images"}) {
            client().get(spelling, FORWARDED_FOR, address).isError(429, "rate_limited");
        }
        assertThat(client().get("/health", FORWARDED_FOR, address).status()).isEqualTo(200);
        client().get("/i/nobody.png", FORWARDED_FOR, address).isError(404, "image_not_found");
    }

    @Test
    void theLimitHoldsForRequestsAtTheSameTime() throws Exception {
        List<Integer> statuses = Concurrently.run(20, () -> get("203.0.113.2").status());

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(5);
        assertThat(Collections.frequency(statuses, 429)).isEqualTo(15);
    }

    @Test
    void ofATokenThatEverybodyMayReadEachClientHasALimit() throws Exception {
        Accounts accounts = new Accounts(service());
        TokenBinding binding = new TokenBinding(Set.of(new Origin(BLOG)), Set.of());
        String published = accounts.token(OwnerId.DEFAULT, Set.of(Scope.UPLOAD), binding);
        String ours = accounts.token(OwnerId.DEFAULT, Set.of(Scope.READ));

        for (String address : new String[] {"203.0.113.11", "203.0.113.12"}) {
            for (int i = 0; i < 5; i++) {
                getWith(published, address).isError(403, "scope_missing");
            }
            getWith(published, address).isError(429, "rate_limited");
            get(address).isSuccess("操作成功");
        }
        for (int i = 0; i < 5; i++) {
            client().get("/api/images", FORWARDED_FOR, "203.0.113.13", "token", ours)
                    .isSuccess("操作成功");
        }
        client().get("/api/images", FORWARDED_FOR, "203.0.113.14", "token", ours)
                .isError(429, "rate_limited");
    }

    @Test
    void whoHasLoggedInHasALimitOfHisOwnInAllBrowsersTogether() throws Exception {
        Accounts accounts = new Accounts(service());
        OwnerId alice = accounts.add(Role.USER).id();
        String phone = accounts.session(alice);
        String laptop = accounts.sessionBy(accounts.token(alice));

        for (int left = 7; left >= 0; left--) {
            Answer answer = getIn(left % 2 == 0 ? phone : laptop, "203.0.113." + (30 + left));
            assertThat(answer.isSuccess("操作成功").header("RateLimit-Limit")).isEqualTo("8");
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("8;w=900");
            assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }

        Answer refused = getIn(phone, "203.0.113.40").isError(429, "rate_limited");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 900L);
        getIn(laptop, "203.0.113.41").isError(429, "rate_limited");
        getIn(accounts.session(accounts.add(Role.USER).id()), "203.0.113.40").isSuccess("操作成功");
        for (int i = 0; i < 5; i++) {
            get("203.0.113.40").isSuccess("操作成功");
        }
    }

    private Answer getIn(String session, String address) throws Exception {
        return client().get("/api/images", FORWARDED_FOR, address, "Cookie", "imagehost=" + session);
    }

    private Answer getWith(String token, String address) throws Exception {
        return client().get("/api/images", FORWARDED_FOR, address, "token", token, "Origin", BLOG);
    }

    @Test
    void aForwardedAddressDoesNotCountFromAnyoneElse(@TempDir Path data) throws Exception {
        try (RunningService suspicious = RunningService.with(data, Map.of("RATE_LIMIT_MAX", "5"))) {
            for (int i = 0; i < 5; i++) {
                suspicious
                        .client()
                        .get("/api/images", FORWARDED_FOR, "203.0.113." + i)
                        .isSuccess("操作成功");
            }
            suspicious
                    .client()
                    .get("/api/images", FORWARDED_FOR, "203.0.113.99")
                    .isError(429, "rate_limited");
        }
    }

    @Test
    void aForwardedAddressCountsFromATrustedProxy() throws Exception {
        for (int i = 0; i < 5; i++) {
            get("203.0.113.7").isSuccess("操作成功");
        }
        get("203.0.113.7").isError(429, "rate_limited");
        get("203.0.113.8").isSuccess("操作成功");
        get("198.51.100.1, 203.0.113.7, 10.0.0.1").isError(429, "rate_limited");
        get("2001:db8::1").isSuccess("操作成功");
        assertThat(get("2001:db8::2").header("RateLimit-Remaining")).isEqualTo("3");
    }

    @Test
    void aQuestionAboutManyDigestsCountsOnce() throws Exception {
        String many =
                Stream.generate(() -> "\"" + "0".repeat(64) + "\"").limit(1000).collect(Collectors.joining(","));

        Answer answer =
                client().postJson("/api/upload/check", "{\"digests\":[" + many + "]}", FORWARDED_FOR, "203.0.113.3");

        assertThat(answer.isSuccess("操作成功").header("RateLimit-Remaining")).isEqualTo("4");
    }

    @Test
    void theEmbeddedDefaultHasNoLimit(@TempDir Path data) throws Exception {
        try (RunningService service = RunningService.embedded(data)) {
            assertThat(service.client().get("/api/images").header("RateLimit-Limit"))
                    .isEmpty();
        }
    }

    private Answer get(String address) throws Exception {
        return client().get("/api/images", FORWARDED_FOR, address);
    }
}
