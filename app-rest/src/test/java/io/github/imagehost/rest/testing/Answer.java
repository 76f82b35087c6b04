package io.github.imagehost.rest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(HttpResponse<byte[]> response) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public int status() {
        return response.statusCode();
    }

    public byte[] bytes() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(response.body());
    }

    /** The header's values; the empty text if there is none. */
    public String header(String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    /** All headers, with their names in lower case. */
    public Map<String, List<String>> headers() {
        return response.headers().map();
    }

    public String message() {
        return json().get("message").asString();
    }

    public String code() {
        return json().path("code").asString("");
    }

    /** The envelope's data of a success. */
    public JsonNode data() {
        assertThat(status()).as(text()).isEqualTo(200);
        return json().get("data");
    }

    /** The names of an object's properties, in their order. */
    public static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }

    /** Asserts that this is an error in the envelope. */
    public Answer isError(int status, String code) {
        assertThat(status()).as(text()).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(names(json())).containsExactly("success", "message", "data", "timestamp", "code", "requestId");
        assertThat(json().get("success").asBoolean()).isFalse();
        assertThat(code()).isEqualTo(code);
        assertThat(message()).isNotBlank().doesNotContain("''").doesNotContainPattern("\\{\\d}");
        assertThat(json().get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(text()).doesNotContain("Exception", "io.github", "java.", "SELECT", "INSERT", "jdbc");
        return this;
    }

    /** Asserts that this is a success in the envelope, with this message. */
    public Answer isSuccess(String message) {
        assertThat(status()).as(text()).isEqualTo(200);
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(names(json())).containsExactly("success", "message", "data", "timestamp");
        assertThat(json().get("success").asBoolean()).isTrue();
        assertThat(message()).isEqualTo(message);
        assertThat(json().get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        return this;
    }
}
