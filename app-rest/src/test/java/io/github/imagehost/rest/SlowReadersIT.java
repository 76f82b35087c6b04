package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.settings.ServiceLimits;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.SlowReader;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.s3.testing.S3TestServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their pictures as slowly as they can, and what is left for others meanwhile. */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowReadersIT {

    /** As many as the service has connections to the store for downloads. */
    private static final int READERS = 64;

    private static final int SHARE = 32;
    /** More than the service has connections to the store, or Tomcat threads before JDK 21. */
    private static final int MANY_READERS = 250;
    /** More than the sockets of both sides hold. */
    private static final int SIZE = 9_900_000;

    private static final int SMALL_BUFFER = 8 * 1024;
    private static final String SLOW_CLIENT = "203.0.113.7";
    private static final String ANOTHER_CLIENT = "203.0.113.8";

    private final List<SlowReader> readers = new ArrayList<>();
    private RunningService service;
    private Client client;
    private String path;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Map<String, String> settings = new HashMap<>(S3TestServer.shared().freshBucket());
        settings.put("TRUSTED_PROXIES", "127.0.0.1");
        settings.put("CONTENT_CACHE", "off");
        service = RunningService.with(directory, settings);
        client = service.client();
        path = upload(service, SIZE);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @AfterEach
    void leave() throws Exception {
        for (SlowReader reader : readers) {
            reader.close();
        }
        readers.clear();
    }

    @Test
    void oneClientThatReadsSlowlyLeavesTheStoreToTheOthers() throws Exception {
        askSlowly(SLOW_CLIENT, SHARE);
        List<SlowReader> further = new ArrayList<>();
        for (int i = SHARE; i < READERS; i++) {
            further.add(ask(SLOW_CLIENT));
        }

        for (int i = 0; i < 10; i++) {
            Answer answer = get(ANOTHER_CLIENT);
            assertThat(answer.status()).as(answer.header("Content-Type")).isEqualTo(200);
            assertThat(answer.bytes()).hasSize(SIZE);
        }
        for (SlowReader reader : further) {
            assertThat(reader.status()).isEqualTo("429");
        }
    }

    @Test
    void whoHasTooManyDownloadsIsToldSoUntilOneEnds() throws Exception {
        askSlowly(SLOW_CLIENT, SHARE);

        assertRefused(get(SLOW_CLIENT));
        assertThat(client.get(path, "X-Forwarded-For", SLOW_CLIENT, "If-None-Match", "*")
                        .status())
                .isEqualTo(304);
        assertThat(head(SLOW_CLIENT)).isEqualTo(200);

        readers.remove(0).close();
        Waiting.until(
                "the client gets pictures again",
                Duration.ofMinutes(1),
                () -> get(SLOW_CLIENT).status() == 200);
    }

    /** The addresses of an IPv6 network are one client's. */
    @Test
    void nobodyGetsAroundItByTheAddressesOfOneNetwork() throws Exception {
        for (int i = 0; i < SHARE; i++) {
            askSlowly("2001:db8:1:2::" + (i + 1), 1);
        }

        assertRefused(get("2001:db8:1:2::ffff"));
        assertThat(get("2001:db8:1:3::1").status()).isEqualTo(200);
    }

    /** Takes some bytes 20 times in a second, and so never nothing for long. */
    @Test
    void whoTakesTooLittleIsCutOffAlthoughItGoesOnTakingIt(@TempDir Path directory) throws Exception {
        ServiceLimits limits = ServiceLimits.DEFAULT.withSlowestDownload(Duration.ofSeconds(1), 64 * 1024);
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("CONTENT_CACHE", "off");
        try (RunningService strict = RunningService.with(directory, settings, limits)) {
            strict.setSendBufferSize(SMALL_BUFFER);
            String large = upload(strict, SIZE);
            SlowReader reader = SlowReader.ask(strict.port(), large);
            readers.add(reader);
            assertThat(reader.status()).isEqualTo("200");

            Waiting.until("the connection ends", Duration.ofMinutes(3), () -> !reader.take(1000));

            assertThat(reader.taken()).isGreaterThan(SMALL_BUFFER).isLessThan(1_000_000);
            assertThat(strict.client().get(upload(strict, SMALL_BUFFER)).status())
                    .isEqualTo(200);
        }
    }

    /** All of them have one address, of which fewer could read from the store. */
    @Test
    void whoeverReadsCopiesSlowlyHoldsNothingThatOthersNeed(@TempDir Path directory) throws Exception {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("CONTENT_CACHE", "256MB");
        settings.put("RATE_LIMIT_MAX", "0");
        try (RunningService caching = RunningService.with(directory, settings)) {
            String slow = upload(caching, SIZE);
            for (int i = 0; i < MANY_READERS; i++) {
                SlowReader reader = SlowReader.ask(caching.port(), slow);
                readers.add(reader);
                assertThat(reader.status()).isEqualTo("200");
            }

            for (int i = 0; i < 3; i++) {
                byte[] picture = Pictures.jpegOfSize(SIZE);
                String another = Client.pathOf(caching.client()
                        .upload("a.jpg", picture)
                        .isSuccess("上传成功")
                        .data()
                        .get("url")
                        .asString());
                assertThat(caching.client().get(another).bytes()).isEqualTo(picture);
            }
            assertThat(caching.client().get("/health").status()).isEqualTo(200);
            assertThat(readers.get(0).body())
                    .isEqualTo(caching.client().get(slow).bytes())
                    .hasSize(SIZE);
        }
    }

    /** The path of a new picture of this size. */
    private static String upload(RunningService service, int size) throws Exception {
        return Client.pathOf(service.client()
                .upload("a.jpg", Pictures.jpegOfSize(size))
                .data()
                .get("url")
                .asString());
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        answer.isError(429, "too_many_downloads");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** One after the other, all of which are let in. */
    private void askSlowly(String address, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(ask(address).status()).isEqualTo("200");
        }
    }

    private SlowReader ask(String address) throws Exception {
        SlowReader reader = SlowReader.ask(service.port(), path, "X-Forwarded-For: " + address);
        readers.add(reader);
        return reader;
    }

    private Answer get(String address) throws Exception {
        return client.get(path, "X-Forwarded-For", address);
    }

    private int head(String address) throws Exception {
        return client.send("HEAD", path, HttpRequest.BodyPublishers.noBody(), "X-Forwarded-For", address)
                .status();
    }
}
