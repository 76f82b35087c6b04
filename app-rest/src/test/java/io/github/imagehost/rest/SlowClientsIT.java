package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsIT {

    private static final int CLIENTS = 50;
    private static final int SIZE = 10_000_000;

    @TempDir
    private Path directory;

    @Test
    void fiftyLargeUploadsAtOnceFitIntoASmallHeap() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of(), "-Xmx128m")) {
            CyclicBarrier allAreHalfWay = new CyclicBarrier(CLIENTS);

            List<String> answers = Concurrently.run(CLIENTS, () -> {
                byte[] picture = Pictures.jpegOfSize(SIZE);
                try (RawUpload upload = RawUpload.begin(service.port(), picture)) {
                    upload.send(SIZE - 1000);
                    allAreHalfWay.await();
                    return upload.finish();
                }
            });

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 200").contains("上传成功"));
            assertThat(service.client()
                            .get("/api/images")
                            .data()
                            .at("/pagination/totalItems")
                            .asInt())
                    .isEqualTo(CLIENTS);
            assertThat(service.output()).doesNotContain("OutOfMemoryError");
            assertThat(filesIn(directory.resolve("data/spool"))).isEmpty();
            assertThat(filesIn(directory.resolve("data/images/.incoming"))).isEmpty();
        }
    }

    @Test
    void fiftyRequestsOfManySmallFilesAtOnceFitIntoASmallHeap() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of(), "-Xmx128m")) {
            CyclicBarrier allAreNearTheEnd = new CyclicBarrier(CLIENTS);

            List<String> answers = Concurrently.run(CLIENTS, () -> {
                Multipart request = new Multipart();
                for (int i = 0; i < 10; i++) {
                    request.file("images", "small.jpg", Pictures.jpegOfSize(250_000));
                }
                try (RawUpload upload = RawUpload.begin(service.port(), "/api/upload/multiple", request)) {
                    upload.send(10 * 250_000);
                    allAreNearTheEnd.await();
                    return upload.finish();
                }
            });

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 200").contains("成功10个，失败0个"));
            assertThat(service.output()).doesNotContain("OutOfMemoryError");
            assertThat(filesIn(directory.resolve("data/spool"))).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of())) {
            Path spool = directory.resolve("data/spool");
            try (RawUpload upload = RawUpload.begin(service.port(), Pictures.jpegOfSize(SIZE))) {
                upload.send(SIZE / 2);
                Waiting.until(
                        "the upload is spooled",
                        Duration.ofSeconds(30),
                        () -> !filesIn(spool).isEmpty());
            }

            Waiting.until(
                    "the spool is empty again",
                    Duration.ofMinutes(1),
                    () -> filesIn(spool).isEmpty());
            assertThat(service.client()
                            .get("/api/images")
                            .data()
                            .at("/pagination/totalItems")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void anUploadInFlightIsFinishedWhenTheServiceIsAskedToEnd() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of())) {
            try (RawUpload upload = RawUpload.begin(service.port(), Pictures.jpegOfSize(SIZE))) {
                upload.send(SIZE / 2);
                Waiting.until(
                        "the upload is under way",
                        Duration.ofSeconds(30),
                        () -> !filesIn(directory.resolve("data/spool")).isEmpty());

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

    private static List<Path> filesIn(Path spool) throws IOException {
        if (!Files.exists(spool)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(spool)) {
            return files.toList();
        }
    }
}
