package io.github.imagehost.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clients that leave while their picture is decoded, which takes much longer than it takes to notice that. */
class LeavingClientsTest extends ServiceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] DEAR = Pictures.losslessWebp(4000, 4000);

    @Test
    void nothingIsDecodedForAClientThatHasLeft() throws Exception {
        RawConnection connection = upload("left.webp", different(98));
        Waiting.until("the picture is decoded", LIMIT, LeavingClientsTest::isDecoding);

        connection.close();

        Waiting.until("the decoder has ended", LIMIT, () -> !isDecoding());
        assertThat(namesOfImages()).doesNotContain("left.webp");
    }

    @Test
    void norForOneThatLeavesWhileItWaitsForItsTurn() throws Exception {
        int waiting = 4 * Runtime.getRuntime().availableProcessors();
        RawConnection[] connections = new RawConnection[waiting];
        for (int i = 0; i < waiting; i++) {
            connections[i] = upload("waiting" + i + ".webp", different(i));
        }
        Waiting.until("a picture is decoded", LIMIT, LeavingClientsTest::isDecoding);
        for (RawConnection connection : connections) {
            connection.close();
        }

        Waiting.until("no decoder works any more", LIMIT, () -> !isDecoding());
        assertThat(namesOfImages()).doesNotContain("waiting" + (waiting - 1) + ".webp");
    }

    @Test
    void theNextRequestOfAConnectionIsNotTakenForADeparture() throws Exception {
        byte[] picture = different(97);
        bothAreAnswered("Content-Length: " + picture.length + "\r\n\r\n", picture, "");
    }

    @Test
    void norIsItBehindABodyInChunks() throws Exception {
        byte[] picture = different(96);
        bothAreAnswered(
                "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(picture.length) + "\r\n",
                picture,
                "\r\n0\r\n\r\n");
    }

    private void bothAreAnswered(String beginning, byte[] picture, String end) throws IOException {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        requests.writeBytes(ascii("PUT /api/upload/stays.webp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + beginning));
        requests.writeBytes(picture);
        requests.writeBytes(ascii(end + "GET /api/images HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
        try (RawConnection connection = RawConnection.to(service().port())) {
            String answers = connection.send(requests.toByteArray()).readToEnd();

            assertThat(answers).startsWith("HTTP/1.1 200").contains("stays.webp");
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void whoeverWaitsIsAnsweredHoweverLongItTakes() throws Exception {
        try (RawConnection connection = upload("waits.webp", different(99))) {
            assertThat(connection.readHead()).startsWith("HTTP/1.1 200");
        }
    }

    private RawConnection upload(String name, byte[] picture) throws IOException {
        return RawConnection.to(service().port())
                .head("PUT /api/upload/" + name + " HTTP/1.1", "Content-Length: " + picture.length)
                .send(picture);
    }

    /** The same pixels in another file: what follows the picture does not belong to it. */
    private static byte[] different(int number) {
        byte[] file = Arrays.copyOf(DEAR, DEAR.length + 1);
        file[DEAR.length] = (byte) number;
        return file;
    }

    private static boolean isDecoding() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("imagehost-decoder"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().startsWith("com.twelvemonkeys."));
    }

    private String namesOfImages() throws IOException, InterruptedException {
        return client().get("/api/images?limit=100").text();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
