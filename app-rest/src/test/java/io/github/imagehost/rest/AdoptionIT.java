package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.bulk.AdoptTask;
import io.github.imagehost.core.bulk.BulkJournal;
import io.github.imagehost.core.bulk.BulkRun;
import io.github.imagehost.core.fsck.RepairRight;
import io.github.imagehost.core.fsck.StoreCheck;
import io.github.imagehost.core.fsck.StoreCheckOptions;
import io.github.imagehost.core.fsck.StoreFinding;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.work.Progress;
import io.github.imagehost.mysql.NodeServiceTable;
import io.github.imagehost.mysql.testing.NodeService;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.s3.testing.S3TestServer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever had links to the Node.js service finds everything where it was. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdoptionIT {

    private static final int JOBS = 4;

    private final NodeService node = new NodeService();

    @TempDir
    private Path directory;

    @Test
    void everyOldIdAndLinkAnswersFromServers() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        try (TestDatabase old = TestDatabases.onServer();
                TestDatabase database = TestDatabases.onServer()) {
            node.fill(old.jdbcUrl());
            node.objects()
                    .forEach((key, bytes) ->
                            S3TestServer.shared().put(bucket.getOrDefault("S3_BUCKET", ""), key, bytes));
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(bucket);
            try (RunningService service = RunningService.with(directory, settings)) {
                everyOldIdAndLinkAnswers(service, old.jdbcUrl());
            }
        }
    }

    @Test
    void everyOldIdAndLinkAnswersOnTheEmbeddedDefault() throws Exception {
        String old = "jdbc:h2:" + directory.resolve("old") + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE";
        Path data = directory.resolve("data");
        try (RunningService service = RunningService.embedded(data)) {
            node.fill(old);
            for (Map.Entry<String, byte[]> object : node.objects().entrySet()) {
                Path file = data.resolve("images")
                        .resolve(object.getKey().substring(0, 2))
                        .resolve(object.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, object.getValue());
            }

            everyOldIdAndLinkAnswers(service, old);
        }
    }

    private void everyOldIdAndLinkAnswers(RunningService service, String oldUrl) throws Exception {
        adopt(service, oldUrl);

        Client client = service.client();
        for (Map.Entry<Long, byte[]> row : node.contentById().entrySet()) {
            JsonNode image = client.get("/api/images/" + row.getKey()).data();
            assertThat(client.get(Client.pathOf(image.get("url").asString())).bytes())
                    .as("the image %d", row.getKey())
                    .isEqualTo(row.getValue());
            assertThat(tagged(client, row.getKey()).toString())
                    .as("tags of the image %d", row.getKey())
                    .contains("\"id " + row.getKey() + "\"");
        }
        for (Map.Entry<String, byte[]> link : node.contentByFilename().entrySet()) {
            Answer answer = client.get("/i/" + link.getKey());
            assertThat(answer.status()).as(link.getKey()).isEqualTo(200);
            assertThat(answer.bytes()).as(link.getKey()).isEqualTo(link.getValue());
        }
        client.get("/api/images/30").isError(404, "image_not_found");
        assertThat(client.upload("again.jpg", node.same()).data().get("id").asLong())
                .isEqualTo(10);
        assertThat(findingsOfADeepCheck(service)).isEmpty();
    }

    /** Its tags, once it has one more. */
    private static JsonNode tagged(Client client, long id) throws Exception {
        HttpRequest.BodyPublisher change = HttpRequest.BodyPublishers.ofString("{\"addTags\":[\"id " + id + "\"]}");
        return client.send("PATCH", "/api/images/" + id, change, "Content-Type", "application/json")
                .data()
                .get("tags");
    }

    private static void adopt(RunningService service, String oldUrl) {
        NodeServiceTable table = new NodeServiceTable(oldUrl, Optional.empty(), Optional.empty(), ZoneOffset.UTC);
        AdoptTask task = AdoptTask.adopting(
                service.part(ImageHost.class),
                service.part(ImageStore.class),
                service.part(AdministrableRepository.class),
                OwnerId.DEFAULT);
        new BulkRun<>(task, BulkJournal.NONE, JOBS).run(table, (item, result) -> {}, Progress.UNOBSERVED);
    }

    private static List<StoreFinding> findingsOfADeepCheck(RunningService service) {
        List<StoreFinding> findings = new ArrayList<>();
        new StoreCheck(
                        service.part(ImageStore.class),
                        service.part(AdministrableRepository.class),
                        RepairRight.UNDISPUTED)
                .run(StoreCheckOptions.DEFAULT.reading(1), findings::add, Progress.UNOBSERVED);
        return findings;
    }
}
