package io.github.imagehost.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Takes the store away, so the service is its own. */
class HealthTest extends ServiceTest {

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @Test
    void tellsThatDatabaseAndStoreAnswer() throws Exception {
        Answer answer = client().get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Answer.names(answer.json())).containsExactly("status", "timestamp");
        assertThat(answer.json().get("status").asString()).isEqualTo("OK");
        assertThat(answer.json().get("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void tellsWhichOfThemDoesNot() throws Exception {
        Path images = dataDirectory().resolve("images");
        Path away = dataDirectory().resolve("away");
        Files.move(images, away);
        try {
            Answer answer = client().get("/health");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(Answer.names(answer.json())).containsExactly("status", "timestamp", "components");
            assertThat(answer.json().get("status").asString()).isEqualTo("DOWN");
            assertThat(answer.json().at("/components/database").asString()).isEqualTo("UP");
            assertThat(answer.json().at("/components/store").asString()).isEqualTo("DOWN");
            Answer upload = client().upload("a.png", Pictures.uniquePng()).isError(503, "service_unavailable");
            assertThat(upload.header("Retry-After")).matches("[1-9][0-9]*");
        } finally {
            Files.move(away, images);
        }
        assertThat(client().get("/health").status()).isEqualTo(200);
        client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
    }
}
