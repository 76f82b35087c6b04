package io.github.imagehost.core.testing;

import static io.github.imagehost.core.testing.FaultProxy.anyRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.FaultProxy.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether the faults are those that tests rely on, before a server that repeats each line it gets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultProxyTest {

    /** Long enough for an answer that should not come to come. */
    private static final int SILENCE_MILLIS = 200;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.to("127.0.0.1", server.getLocalPort());
        inBackground(() -> {
            while (true) {
                Socket connection = server.accept();
                inBackground(() -> repeatLines(connection));
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOn() throws IOException {
        try (Peer client = connect()) {
            assertThat(client.ask("one")).isEqualTo("one");
            assertThat(client.ask("two")).isEqualTo("two");
        }
        assertThat(proxy.isQuiet()).isTrue();
    }

    @Test
    void aFaultHitsTheNextOfItsRequestsOnly() throws IOException {
        proxy.next(request -> request.startsWith("put"), Fault.answerInstead("no"));

        try (Peer client = connect()) {
            assertThat(client.ask("get")).isEqualTo("get");
            assertThat(proxy.faultsAreUsedUp()).isFalse();
            assertThat(client.ask("put 1")).isEqualTo("no");
            assertThat(proxy.faultsAreUsedUp()).isTrue();
        }
        try (Peer client = connect()) {
            assertThat(client.ask("put 2")).isEqualTo("put 2");
        }
        assertThat(received).containsExactly("get", "put 2");
    }

    @Test
    void aLastingFaultHitsUntilItHeals() throws IOException {
        proxy.always(anyRequest(), Fault.damageAnswerAfter(1));
        try (Peer client = connect()) {
            assertThat(client.ask("abc")).isEqualTo("a" + (char) ('b' ^ 0xff) + "c");
            assertThat(client.ask("abc")).isNotEqualTo("abc");
            proxy.heal();
            assertThat(client.ask("abc")).isEqualTo("abc");
        }
        assertThat(received).containsExactly("abc", "abc", "abc");
    }

    @Test
    void damagesARequest() throws IOException {
        proxy.next(anyRequest(), Fault.damageRequestAfter(2));

        try (Peer client = connect()) {
            client.ask("abc");
        }

        assertThat(received).containsExactly("ab" + (char) ('c' ^ 0xff));
    }

    @Test
    void losesAnAnswerOnceTheServerIsDone() throws IOException {
        proxy.next(anyRequest(), Fault.loseAnswer());

        try (Peer client = connect()) {
            assertThat(client.ask("one")).isEqualTo("end");
        }

        assertThat(received).containsExactly("one");
    }

    @Test
    void cutsAnAnswer() throws IOException {
        proxy.next(anyRequest(), Fault.cutAnswerAfter(2));

        try (Peer client = connect()) {
            assertThat(client.ask("one")).isEqualTo("on");
        }
    }

    @Test
    void resetsARequest() throws IOException {
        proxy.next(anyRequest(), Fault.resetRequestAfter(2));

        try (Peer client = connect()) {
            assertThatThrownBy(() -> client.ask("one")).isInstanceOf(SocketException.class);
        }

        assertThat(received).doesNotContain("one");
    }

    @Test
    void aStalledRequestArrivesWhenItHeals() throws IOException {
        proxy.next(anyRequest(), Fault.stallRequestAfter(2));

        try (Peer client = connect()) {
            client.send("one");
            await(() -> !proxy.isQuiet());
            assertSilent(client);
            assertThat(received).isEmpty();
            proxy.heal();
            assertThat(client.answer()).isEqualTo("one");
        }
        assertThat(proxy.isQuiet()).isTrue();
    }

    @Test
    void aStalledAnswerArrivesWhenItHeals() throws IOException {
        proxy.next(anyRequest(), Fault.stallAnswerAfter(0));

        try (Peer client = connect()) {
            client.send("one");
            await(() -> received.contains("one"));
            assertSilent(client);
            proxy.heal();
            assertThat(client.answer()).isEqualTo("one");
        }
    }

    @Test
    void aSilentProxyAcceptsConnectionsAndNothingElse() throws IOException {
        try (Peer before = connect()) {
            before.ask("one");
            proxy.fallSilent();
            try (Peer client = connect()) {
                client.send("two");
                assertSilent(client);
                before.send("three");
                assertSilent(before);
                assertThat(received).containsExactly("one");
                proxy.heal();
                assertThat(client.answer()).isEqualTo("two");
                assertThat(before.answer()).isEqualTo("three");
            }
        }
    }

    @Test
    void refusesConnectionsAndAcceptsThemAgainOnTheSamePort() throws IOException {
        try (Peer client = connect()) {
            client.ask("one");
            proxy.refuseConnections();
            assertThatThrownBy(() -> client.ask("two")).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        proxy.heal();
        try (Peer client = connect()) {
            assertThat(client.ask("three")).isEqualTo("three");
        }
        assertThat(received).containsExactly("one", "three");
    }

    private Peer connect() throws IOException {
        return new Peer(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    private static void assertSilent(Peer peer) throws IOException {
        peer.socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> peer.socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        peer.socket.setSoTimeout(0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private void repeatLines(Socket connection) throws IOException {
        try (Peer peer = new Peer(connection)) {
            for (String line = peer.in.readLine(); line != null; line = peer.in.readLine()) {
                received.add(line);
                peer.send(line);
            }
        }
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the test is over, or it broke the connection
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** One end of a connection that carries lines. */
    private static final class Peer implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String ask(String line) throws IOException {
            send(line);
            return answer();
        }

        String answer() throws IOException {
            String line = in.readLine();
            return line == null ? "end" : line;
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
