package io.github.imagehost.rest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.SlowReader;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of what lies in S3, when a process is killed, or has no room. */
@Tag("deep")
class ContentCacheIT {

    private static final Predicate<String> GET = Pattern.compile("^GET ").asPredicate();
    private static final int SIZE = 600_000;
    private static final long MIDDLE = 200_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private TestDatabase database;
    private FaultProxy toStore;
    private Map<String, String> settings;
    private byte[] picture;

    @BeforeEach
    void start() {
        picture = Pictures.jpegOfSize(SIZE);
        database = TestDatabases.onServer();
        toStore = FaultProxy.to(S3TestServer.shared().endpoint());
        settings = new HashMap<>(S3TestServer.shared().freshBucket());
        settings.putAll(database.settings());
        settings.put("S3_ENDPOINT", toStore.endpoint().toString());
        settings.put("CONTENT_CACHE", "256MB");
    }

    @AfterEach
    void stop() throws IOException {
        toStore.close();
        database.close();
    }

    @Test
    void aProcessThatIsKilledWhileItCopiesLeavesNothing() throws Exception {
        String path;
        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            path = upload(service.client());
            toStore.always(GET, Fault.stallAnswerAfter(MIDDLE));
            try (SlowReader reader = SlowReader.ask(service.port(), path)) {
                Waiting.until("it copies", LIMIT, () -> sizeOf(incoming()) > 0);
                assertThat(reader.taken()).isZero();
            }
            // closing it kills it
        }
        assertThat(incoming()).hasSize(1);
        toStore.heal();

        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            assertThat(service.client().get(path).bytes()).isEqualTo(picture);
            Waiting.until("what was left is gone", LIMIT, () -> incoming().isEmpty());
            assertThat(copies()).hasSize(1);
        }
    }

    @Test
    void copiesOutliveAKillAndDamagedOnesAreMadeAnew() throws Exception {
        String path;
        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            path = upload(service.client());
            assertThat(service.client().get(path).bytes()).isEqualTo(picture);
        }
        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            toStore.always(GET, Fault.cutAnswerAfter(MIDDLE));
            assertThat(service.client().get(path).bytes()).isEqualTo(picture);
            toStore.heal();
        }
        byte[] damaged = picture.clone();
        damaged[SIZE / 2]++;
        Files.write(copies().get(0), damaged);
        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            assertThat(service.client().get(path).bytes()).isEqualTo(picture);
            assertThat(copies())
                    .singleElement()
                    .satisfies(copy -> assertThat(copy).hasBinaryContent(picture));
        }
    }

    @Test
    void whatDoesNotFitOnTheDiskIsPassedOn() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
            String path = upload(service.client());

            service.limitFileSize(MIDDLE);

            for (int i = 0; i < 3; i++) {
                assertThat(service.client().get(path).bytes()).isEqualTo(picture);
            }
            assertThat(service.client().get("/health").status()).isEqualTo(200);
            assertThat(incoming()).isEmpty();
            assertThat(copies()).isEmpty();
            assertThat(service.output()).containsOnlyOnce("is left alone for a minute");
        }
    }

    private String upload(Client client) throws Exception {
        return Client.pathOf(client.upload("photo.jpg", picture)
                .isSuccess("上传成功")
                .data()
                .get("url")
                .asString());
    }

    private List<Path> incoming() throws IOException {
        return Spool.filesIn(cache().resolve(".incoming"));
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.walk(cache())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(cache().resolve(".incoming")) && !file.endsWith(".lock"))
                    .toList();
        }
    }

    private Path cache() {
        return directory.resolve("data").resolve("cache");
    }

    private static long sizeOf(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }
}
