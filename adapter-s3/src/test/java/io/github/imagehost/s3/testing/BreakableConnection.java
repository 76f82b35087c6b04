package io.github.imagehost.s3.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and passes everything on, until told to lose, cut or hold back what the server
 * answers. Faults hit the next answers there are, one each, on whatever connection. Safe for use by many threads at once.
 */
public final class BreakableConnection implements AutoCloseable {

    private static final byte[] INTERIM_ANSWER = "HTTP/1.1 100".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 16 * 1024;

    private final URI server;
    private final ServerSocket listener;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean silent;

    private BreakableConnection(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** A connection to this server. The caller closes it. */
    public static BreakableConnection to(URI server) {
        try {
            BreakableConnection connection =
                    new BreakableConnection(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            inBackground(connection::accept);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Closes the connection instead of passing on the next answers; the server has done by then what it was asked. */
    public void loseAnswers(int count) {
        for (int i = 0; i < count; i++) {
            faults.add(new Fault(0, false));
        }
    }

    /** Closes the connection after this many bytes of the next answer, headers included. */
    public void cutAnswerAfter(long bytes) {
        faults.add(new Fault(bytes, false));
    }

    /** Passes on this many bytes of the next answer, headers included, and then nothing more; the connection stays. */
    public void stallAnswerAfter(long bytes) {
        faults.add(new Fault(bytes, true));
    }

    /** From now on nothing is read and nothing answered, though connections are accepted. */
    public void fallSilent() {
        silent = true;
    }

    /** Whether every fault has hit an answer. */
    public boolean faultsAreUsedUp() {
        return faults.isEmpty();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            sockets.add(client);
            if (!silent) {
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.add(upstream);
                inBackground(() -> passOnRequests(client, upstream));
                inBackground(() -> passOnAnswers(upstream, client));
            }
        }
    }

    private void passOnRequests(Socket client, Socket upstream) throws IOException, InterruptedException {
        try (client;
                upstream) {
            byte[] buffer = new byte[BUFFER];
            InputStream in = client.getInputStream();
            OutputStream out = upstream.getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (silent) {
                    // like a server that froze: not even what was sent is taken any more
                    closed.await();
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private void passOnAnswers(Socket upstream, Socket client) throws IOException {
        try (upstream;
                client) {
            byte[] buffer = new byte[BUFFER];
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            @Nullable Fault fault = null;
            long passed = 0;
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (silent) {
                    continue;
                }
                if (fault == null && !isInterim(buffer, count)) {
                    fault = faults.poll();
                }
                if (fault == null) {
                    out.write(buffer, 0, count);
                } else {
                    int allowed = (int) Math.min(count, fault.afterBytes() - passed);
                    out.write(buffer, 0, allowed);
                    passed += allowed;
                    if (passed == fault.afterBytes() && !fault.stall()) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean isInterim(byte[] buffer, int count) {
        int length = INTERIM_ANSWER.length;
        return count >= length && Arrays.equals(buffer, 0, length, INTERIM_ANSWER, 0, length);
    }

    private static void inBackground(Forwarding forwarding) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forwarding.run();
                    } catch (IOException e) {
                        // a connection that broke: that is what this is for, and its ends notice by themselves
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "breakable-connection");
        thread.setDaemon(true);
        thread.start();
    }

    private record Fault(long afterBytes, boolean stall) {}

    @FunctionalInterface
    private interface Forwarding {
        void run() throws IOException, InterruptedException;
    }
}
