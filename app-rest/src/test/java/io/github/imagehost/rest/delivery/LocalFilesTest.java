package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.SlowReader;
import io.github.imagehost.rest.testing.StandardOutput;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pictures that are files of this machine. */
class LocalFilesTest extends ServiceTest {

    /** More than the sockets of both sides hold. */
    private static final int LARGE = 9_900_000;

    /** Many more than may be on their way to one client. */
    private static final int READERS = 40;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<SlowReader> readers = new ArrayList<>();

    @Override
    protected Map<String, String> settings() {
        return Map.of("DOWNLOADS_PER_CLIENT", "1");
    }

    @AfterEach
    void leave() throws Exception {
        for (SlowReader reader : readers) {
            reader.close();
        }
        readers.clear();
    }

    @Test
    void whoReadsSlowlyHoldsNoPlaceAndGetsAllOfItInTheEnd() throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);
        String path = upload(picture);

        for (int i = 0; i < READERS; i++) {
            assertThat(ask(path).status()).isEqualTo("200");
        }

        assertThat(client().get(path).bytes()).isEqualTo(picture);
        assertThat(readers.get(0).body()).isEqualTo(picture);
    }

    @Test
    void aPictureThatIsDeletedOnItsWayArrivesWhole() throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);
        JsonNode image = client().upload("a.jpg", picture).data();
        SlowReader reader = ask(Client.pathOf(image.get("url").asString()));
        assertThat(reader.status()).isEqualTo("200");

        client().delete("/api/images/" + image.get("id").asLong()).isSuccess("删除成功");

        assertThat(reader.body()).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99_999, 100_001})
    void aFileOfAnotherSizeIsDamageAndNotServed(int size) throws Exception {
        byte[] picture = Pictures.jpegOfSize(100_000);
        String path = upload(picture);
        Files.write(fileOf(path), Arrays.copyOf(picture, size));

        for (String range : new String[] {"bytes=0-", "bytes=0-9", "none"}) {
            Answer answer = client().get(path, "Range", range).isError(500, "internal_error");

            assertThat(answer.header("Cache-Control")).doesNotContain("immutable");
            assertThat(answer.header("ETag")).isEmpty();
        }
    }

    @Test
    void whereTheServerDoesNotSendFilesTheServiceDoes(@TempDir Path directory) throws Exception {
        byte[] picture = Pictures.jpegOfSize(300_000);
        try (RunningService service = RunningService.embedded(directory)) {
            service.turnSendfileOff();
            Client client = service.client();
            String path = upload(client, picture);

            assertThat(client.get(path).bytes()).isEqualTo(picture);
            Answer part = client.get(path, "Range", "bytes=100000-200000");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(picture, 100_000, 200_001));
        }
    }

    @Test
    void whoLeavesIsNothingForTheLog(@TempDir Path directory) throws Exception {
        String log = StandardOutput.during(() -> {
            try (RunningService service = RunningService.embedded(directory)) {
                service.turnSendfileOff();
                Client client = service.client();
                String path = upload(client, Pictures.jpegOfSize(LARGE));
                String name = path.substring("/i/".length());
                try (SlowReader reader = SlowReader.ask(service.port(), path, "X-Request-Id: whoLeaves")) {
                    assertThat(reader.status()).isEqualTo("200");
                    Waiting.until("the file is open", LIMIT, () -> isOpen(name));
                }
                Waiting.until("the file is closed", LIMIT, () -> !isOpen(name));
                // it ends after its requests, and so after what they log
            }
        });

        // a service that is shared may still log what other tests have done
        assertThat(log).contains("Graceful shutdown complete").doesNotContain("whoLeaves");
    }

    @Test
    void whoTakesNothingIsCutOffAndHoldsNoFile(@TempDir Path directory) throws Exception {
        try (RunningService service = RunningService.embedded(directory)) {
            service.setClientPatience(Duration.ofSeconds(3));
            Client client = service.client();
            String path = upload(client, Pictures.jpegOfSize(LARGE));
            String name = path.substring("/i/".length());
            SlowReader reader = SlowReader.ask(service.port(), path);
            readers.add(reader);
            assertThat(reader.status()).isEqualTo("200");
            Waiting.until("the file is open", LIMIT, () -> isOpen(name));

            Waiting.until("the file is closed", LIMIT, () -> !isOpen(name));

            assertThatThrownBy(() -> assertThat(reader.body()).hasSize(LARGE))
                    .isInstanceOfAny(AssertionError.class, SocketException.class);
        }
    }

    private static boolean isOpen(String name) throws IOException {
        return openFiles().stream().anyMatch(file -> file.endsWith(name));
    }

    /** The paths of all files that this process has open, as Linux tells them. */
    private static List<String> openFiles() throws IOException {
        List<String> paths = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    paths.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile, as the one of this listing will be
                    paths.add("");
                }
            }
        }
        return paths;
    }

    private SlowReader ask(String path) throws Exception {
        SlowReader reader = SlowReader.ask(service().port(), path);
        readers.add(reader);
        return reader;
    }

    private String upload(byte[] picture) throws Exception {
        return upload(client(), picture);
    }

    private static String upload(Client client, byte[] picture) throws Exception {
        return Client.pathOf(client.upload("a.jpg", picture).data().get("url").asString());
    }

    private Path fileOf(String path) {
        String filename = path.substring("/i/".length());
        return dataDirectory()
                .resolve("images")
                .resolve(filename.substring(0, 2))
                .resolve(filename);
    }
}
