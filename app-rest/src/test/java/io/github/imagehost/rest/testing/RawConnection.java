package io.github.imagehost.rest.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which a test sends and reads what it likes, when it likes. For one thread. */
public final class RawConnection implements AutoCloseable {

    /** Less than the service waits for the next byte of a request. */
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawConnection(socket);
    }

    /** Sends the head of a request with these lines. */
    public RawConnection head(String... lines) throws IOException {
        return send((String.join("\r\n", lines) + "\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends no more. */
    public RawConnection end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next head of an answer, with the empty line behind it. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended after '" + head.toString(StandardCharsets.UTF_8) + "'");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    /** All that comes until the service closes the connection, without sending the end of ours. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
