package io.github.imagehost.rest.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {

    @TempDir
    private Path data;

    @Test
    void whoeverAsksTooOftenIsToldWhenToComeBack() throws Exception {
        try (RunningService service = limited(Map.of())) {
            Client client = service.client();
            for (int left = 4; left >= 0; left--) {
                Answer answer = client.get("/api/images").isSuccess("操作成功");
                assertThat(answer.header("RateLimit-Limit")).isEqualTo("5");
                assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(left));
                assertThat(Long.parseLong(answer.header("RateLimit-Reset"))).isBetween(1L, 900L);
                assertThat(answer.header("RateLimit-Policy")).isEqualTo("5;w=900");
                assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("5");
                assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
                long now = Instant.now().getEpochSecond();
                assertThat(Long.parseLong(answer.header("X-RateLimit-Reset"))).isBetween(now, now + 901);
            }

            Answer refused = client.get("/api/nope").isError(429, "rate_limited");

            assertThat(refused.message()).isEqualTo("请求过于频繁，请稍后再试");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 900L);
            assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
            for (String spelling : new String[] {"/%61pi/images", "/api;x=1/images", "/api/../api/images"}) {
                client.get(spelling).isError(429, "rate_limited");
            }
            assertThat(client.get("/health").status()).isEqualTo(200);
            client.get("/i/nobody.png").isError(404, "image_not_found");
        }
    }

    @Test
    void theLimitHoldsForRequestsAtTheSameTime() throws Exception {
        try (RunningService service = limited(Map.of())) {
            List<Integer> statuses = Concurrently.run(
                    20, () -> service.client().get("/api/images").status());

            assertThat(Collections.frequency(statuses, 200)).isEqualTo(5);
            assertThat(Collections.frequency(statuses, 429)).isEqualTo(15);
        }
    }

    @Test
    void aForwardedAddressCountsOnlyFromATrustedProxy() throws Exception {
        try (RunningService service = limited(Map.of())) {
            for (int i = 0; i < 5; i++) {
                service.client()
                        .get("/api/images", "X-Forwarded-For", "203.0.113." + i)
                        .isSuccess("操作成功");
            }
            service.client()
                    .get("/api/images", "X-Forwarded-For", "203.0.113.99")
                    .isError(429, "rate_limited");
        }
        try (RunningService service = limited(Map.of("TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.1"))) {
            for (int i = 0; i < 5; i++) {
                service.client()
                        .get("/api/images", "X-Forwarded-For", "203.0.113.7")
                        .isSuccess("操作成功");
            }
            service.client()
                    .get("/api/images", "X-Forwarded-For", "203.0.113.7")
                    .isError(429, "rate_limited");
            service.client()
                    .get("/api/images", "X-Forwarded-For", "203.0.113.8")
                    .isSuccess("操作成功");
            service.client()
                    .get("/api/images", "X-Forwarded-For", "198.51.100.1, 203.0.113.7, 10.0.0.1")
                    .isError(429, "rate_limited");
            service.client()
                    .get("/api/images", "X-Forwarded-For", "2001:db8::1")
                    .isSuccess("操作成功");
            assertThat(service.client()
                            .get("/api/images", "X-Forwarded-For", "2001:db8::2")
                            .header("RateLimit-Remaining"))
                    .isEqualTo("3");
        }
    }

    @Test
    void aQuestionAboutManyDigestsCountsOnce() throws Exception {
        String many =
                Stream.generate(() -> "\"" + "0".repeat(64) + "\"").limit(1000).collect(Collectors.joining(","));
        try (RunningService service = limited(Map.of())) {
            Answer answer = service.client().postJson("/api/upload/check", "{\"digests\":[" + many + "]}");

            assertThat(answer.isSuccess("操作成功").header("RateLimit-Remaining")).isEqualTo("4");
        }
    }

    @Test
    void theEmbeddedDefaultHasNoLimit() throws Exception {
        try (RunningService service = RunningService.embedded(data)) {
            assertThat(service.client().get("/api/images").header("RateLimit-Limit"))
                    .isEmpty();
        }
    }

    private RunningService limited(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("RATE_LIMIT_MAX", "5");
        return RunningService.with(data, settings);
    }
}
