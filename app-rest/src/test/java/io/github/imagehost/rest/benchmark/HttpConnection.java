package io.github.imagehost.rest.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one blocking socket that is kept alive, written by hand so that it costs little of the processors that
 * client and server share. Requests are prepared bytes. For one thread.
 */
final class HttpConnection implements Closeable {

    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int BUFFER = 16 * 1024;

    private final URI base;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private @Nullable Socket socket;

    /** What the server answered. */
    record Response(int status, String text) {

        /**
         * The same, if it is a success.
         *
         * @throws IOException if it is none
         */
        Response expect(int expected) throws IOException {
            if (status != expected) {
                throw new IOException("Got " + status + " instead of " + expected + ": " + text);
            }
            return this;
        }
    }

    HttpConnection(URI base) {
        this.base = base;
    }

    /** The head of a request without a body, up to the empty line; further headers may follow the path. */
    static byte[] get(URI base, String path) {
        return head(base, "GET", path, "");
    }

    /**
     * The head of a request.
     *
     * @param headers each with its line end
     */
    static byte[] head(URI base, String method, String path, String headers) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a whole request and receives its answer. */
    Response exchange(byte[] request) throws IOException {
        send(request, 0, request.length);
        return receive();
    }

    /** Sends a part of a request. */
    void send(byte[] bytes, int from, int to) throws IOException {
        out().write(bytes, from, to - from);
    }

    /** Receives one answer, which may be a preliminary one. */
    Response receive() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine, 9, 12, 10);
        int length = 0;
        boolean chunked = false;
        boolean lastAnswer = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            } else if (lower.startsWith("connection:")) {
                lastAnswer = lower.endsWith("close");
            }
        }
        byte[] body = chunked ? chunks() : bytes(length);
        if (lastAnswer) {
            close();
        }
        return new Response(status, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int buffered = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, buffered);
        position += buffered;
        if (in().readNBytes(bytes, buffered, length - buffered) < length - buffered) {
            throw new EOFException("The connection was closed in the middle of an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = Math.max(0, in().read(buffer));
            position = 0;
            if (limit == 0) {
                throw new EOFException("The connection was closed before an answer");
            }
        }
        return buffer[position++];
    }

    private InputStream in() throws IOException {
        return connected().getInputStream();
    }

    private OutputStream out() throws IOException {
        return connected().getOutputStream();
    }

    private Socket connected() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getByName(base.getHost()), base.getPort());
            open.setTcpNoDelay(true);
            open.setSoTimeout(TIMEOUT_MILLIS);
            socket = open;
            position = 0;
            limit = 0;
        }
        return open;
    }

    /** Closes the socket; the next request opens another one. */
    @Override
    public void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
