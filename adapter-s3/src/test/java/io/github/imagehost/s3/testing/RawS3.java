package io.github.imagehost.s3.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that a test scripts byte by byte, for what a real HTTP server does not let a {@link ScriptedS3} do. */
public final class RawS3 implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final ServerSocket listener;
    private final Function<Head, Reply> script;
    private final List<Head> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /**
     * A server that answers as the script says.
     *
     * @param script is asked when the head of a request is there
     */
    public RawS3(Function<Head, Reply> script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The head of a request, the names of its headers in lower case. */
    public record Head(String method, String target, Map<String, String> headers) {

        /** Empty if there is no such header. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * What is done about a request.
     *
     * @param continues whether the body is asked for, if the client waits to be asked
     * @param readsBody whether the body is read before the answer; otherwise the connection is closed after it
     * @param status as in {@code 200 OK}
     */
    public record Reply(
            boolean continues, boolean readsBody, String status, Map<String, String> headers, String body) {}

    /** Where it listens. */
    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** What came in so far. */
    public List<Head> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-s3");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setSoTimeout(TIMEOUT_MILLIS);
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // the only way to end this is to close what it listens on
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                Optional<Head> head = head(in);
                open = head.isPresent() && answer(head.get(), in, connection.getOutputStream());
            }
        } catch (IOException e) {
            // the client has gone: what it makes of that is what tests look at
            connections.remove(connection);
        }
    }

    private boolean answer(Head head, InputStream in, OutputStream out) throws IOException {
        requests.add(head);
        Reply reply = script.apply(head);
        if (reply.continues() && head.header("Expect").isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (reply.readsBody()) {
            in.skipNBytes(head.header("Content-Length").map(Long::parseLong).orElse(0L));
        }
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + reply.status() + "\r\n");
        reply.headers()
                .forEach((name, value) ->
                        answer.append(name).append(": ").append(value).append("\r\n"));
        answer.append("Content-Length: ").append(reply.body().length()).append("\r\n\r\n");
        out.write((answer + reply.body()).getBytes(StandardCharsets.UTF_8));
        return reply.readsBody();
    }

    /** Empty at the end of the connection. */
    private static Optional<Head> head(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] words = first.split(" ", -1);
        return Optional.of(new Head(words[0], words[1], headers));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
