package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.rest.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients get when there is no room for what they upload. A limit for the size of files stands for a full disk: it
 * needs no rights and hits the same calls.
 */
@Tag("deep")
class FullDiskIT {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MORE_THAN_FIT = 10_000;
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void nameDirectories() {
        data = directory.resolve("data");
    }

    @Test
    void anUploadThatDoesNotFitIntoTheSpoolLeavesNothing() throws Exception {
        byte[] large = Pictures.jpegOfSize(9 * MEBIBYTE);
        byte[] small = Pictures.jpegOfSize(50_000);
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of())) {
            Client client = service.client();

            service.limitFileSize(MEBIBYTE);
            assertUnavailable(client.upload("large.jpg", large));

            assertThat(Spool.in(data).files()).isEmpty();
            assertServes(client, store(client, small), small);
            service.unlimitFileSize();
            assertServes(client, store(client, large), large);
            assertThat(Spool.in(data).files()).isEmpty();
        }
    }

    @Test
    void anUploadThatDoesNotFitIntoTheStoreLeavesNothing() throws Exception {
        // so large that it does not fit, so small that it is not spooled in a file
        byte[] large = Pictures.jpegOfSize(200_000);
        byte[] small = Pictures.jpegOfSize(50_000);
        Path images = data.resolve("images");
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("RATE_LIMIT_MAX", "0");
            try (ServiceProcess service = ServiceProcess.start(directory, settings);
                    Remains remains = Remains.in(database, DirectoryImageStore.at(images), data)) {
                Client client = service.client();
                String before = store(client, small);

                service.limitFileSize(100_000);
                client.upload("large.jpg", large).isError(507, "store_full");
                assertThat(client.get("/health").json().at("/components/store").asString())
                        .isEqualTo("FULL");
                assertThat(client.get("/health").status()).isEqualTo(200);

                assertThat(database.query("SELECT state FROM imagehost_blob ORDER BY id"))
                        .containsExactly("STORED", "CONDEMNED");
                assertThat(Spool.filesIn(images.resolve(".incoming"))).isEmpty();
                assertServes(client, before, small);
                byte[] another = Pictures.jpegOfSize(60_000);
                assertServes(client, store(client, another), another);
                assertThat(Answer.names(client.get("/health").json())).containsExactly("status", "timestamp");
                service.unlimitFileSize();
                assertServes(client, store(client, large), large);
                remains.assertOnlyLiveImages();
            }
        }
    }

    @Test
    void theEmbeddedDatabaseGoesOnWhenThereIsRoomAgain() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("RATE_LIMIT_MAX", "0"))) {
            Client client = service.client();
            Map<String, byte[]> stored = new HashMap<>();
            Path database = data.resolve("database").resolve("imagehost.mv.db");

            service.limitFileSize(Files.size(database));
            Answer answer = uploadNext(client, stored);
            for (int upload = 0; upload < MORE_THAN_FIT && answer.status() == 200; upload++) {
                answer = uploadNext(client, stored);
            }
            assertUnavailable(answer);

            service.unlimitFileSize();
            Waiting.until(
                    "the database goes on",
                    RECOVERY,
                    () -> client.get("/health").status() == 200);
            uploadNext(client, stored).isSuccess("上传成功");
            for (Map.Entry<String, byte[]> picture : stored.entrySet()) {
                assertServes(client, picture.getKey(), picture.getValue());
            }
        }
    }

    private static Answer uploadNext(Client client, Map<String, byte[]> stored) throws Exception {
        byte[] picture = Pictures.uniquePng();
        Answer answer = client.upload("a.png", picture);
        if (answer.status() == 200) {
            stored.put(Client.pathOf(answer.data().get("url").asString()), picture);
        }
        return answer;
    }

    /** Uploads a new picture and answers the path of its link. */
    private static String store(Client client, byte[] picture) throws Exception {
        return Client.pathOf(client.upload("photo.jpg", picture)
                .isSuccess("上传成功")
                .data()
                .get("url")
                .asString());
    }

    private static void assertServes(Client client, String path, byte[] picture) throws Exception {
        assertThat(client.get(path).bytes()).isEqualTo(picture);
    }
}
