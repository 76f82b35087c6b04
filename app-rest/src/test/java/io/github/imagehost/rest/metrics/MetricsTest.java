package io.github.imagehost.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Scrape;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

class MetricsTest {

    private static final String UPLOADS = "imagehost_uploads_total";
    private static final String REQUESTS = "imagehost_http_requests_seconds_count";
    private static final byte[] NO_PICTURE = "no picture".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private RunningService service;
    private Client client;

    @BeforeEach
    void start() {
        service =
                RunningService.with(directory, Map.of("METRICS_PORT", "0", "SWEEP_INTERVAL", "1s", "UPLOADS_MAX", "2"));
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void countsWhatBecameOfEachPicture() throws Exception {
        byte[] first = Pictures.uniquePng();
        byte[] second = Pictures.uniquePng();
        byte[] third = Pictures.uniquePng();
        long received = 0;

        received += uploaded(first, 200);
        received += uploaded(first, 200);
        received += uploaded(NO_PICTURE, 415);
        assertThat(client.put("b.png", second).status()).isEqualTo(200);
        assertThat(client.put("b.png", third, "Repr-Digest", ReprDigest.of(digest(first)))
                        .code())
                .isEqualTo("digest_mismatch");
        received += second.length + third.length;
        assertThat(instant(first)).startsWith("HTTP/1.1 200");
        Multipart mixed = new Multipart()
                .file("images", "c.png", third)
                .file("images", "a.png", first)
                .file("images", "x.png", NO_PICTURE)
                .file("images", "c.png", third);
        assertThat(client.post("/api/upload/multiple", mixed).status()).isEqualTo(200);
        Multipart bad = new Multipart().file("images", "x.png", NO_PICTURE).file("images", "y.png", NO_PICTURE);
        assertThat(client.post("/api/upload/multiple", bad).status()).isEqualTo(415);
        received += mixed.bytes().length + bad.bytes().length;
        Multipart none = new Multipart().text("note", "no file");
        assertThat(client.post("/api/upload", none).code()).isEqualTo("file_required");
        received += none.bytes().length;

        Scrape scrape = Scrape.until(service, "all are counted", now -> now.sum(REQUESTS) == 9);
        assertThat(scrape.counted(UPLOADS))
                .isEqualTo(Map.of(
                        upload("new", "none"), 3.0,
                        upload("duplicate", "none"), 3.0,
                        upload("instant", "none"), 1.0,
                        upload("refused", "unsupported_image"), 4.0,
                        upload("refused", "digest_mismatch"), 1.0,
                        upload("refused", "file_required"), 1.0));
        assertThat(scrape.value("imagehost_upload_received_bytes_total")).isEqualTo((double) received);
        assertThat(scrape.value("imagehost_upload_stored_bytes_total"))
                .isEqualTo(first.length + second.length + third.length);
        assertThat(scrape.value("imagehost_upload_saved_bytes_total")).isEqualTo(3.0 * first.length + third.length);
        assertThat(scrape.value("imagehost_store_calls_seconds_count{operation=\"put\",outcome=\"success\"}"))
                .isEqualTo(3);
        assertThat(scrape.value("imagehost_database_calls_seconds_count{operation=\"complete\",outcome=\"success\"}"))
                .isEqualTo(3);
        // the second one of the same picture finds only then that it is there
        assertThat(scrape.value("imagehost_database_batched_total{work=\"claim\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("imagehost_database_batched_total{work=\"complete\"}"))
                .isEqualTo(3);
        assertThat(scrape.value("imagehost_database_batches_total{work=\"complete\"}"))
                .isBetween(2.0, 3.0);
        assertThat(scrape.counted(REQUESTS))
                .isEqualTo(Map.of(
                        request("POST", "/api/upload", 200), 2.0,
                        request("POST", "/api/upload", 400), 1.0,
                        request("POST", "/api/upload", 415), 1.0,
                        request("PUT", "/api/upload/{name}", 200), 2.0,
                        request("PUT", "/api/upload/{name}", 400), 1.0,
                        request("POST", "/api/upload/multiple", 200), 1.0,
                        request("POST", "/api/upload/multiple", 415), 1.0));
    }

    @Test
    void countsUploadsThatBreakOffAndThoseThereIsNoRoomFor() throws Exception {
        byte[] picture = Pictures.jpegOfSize(100_000);
        try (RawUpload one = RawUpload.begin(service.port(), picture);
                RawUpload other = RawUpload.beginRaw(service.port(), picture)) {
            Scrape held = Scrape.until(
                    service, "both are let in", now -> now.value("imagehost_admitted{work=\"uploads\"}") == 2);
            assertThat(held.value("imagehost_admitted_upload_bytes")).isGreaterThan(2.0 * picture.length);
            uploaded(picture, 503);
            one.send(30_000);
            other.send(50_000);
        }

        Scrape scrape = Scrape.until(service, "all are counted", now -> now.sum(REQUESTS) == 3);
        assertThat(scrape.counted(UPLOADS))
                .isEqualTo(Map.of(
                        upload("refused", "body_incomplete"), 2.0,
                        upload("refused", "too_many_uploads"), 1.0));
        assertThat(scrape.counted("imagehost_http_errors_total"))
                .isEqualTo(Map.of(
                        "imagehost_http_errors_total{code=\"body_incomplete\"}", 2.0,
                        "imagehost_http_errors_total{code=\"too_many_uploads\"}", 1.0));
        assertThat(scrape.value("imagehost_admitted{work=\"uploads\"}")).isZero();
        assertThat(scrape.value("imagehost_admitted_upload_bytes")).isZero();
    }

    @Test
    void countsWhatFailsAndWhatTheSweepHasToDo() throws Exception {
        byte[] kept = Pictures.uniquePng();
        String id = client.upload("a.png", kept).data().get("id").asString();
        Path images = directory.resolve("images");
        Path away = directory.resolve("away");
        Files.move(images, away);
        Files.createFile(images);

        uploaded(Pictures.uniquePng(), 503);
        Multipart two =
                new Multipart().file("images", "b.png", Pictures.uniquePng()).file("images", "c.png", NO_PICTURE);
        assertThat(client.post("/api/upload/multiple", two).status()).isEqualTo(503);
        assertThat(client.delete("/api/images/" + id).status()).isEqualTo(200);

        Scrape failed = Scrape.until(
                service,
                "the backlog is measured",
                now -> now.sum(REQUESTS) == 4
                        && now.value("imagehost_sweep_backlog") == 3
                        && now.value("imagehost_sweep_backlog_age_seconds") > 0);
        assertThat(failed.counted(UPLOADS))
                .isEqualTo(Map.of(
                        upload("new", "none"), 1.0,
                        upload("refused", "service_unavailable"), 2.0,
                        upload("refused", "unsupported_image"), 1.0));
        assertThat(failed.counted("imagehost_http_failures_total"))
                .isEqualTo(Map.of("imagehost_http_failures_total{cause=\"StoreUnavailableException\"}", 2.0));
        assertThat(failed.value(
                        "imagehost_store_calls_seconds_count{operation=\"put\",outcome=\"StoreUnavailableException\"}"))
                .isEqualTo(2);

        Files.delete(images);
        Files.move(away, images);
        Scrape.until(
                service,
                "the sweep has caught up",
                now -> now.value("imagehost_sweep_backlog") == 0
                        && now.value("imagehost_sweep_backlog_age_seconds") == 0);
    }

    @Test
    void noLabelGrowsWithWhatClientsSend() throws Exception {
        Random random = new Random(20261129);
        sendOddities(random, 60);
        int requests = 60 * 6;
        Scrape before = Scrape.until(service, "all are counted", now -> now.sum(REQUESTS) == requests);
        sendOddities(random, 60);
        Scrape after = Scrape.until(service, "all are counted", now -> now.sum(REQUESTS) == 2 * requests);

        // the JVM's own series come with each kind of garbage collection
        assertThat(after.names("imagehost"))
                .isEqualTo(before.names("imagehost"))
                .hasSizeLessThan(600);
    }

    private void sendOddities(Random random, int rounds) throws IOException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            String name = Long.toHexString(random.nextLong());
            client.send("M" + name, "/api/upload", HttpRequest.BodyPublishers.noBody());
            client.get("/" + name + "/" + name, "X-Request-Id", name);
            client.get("/i/" + name + ".png?w=" + random.nextInt(5000));
            client.get("/api/images/" + random.nextInt(1000, Integer.MAX_VALUE), "User-Agent", name);
            client.put(name + ".png", Pictures.uniquePng(), "Origin", "http://" + name + ".test");
            client.upload(name, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsOfTheProcessAndItsPoolAndNothingElse() throws Exception {
        Scrape scrape = Scrape.of(service);
        assertThat(scrape.series())
                .containsKeys(
                        "hikaricp_connections_active{pool=\"imagehost\"}",
                        "process_cpu_usage",
                        "process_files_open_files",
                        "jvm_threads_live_threads");
        assertThat(scrape.series())
                .as("what an alert compares the first one with")
                .containsEntry("imagehost_http_errors_total{code=\"internal_error\"}", 0.0);
        Client metrics = new Client(URI.create(
                "http://127.0.0.1:" + service.part(MetricsServer.class).port()));
        for (String path : List.of("/", "/-/healthy", "/actuator", "/actuator/env", "/api/images", "/health")) {
            assertThat(metrics.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(client.get("/metrics").status()).isEqualTo(404);
    }

    @Test
    void nothingIsMeasuredUnlessSomebodyAsksForIt(@TempDir Path elsewhere) {
        try (RunningService usual = RunningService.embedded(elsewhere)) {
            for (Class<?> part : List.of(MeterRegistry.class, MetricsServer.class, BacklogMeter.class)) {
                assertThatThrownBy(() -> usual.part(part)).isInstanceOf(NoSuchBeanDefinitionException.class);
            }
            assertThat(usual.part(ImageStore.class)).isInstanceOf(DirectoryImageStore.class);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed(@TempDir Path elsewhere) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "METRICS_PORT", String.valueOf(service.part(MetricsServer.class).port()));

        assertThatThrownBy(() -> RunningService.with(elsewhere, settings).close())
                .rootCause()
                .hasMessageContaining("METRICS_PORT");
    }

    /** Answers how long the body was. */
    private long uploaded(byte[] content, int status) throws IOException, InterruptedException {
        Multipart body = new Multipart().file("image", "a.png", content);
        assertThat(client.post("/api/upload", body).status()).isEqualTo(status);
        return body.bytes().length;
    }

    private String instant(byte[] content) throws IOException {
        try (RawConnection connection = RawConnection.to(service.port())) {
            return connection
                    .head(
                            "PUT /api/upload/a.png HTTP/1.1",
                            "Expect: 100-continue",
                            "Content-Length: " + content.length,
                            "Repr-Digest: " + ReprDigest.of(digest(content)))
                    .readHead();
        }
    }

    private static Digest digest(byte[] content) {
        return Digest.of(Digest.sha256().digest(content));
    }

    private static String upload(String outcome, String code) {
        return UPLOADS + "{code=\"" + code + "\",outcome=\"" + outcome + "\"}";
    }

    private static String request(String method, String route, int status) {
        return REQUESTS + "{method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"}";
    }
}
