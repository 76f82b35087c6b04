package io.github.imagehost.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back for a request.
 *
 * @param status of HTTP
 * @param location where it leads, if it leads elsewhere
 * @param retryAfter how long the sender wants to be left alone
 * @param envelope what every answer of a service is; empty if it is none
 */
record Answer(int status, Optional<String> location, Duration retryAfter, Optional<JsonNode> envelope) {

    private static final int LARGEST = 4 * 1024 * 1024;

    /** A service of another version may tell more, but nothing less. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads an answer to its end. */
    static Answer read(HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(LARGEST);
        }
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
        return new Answer(response.statusCode(), response.headers().firstValue("Location"), retryAfter, envelope(body));
    }

    private static Optional<JsonNode> envelope(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body))
                    .filter(node -> node.path("success").isBoolean()
                            && node.path("message").isString());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether a service says that it has done what was asked for. */
    boolean isSuccess() {
        return status / 100 == 2
                && envelope.filter(node -> node.path("success").asBoolean()).isPresent();
    }

    /** What programs tell errors apart by; empty if it is no service that answers. */
    String code() {
        return envelope.map(node -> node.path("code").asString("")).orElse("");
    }

    /** What people read; empty if it is no service that answers. */
    String message() {
        return envelope.map(node -> node.path("message").asString()).orElse("");
    }

    /** What was asked for; empty if it is something else. */
    <T> Optional<T> data(Class<T> type) {
        try {
            return envelope.map(node -> JSON.treeToValue(node.path("data"), type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The text of a request's body. */
    static String json(Object body) {
        return JSON.writeValueAsString(body);
    }
}
