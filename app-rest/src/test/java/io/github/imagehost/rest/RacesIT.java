package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.s3.testing.S3TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two services on one database and one bucket, and clients that ask both for the same thing at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacesIT {

    private static final int ROUNDS = Depth.of(4, 10);

    private TestDatabase database;
    private RunningService first;
    private RunningService second;

    @BeforeAll
    void start(@TempDir Path firstDirectory, @TempDir Path secondDirectory) {
        database = TestDatabases.onServer();
        Map<String, String> settings = new HashMap<>(S3TestServer.shared().freshBucket());
        settings.putAll(database.settings());
        settings.put("RATE_LIMIT_MAX", "0");
        // what one of them deletes is gone for the other at once, though that has a copy
        settings.put("METADATA_CACHE", "0s");
        first = RunningService.with(firstDirectory, settings);
        settings.putAll(TestDatabases.otherWayTo(database).settings());
        second = RunningService.with(secondDirectory, settings);
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void ofManyUploadsOfOneNewImageExactlyOneIsNew(int clients) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] picture = Pictures.uniquePng();
            long images = images();
            int objects = objects();

            List<JsonNode> answers = Concurrently.run(
                    split(clients, client -> client.upload("a.png", picture).data()));

            assertThat(answers)
                    .extracting(answer -> answer.get("id").asLong())
                    .containsOnly(answers.get(0).get("id").asLong());
            assertThat(answers)
                    .extracting(answer -> answer.get("url").asString())
                    .containsOnly(answers.get(0).get("url").asString());
            assertThat(answers)
                    .filteredOn(answer -> !answer.get("duplicate").asBoolean())
                    .hasSize(1);
            assertThat(images()).isEqualTo(images + 1);
            assertThat(objects()).isEqualTo(objects + 1);
        }
    }

    @Test
    void theSameFileTenTimesInManyRequestsIsOneImage() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Multipart request = new Multipart();
        for (int i = 0; i < 10; i++) {
            request.file("images", "copy.png", picture);
        }
        int objects = objects();

        List<JsonNode> answers = Concurrently.run(
                split(6, client -> client.post("/api/upload/multiple", request).data()));

        List<JsonNode> uploads = new ArrayList<>();
        answers.forEach(answer -> answer.get("successful").forEach(uploads::add));
        assertThat(uploads).hasSize(60);
        assertThat(uploads)
                .filteredOn(upload -> !upload.get("duplicate").asBoolean())
                .hasSize(1);
        assertThat(uploads)
                .extracting(upload -> upload.at("/data/id").asLong())
                .containsOnly(uploads.get(0).at("/data/id").asLong());
        assertThat(objects()).isEqualTo(objects + 1);
    }

    @Test
    void uploadsAndDeletionsOfOneImageNeverLeaveALinkWithoutBytes() throws Exception {
        byte[] picture = Pictures.uniquePng();

        for (int round = 0; round < ROUNDS; round++) {
            long id = first.client().upload("a.png", picture).data().get("id").asLong();
            List<Callable<JsonNode>> tasks = new ArrayList<>(
                    split(6, client -> client.upload("a.png", picture).data()));
            tasks.add(() -> first.client().delete("/api/images/" + id).json());

            for (JsonNode answer : Concurrently.run(tasks)) {
                if (!answer.has("url")) {
                    assertThat(answer.get("success").asBoolean()).isTrue();
                    continue;
                }
                String path = Client.pathOf(answer.get("url").asString());
                int status = second.client().get(path).status();
                boolean deleted = answer.get("id").asLong() == id;
                assertThat(status).isEqualTo(deleted ? 404 : 200);
            }
            JsonNode last = second.client().upload("a.png", picture).data();
            assertThat(second.client()
                            .get(Client.pathOf(last.get("url").asString()))
                            .bytes())
                    .isEqualTo(picture);
        }
    }

    private interface Request {
        JsonNode ask(Client client) throws Exception;
    }

    private List<Callable<JsonNode>> split(int count, Request request) {
        List<Callable<JsonNode>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client client = (i % 2 == 0 ? first : second).client();
            tasks.add(() -> request.ask(client));
        }
        return tasks;
    }

    private long images() throws Exception {
        return first.client()
                .get("/api/images")
                .data()
                .at("/pagination/totalItems")
                .asLong();
    }

    private int objects() {
        return first.part(ImageStore.class)
                .list(Optional.empty(), ObjectLister.MAX_LIMIT)
                .size();
    }
}
