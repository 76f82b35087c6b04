package io.github.imagehost.rest.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
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

    /** What all is well is called. */
    static final int OK = 200;

    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int BUFFER = 64 * 1024;
    private static final int NARROW = 4 * 1024;

    private final URI base;
    private final int receiveBuffer;
    private final byte[] buffer;
    private int position;
    private int limit;
    private @Nullable Socket socket;

    /** What the server answered. */
    record Response(int status, String text) {

        /**
         * The same, if it is a success.
         *
         * @throws UnexpectedStatusException if it is none
         */
        Response expect(int expected) throws UnexpectedStatusException {
            if (status != expected) {
                throw new UnexpectedStatusException(status, expected, text);
            }
            return this;
        }
    }

    HttpConnection(URI base) {
        this(base, BUFFER, 0);
    }

    private HttpConnection(URI base, int buffer, int receiveBuffer) {
        this.base = base;
        this.buffer = new byte[buffer];
        this.receiveBuffer = receiveBuffer;
    }

    /**
     * One of which little is under way to the client that it has not read.
     *
     * @param mostAtOnce how many bytes it reads at once at the most
     */
    static HttpConnection narrow(URI base, int mostAtOnce) {
        return new HttpConnection(base, mostAtOnce, NARROW);
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

    /**
     * Sends a whole request and passes the body of its answer on, as it comes.
     *
     * @throws UnexpectedStatusException if it is no success; its body is passed on all the same
     */
    void fetch(byte[] request, OutputStream body) throws IOException {
        send(request, 0, request.length);
        int status = receive(body);
        if (status != OK) {
            throw new UnexpectedStatusException(status, OK, "");
        }
    }

    /** Sends a part of a request. */
    void send(byte[] bytes, int from, int to) throws IOException {
        out().write(bytes, from, to - from);
    }

    /** Receives one answer, which may be a preliminary one. */
    Response receive() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = receive(body);
        return new Response(status, body.toString(StandardCharsets.UTF_8));
    }

    /**
     * Receives one answer and passes its body on, as it comes.
     *
     * @return the status
     * @throws EOFException if the answer ends too early
     */
    private int receive(OutputStream body) throws IOException {
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
        if (chunked) {
            copyChunks(body);
        } else {
            copy(length, body);
        }
        if (lastAnswer) {
            close();
        }
        return status;
    }

    private void copyChunks(OutputStream body) throws IOException {
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            copy(size, body);
            line();
        }
        line();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void copy(int length, OutputStream body) throws IOException {
        int missing = length;
        while (missing > 0) {
            if (position == limit) {
                fill("in the middle of an answer");
            }
            int count = Math.min(missing, limit - position);
            body.write(buffer, position, count);
            position += count;
            missing -= count;
        }
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
            fill("before an answer");
        }
        return buffer[position++];
    }

    private void fill(String when) throws IOException {
        limit = Math.max(0, in().read(buffer));
        position = 0;
        if (limit == 0) {
            throw new EOFException("The connection was closed " + when);
        }
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
            open = new Socket();
            if (receiveBuffer > 0) {
                open.setReceiveBufferSize(receiveBuffer);
            }
            open.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MILLIS);
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
