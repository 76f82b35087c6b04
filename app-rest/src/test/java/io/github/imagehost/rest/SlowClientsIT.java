package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.rest.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsIT {

    private static final int CLIENTS = 50;
    /** So that those of all clients are twice the heap at least. */
    private static final int SIZE = 5_500_000;

    /** Large enough to be spooled in a file when the most of it has come. */
    private static final int LARGE = 9_000_000;

    private static final int MOST_OF_LARGE = LARGE - 1000;

    private Path directory;
    private ServiceProcess smallService;

    @BeforeAll
    void start(@TempDir Path smallDirectory) throws Exception {
        directory = smallDirectory;
        // hashing is slow without the compiler that takes its time
        smallService = ServiceProcess.start(directory, Map.of(), "-Xmx128m", "-XX:TieredStopAtLevel=4");
    }

    @AfterAll
    void stop() {
        smallService.close();
    }

    @Test
    void fiftyLargeUploadsAtOnceFitIntoASmallHeap() throws Exception {
        int before = images();
        CyclicBarrier allAreHalfWay = new CyclicBarrier(CLIENTS);

        List<String> answers = Concurrently.run(CLIENTS, () -> {
            byte[] picture = Pictures.jpegOfSize(SIZE);
            try (RawUpload upload = RawUpload.begin(smallService.port(), picture)) {
                upload.send(SIZE - 1000);
                allAreHalfWay.await();
                return upload.finish();
            }
        });

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 200").contains("上传成功"));
        assertThat(images()).isEqualTo(before + CLIENTS);
        assertThat(smallService.output()).doesNotContain("OutOfMemoryError");
        assertThat(spool().files()).isEmpty();
        assertThat(Spool.filesIn(directory.resolve("data/images/.incoming"))).isEmpty();
    }

    @Test
    void fiftyRequestsOfManySmallFilesAtOnceFitIntoASmallHeap() throws Exception {
        CyclicBarrier allAreNearTheEnd = new CyclicBarrier(CLIENTS);

        List<String> answers = Concurrently.run(CLIENTS, () -> {
            Multipart request = new Multipart();
            for (int i = 0; i < 10; i++) {
                request.file("images", "small.jpg", Pictures.jpegOfSize(250_000));
            }
            try (RawUpload upload = RawUpload.begin(smallService.port(), "/api/upload/multiple", request)) {
                upload.send(10 * 250_000);
                allAreNearTheEnd.await();
                return upload.finish();
            }
        });

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 200").contains("成功10个，失败0个"));
        assertThat(smallService.output()).doesNotContain("OutOfMemoryError");
        assertThat(spool().files()).isEmpty();
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() throws Exception {
        int before = images();
        try (RawUpload upload = RawUpload.begin(smallService.port(), Pictures.jpegOfSize(LARGE))) {
            upload.send(MOST_OF_LARGE);
            spool().await(1);
        }

        Waiting.until(
                "the spool is empty again",
                Duration.ofMinutes(1),
                () -> spool().files().isEmpty());
        assertThat(images()).isEqualTo(before);
    }

    @Test
    void anUploadInFlightIsFinishedWhenTheServiceIsAskedToEnd(@TempDir Path other) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(other, Map.of())) {
            try (RawUpload upload = RawUpload.begin(service.port(), Pictures.jpegOfSize(LARGE))) {
                upload.send(MOST_OF_LARGE);
                Spool.in(other.resolve("data")).await(1);

                service.terminate();
                Waiting.until(
                        "the service says that it is about to end",
                        Duration.ofSeconds(30),
                        () -> service.client().get("/health").status() == 503);
                assertThat(service.client()
                                .get("/health")
                                .json()
                                .at("/components/service")
                                .asString())
                        .isEqualTo("DOWN");
                Waiting.until(
                        "new uploads are refused",
                        Duration.ofSeconds(30),
                        () -> service.client()
                                        .upload("late.png", Pictures.uniquePng())
                                        .status()
                                == 503);

                assertThat(upload.finish()).startsWith("HTTP/1.1 200").contains("上传成功");
            }
            assertThat(service.exitCode()).isZero();
        }
    }

    private int images() throws Exception {
        return smallService
                .client()
                .get("/api/images")
                .data()
                .at("/pagination/totalItems")
                .asInt();
    }

    private Spool spool() {
        return Spool.in(directory.resolve("data"));
    }
}
