package io.github.imagehost.web.testing;

import com.google.common.io.ByteStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A web server on a loopback address that answers byte for byte what a test wants, legal or not. */
public final class TestWebServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SMALL_BUFFER = 4096;

    private final ServerSocket listener;
    private final Handler handler;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers a request.
         *
         * @param request its line and its headers
         * @param out the end of what is written is the end of the connection's side
         * @throws IOException if the client is gone
         */
        void answer(String request, OutputStream out) throws IOException;

        /** Whether nothing comes after the answer; otherwise the client waits for more of it. */
        default boolean isWhole() {
            return true;
        }
    }

    private TestWebServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /** A server on any free port of 127.0.0.1. */
    public static TestWebServer start(Handler handler) throws IOException {
        return start(ServerSocketFactory.getDefault(), "127.0.0.1", 0, handler);
    }

    /** A server at a certain place, with sockets of any kind. */
    public static TestWebServer start(ServerSocketFactory factory, String address, int port, Handler handler)
            throws IOException {
        ServerSocket listener = factory.createServerSocket();
        // what is not read has to stay at the sender
        listener.setReceiveBufferSize(SMALL_BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        TestWebServer server = new TestWebServer(listener, handler);
        begin(server::accept);
        return server;
    }

    /** A whole answer with a body. */
    public static byte[] answer(String status, String headers, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    /** Sends a picture. */
    public static Handler picture(byte[] picture) {
        return (request, out) -> out.write(answer("200 OK", "Content-Type: image/png\r\n", picture));
    }

    /** Begins an answer, and says nothing any more. */
    public static Handler silentAfter(String beginning) {
        return new Handler() {
            @Override
            public void answer(String request, OutputStream out) throws IOException {
                out.write(beginning.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean isWhole() {
                return false;
            }
        };
    }

    /** Leads elsewhere. */
    public static Handler redirect(String location) {
        return (request, out) -> out.write(answer("302 Found", "Location: " + location + "\r\n", new byte[0]));
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "test-web-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                open.incrementAndGet();
                begin(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = head(socket.getInputStream());
            if (!request.isEmpty()) {
                requests.add(request);
                handler.answer(request, socket.getOutputStream());
                if (handler.isWhole()) {
                    socket.shutdownOutput();
                }
            }
            // the client has to end the connection
            ByteStreams.exhaust(socket.getInputStream());
        } catch (IOException e) {
            // it did
            return;
        } finally {
            open.decrementAndGet();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int character = in.read();
            if (character < 0) {
                return "";
            }
            head.append((char) character);
        }
        return head.toString();
    }

    /** The lines and headers of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections there were. */
    public int connections() {
        return sockets.size();
    }

    /** Returns when no client has a connection any more; fails if one goes on having one. */
    public void awaitNoConnection() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (open.get() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError(open.get() + " connections are left");
            }
            Thread.sleep(2);
        }
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The address of something on it. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
