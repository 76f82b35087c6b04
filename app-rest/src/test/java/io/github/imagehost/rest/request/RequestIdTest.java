package io.github.imagehost.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest extends ServiceTest {

    private static final String OURS = "[0-9a-f]{16}";

    @Test
    void eachErrorHasTheIdOfItsRequest() throws Exception {
        String first = idOf(client().get("/nowhere"));
        String second = idOf(client().get("/i/nothing.png"));

        assertThat(List.of(first, second)).allMatch(id -> id.matches(OURS)).doesNotHaveDuplicates();
        assertThat(Answer.names(client().get("/api/images").json())).doesNotContain("requestId");
    }

    @Test
    void alsoWhatTheServerRefusesHasOne() throws Exception {
        try (RawConnection connection = RawConnection.to(service().port())) {
            String answer = connection.head("GET /{} HTTP/1.1").readToEnd();

            assertThat(answer).startsWith("HTTP/1.1 400").containsPattern("\"requestId\":\"" + OURS + "\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "9f1c2d", "1-67891233.abc_DEF"})
    void aHarmlessIdOfTheClientsIsTakenOver(String id) throws Exception {
        assertThat(idOf(client().get("/nowhere", "X-Request-Id", id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "<script>",
                "a;b",
                "${jndi:ldap}",
                "%0a",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void anyOtherIsReplaced(String id) throws Exception {
        assertThat(idOf(client().get("/nowhere", "X-Request-Id", id))).matches(OURS);
    }

    private static String idOf(Answer answer) {
        return answer.json().get("requestId").asString();
    }
}
