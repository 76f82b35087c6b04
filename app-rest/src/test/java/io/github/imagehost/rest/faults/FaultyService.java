package io.github.imagehost.rest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.settings.ServiceLimits;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.function.ThrowingSupplier;
import tools.jackson.databind.JsonNode;

/**
 * The service with a proxy before its store and another one before its database, and what has to be true of it whatever
 * goes wrong there. Requests may be made by many threads at once.
 */
final class FaultyService implements AutoCloseable {

    /** Every answer comes within that time: what the adapters' limits allow for all that one request asks of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    /** Less than users wait, but enough for a machine that has much else to do. */
    private static final ServiceLimits LIMITS =
            ServiceLimits.DEFAULT.withStoreCall(Duration.ofSeconds(3)).withDatabaseStatement(Duration.ofSeconds(2));

    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(1);

    /** Large enough to be cut in the middle. */
    private static final int PICTURE_SIZE = 600_000;

    private final TestDatabase database;
    private final FaultProxy toDatabase;
    private final FaultProxy toStore;
    private final RunningService service;
    private final Client client;
    private final Remains remains;

    private FaultyService(Path dataDirectory, Map<String, String> more) {
        this.database = TestDatabases.onServer();
        Map<String, String> settings = new HashMap<>(S3TestServer.shared().freshBucket());
        this.remains = Remains.in(database, S3ImageStore.create(S3Settings.from(Settings.of(settings))), dataDirectory);
        settings.putAll(database.settings());
        this.toDatabase = FaultProxy.to(settings.get("DB_HOST"), Integer.parseInt(settings.get("DB_PORT")));
        this.toStore = FaultProxy.to(S3TestServer.shared().endpoint());
        settings.put("S3_ENDPOINT", toStore.endpoint().toString());
        settings.put("DB_HOST", "127.0.0.1");
        settings.put("DB_PORT", String.valueOf(toDatabase.port()));
        // the proxy has to see which statement is which
        settings.put("DB_SSL_MODE", "DISABLED");
        settings.put("RATE_LIMIT_MAX", "0");
        // the tests sweep themselves
        settings.put("SWEEP_INTERVAL", "1d");
        settings.putAll(more);
        this.service = RunningService.with(dataDirectory, settings, LIMITS);
        service.setDatabasePatience(DATABASE_PATIENCE);
        this.client = service.client();
    }

    /** Starts it with its files in this directory. */
    static FaultyService start(Path dataDirectory) {
        return new FaultyService(dataDirectory, Map.of());
    }

    /** Starts it with further settings. */
    static FaultyService start(Path dataDirectory, Map<String, String> settings) {
        return new FaultyService(dataDirectory, settings);
    }

    /** What the service believes to be its database. */
    FaultProxy database() {
        return toDatabase;
    }

    /** What the service believes to be its store. */
    FaultProxy store() {
        return toStore;
    }

    static byte[] picture() {
        return Pictures.jpegOfSize(PICTURE_SIZE);
    }

    Answer upload(byte[] picture) {
        return inTime(() -> client.upload("photo.jpg", picture));
    }

    Answer download(StoredPicture picture) {
        return inTime(() -> client.get(picture.path));
    }

    Answer delete(StoredPicture picture) {
        return inTime(() -> client.delete("/api/images/" + picture.id));
    }

    /** Makes all reservations run out. */
    void endLeases() {
        database.letTimePass(Duration.ofHours(1));
    }

    /** Uploads a new picture while nothing is wrong. */
    StoredPicture storePicture() {
        return storePicture(picture());
    }

    /** Uploads this new picture while nothing is wrong. */
    StoredPicture storePicture(byte[] picture) {
        return StoredPicture.of(upload(picture).isSuccess("上传成功").data(), picture);
    }

    /** Another process, for which nothing is wrong, sweeps. */
    void sweepElsewhere() {
        remains.sweep();
    }

    /** Ends all faults, and asserts that the service is itself again soon. */
    void heal() throws IOException {
        toStore.heal();
        toDatabase.heal();
        assertTimeoutPreemptively(
                RECOVERY,
                () -> Waiting.until(
                        "the service is healthy and stores pictures",
                        RECOVERY,
                        () -> client.get("/health").status() == 200
                                && client.upload("new.jpg", picture()).status() == 200));
    }

    /** Asserts that a picture is served as it was uploaded. */
    void assertServes(StoredPicture picture) {
        Answer answer = download(picture);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(picture.bytes);
    }

    /** Asserts that nothing is left of what went wrong, once time has passed and sweeps were made. */
    void assertNothingLeaked() throws Exception {
        Waiting.until("all late requests have arrived", PATIENCE, () -> toStore.isQuiet() && toDatabase.isQuiet());
        remains.assertOnlyLiveImages();
    }

    /** Asserts that a client is told to come back later, and nothing else. */
    static void assertUnavailable(Answer answer) {
        answer.isError(503, "service_unavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.text()).doesNotContain("127.0.0.1", "imagehost", "SlowDown", "COMMIT", ".jpg");
    }

    private static Answer inTime(ThrowingSupplier<Answer> request) {
        return assertTimeoutPreemptively(PATIENCE, request);
    }

    @Override
    public void close() throws IOException {
        service.close();
        remains.close();
        toStore.close();
        toDatabase.close();
        database.close();
    }

    /** A picture for which the service answered that it is stored. */
    static final class StoredPicture {

        private final long id;
        private final String path;
        private final byte[] bytes;

        private StoredPicture(long id, String path, byte[] bytes) {
            this.id = id;
            this.path = path;
            this.bytes = bytes;
        }

        static StoredPicture of(JsonNode answered, byte[] bytes) {
            return new StoredPicture(
                    answered.get("id").asLong(),
                    Client.pathOf(answered.get("url").asString()),
                    bytes);
        }

        String path() {
            return path;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
