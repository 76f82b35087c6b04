package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ExtractedService;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two processes that start on one empty database at once and then share it and a bucket. */
@Tag("deep")
class TwoProcessesIT {

    private static final int ROUNDS = Depth.of(4, 10);
    private static final int CLIENTS = 50;

    @TempDir
    private Path directory;

    /** Takes much longer than a start, which has a limit. */
    @BeforeAll
    static void makeWhatIsStarted() {
        ExtractedService.shared();
    }

    @Test
    void eachRoundOfFiftyUploadsOfOneNewImageMakesOneRowAndOneObject() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(bucket);
            settings.putAll(database.settings());
            settings.put("RATE_LIMIT_MAX", "0");
            settings.put("PUBLIC_URL", "http://images.test");
            Map<String, String> settingsOfSecond = new HashMap<>(settings);
            settingsOfSecond.putAll(TestDatabases.otherWayTo(database).settings());
            List<ServiceProcess> services = Concurrently.run(List.<Callable<ServiceProcess>>of(
                    () -> ServiceProcess.start(Files.createDirectory(directory.resolve("first")), settings),
                    () -> ServiceProcess.start(Files.createDirectory(directory.resolve("second")), settingsOfSecond)));
            try (ServiceProcess first = services.get(0);
                    ServiceProcess second = services.get(1)) {
                for (int round = 0; round < ROUNDS; round++) {
                    assertFiftyEqualAnswers(first.client(), second.client());
                }

                assertThat(first.client()
                                .get("/api/images")
                                .data()
                                .at("/pagination/totalItems")
                                .asInt())
                        .isEqualTo(ROUNDS);
            }
        }
        try (S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(bucket)))) {
            assertThat(store.list(Optional.empty(), S3ImageStore.MAX_LIMIT)).hasSize(ROUNDS);
        }
    }

    private static void assertFiftyEqualAnswers(Client first, Client second) throws Exception {
        byte[] picture = Pictures.uniqueJpeg();
        List<Callable<JsonNode>> uploads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = i % 2 == 0 ? first : second;
            uploads.add(() -> client.upload("a.jpg", picture).data());
        }

        List<JsonNode> answers = Concurrently.run(uploads);

        for (String property : List.of("id", "url", "filename", "uploadTime", "fileHash")) {
            assertThat(answers)
                    .extracting(answer -> answer.get(property))
                    .containsOnly(answers.get(0).get(property));
        }
        assertThat(answers)
                .filteredOn(answer -> !answer.get("duplicate").asBoolean())
                .hasSize(1);
    }
}
