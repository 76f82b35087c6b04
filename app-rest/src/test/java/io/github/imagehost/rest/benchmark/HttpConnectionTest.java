package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of a server that says what it is told to, whatever it is asked. */
class HttpConnectionTest {

    private static final byte[] REQUEST = {'?'};
    private static final String TEN = "HTTP/1.1 200 \r\nContent-Length: 10\r\n\r\n0123456789";
    private static final String CHUNKS =
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\n012\r\n2\r\n34\r\n0\r\n\r\n";
    private static final String REFUSAL = "HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void eachAnswerIsTakenToItsEndAndNoFurther(int atOnce) throws Exception {
        try (Server server = new Server(TEN + CHUNKS + REFUSAL + TEN, 1);
                HttpConnection connection = HttpConnection.narrow(Loopback.at(server.port()), atOnce)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();

            connection.fetch(REQUEST, body);
            assertThat(body).hasToString("0123456789");
            assertThat(connection.receive().text()).isEqualTo("01234");
            assertThat(connection.receive().status()).isEqualTo(503);
            assertThat(connection.receive().text()).isEqualTo("0123456789");
        }
    }

    @Test
    void anAnswerThatEndsTooEarlyIsNone() throws Exception {
        try (Server server = new Server(TEN.substring(0, TEN.length() - 1), 1);
                HttpConnection connection = new HttpConnection(Loopback.at(server.port()))) {
            assertThatThrownBy(() -> connection.fetch(REQUEST, OutputStream.nullOutputStream()))
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void failuresAreCountedAndDoNotEndTheRun() throws Exception {
        Failures failures = new Failures();
        try (Server server = new Server(REFUSAL, 3);
                ClosedLoop loop = ClosedLoop.open(
                        failures.counting(HttpClients.fetching(Loopback.at(server.port()), REQUEST)), 1)) {
            // the server leaves after three connections, each with one answer
            assertThat(loop.run(5, LIMIT).count()).isEqualTo(5);
        }
        assertThat(failures.unavailable()).isEqualTo(3);
        assertThat(failures.others()).isEqualTo(2);
    }

    @Test
    void slowReadersTakeALittleUntilTheyAreToldToHurryAndTellWhoWasCutOff() throws Exception {
        String beginning = TEN.substring(0, TEN.length() - 4);
        try (Server server = new Server(TEN, 2);
                Server cutting = new Server(beginning, 1);
                SlowReaders readers = SlowReaders.begin(2, Loopback.at(server.port()), REQUEST, 3, Duration.ofDays(1));
                SlowReaders cut =
                        SlowReaders.begin(1, Loopback.at(cutting.port()), REQUEST, 1000, Duration.ofDays(1))) {
            assertThat(readers.awaitAnswers(LIMIT)).isTrue();
            assertThat(cut.awaitAnswers(LIMIT)).isTrue();
            assertThat(readers.taken()).isBetween(2L, 6L);

            readers.finish();
            cut.finish();

            assertThat(readers.taken()).isEqualTo(20);
            assertThat(readers.failures().others()).isZero();
            assertThat(cut.taken()).isEqualTo(6);
            assertThat(cut.failures().others()).isEqualTo(1);
        }
    }

    @Test
    void whoIsRefusedIsNoSlowReaderThatOthersWaitFor() throws Exception {
        try (Server server = new Server(REFUSAL, 1);
                SlowReaders readers =
                        SlowReaders.begin(1, Loopback.at(server.port()), REQUEST, 1000, Duration.ofMillis(1))) {
            assertThat(readers.awaitAnswers(LIMIT)).isTrue();
            readers.finish();

            assertThat(readers.failures().unavailable()).isEqualTo(1);
        }
    }

    /** Says the same on each of so many connections, after the first byte of a request, and then closes it. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket listener;

        Server(String answer, int connections) throws IOException {
            listener = new ServerSocket(0, connections, InetAddress.getLoopbackAddress());
            new Thread(() -> answer(answer, connections)).start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void answer(String answer, int connections) {
            for (int left = connections; left > 0; left--) {
                try (Socket socket = listener.accept()) {
                    if (left == 1) {
                        listener.close();
                    }
                    if (socket.getInputStream().read() == REQUEST[0]) {
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // closed by the test
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
