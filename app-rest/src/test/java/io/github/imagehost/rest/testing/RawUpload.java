package io.github.imagehost.rest.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One upload over a connection of its own, sent piece by piece. For one thread. */
public final class RawUpload implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int PAUSE_MILLIS = 50;
    private static final int END = -1;

    private final Socket socket;
    private final byte[] body;
    private int sent;

    private RawUpload(Socket socket, byte[] body) {
        this.socket = socket;
        this.body = body;
    }

    /** Connects and sends the head of a request for one picture. */
    public static RawUpload begin(int port, byte[] picture) throws IOException {
        return begin(port, "/api/upload", new Multipart().file("image", "slow.jpg", picture));
    }

    /** Connects and sends the head of a request. */
    public static RawUpload begin(int port, String path, Multipart multipart) throws IOException {
        return begin(port, "POST " + path, multipart.contentType(), multipart.bytes());
    }

    /** Connects and sends the head of a request whose body is a picture. */
    public static RawUpload beginRaw(int port, byte[] picture) throws IOException {
        return begin(port, "PUT /api/upload/slow.jpg", "image/jpeg", picture);
    }

    /** Connects and sends the head of a request whose body is JSON. */
    public static RawUpload beginJson(int port, String methodAndPath, String json) throws IOException {
        return begin(port, methodAndPath, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static RawUpload begin(int port, String methodAndPath, String contentType, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        String head = methodAndPath + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return new RawUpload(socket, body);
    }

    /** Sends this much of the body, in small pieces. */
    public void send(int bytes) throws IOException {
        int end = Math.min(sent + bytes, body.length);
        OutputStream out = socket.getOutputStream();
        while (sent < end) {
            int piece = Math.min(4096, end - sent);
            out.write(Arrays.copyOfRange(body, sent, sent + piece));
            sent += piece;
        }
    }

    /**
     * Sends a byte whenever the server has not said anything for a moment, until it closes the connection.
     *
     * @return the whole answer as text
     */
    public String drip() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int last = 0;
        while (last >= 0) {
            Optional<Integer> next = readWithin(PAUSE_MILLIS);
            last = next.isPresent() ? next.get() : sendOne();
            if (next.isPresent() && last >= 0) {
                answer.write(last);
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private int sendOne() throws IOException {
        try {
            send(1);
            return 0;
        } catch (SocketException e) {
            return END;
        }
    }

    private Optional<Integer> readWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return Optional.of(socket.getInputStream().read());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (SocketException e) {
            return Optional.of(END);
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Sends the rest of the body and answers the whole answer as text. */
    public String finish() throws IOException {
        send(body.length - sent);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
