package io.github.imagehost.rest.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that asks for something and takes no more of the answer than it is told to. For one thread. */
public final class SlowReader implements AutoCloseable {

    /** So that little of the answer is under way without being read. */
    private static final int RECEIVE_BUFFER = 4 * 1024;

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int LONGEST_STATUS_LINE = 200;

    private final Socket socket;
    private long taken;

    private SlowReader(Socket socket) {
        this.socket = socket;
    }

    /** Connects and sends a GET. */
    public static SlowReader ask(int port, String path, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return new SlowReader(socket);
    }

    /** Reads the first line of the answer, and answers its status. */
    public String status() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_STATUS_LINE && line.indexOf("\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("The connection ended after '" + line + "'");
            }
            line.append((char) next);
        }
        return line.toString().split(" ", 3)[1];
    }

    /**
     * Takes as many bytes as there are, up to this number.
     *
     * @return whether there were any: false at the end of the connection, be it broken off or not
     */
    public boolean take(int bytes) throws IOException {
        try {
            int count = socket.getInputStream().read(new byte[bytes]);
            taken += Math.max(count, 0);
            return count >= 0;
        } catch (SocketException e) {
            return false;
        }
    }

    /**
     * All that follows the head of the answer, after its first line was read; at the pace of the service from now on.
     */
    public byte[] body() throws IOException {
        byte[] rest = socket.getInputStream().readAllBytes();
        int head = new String(rest, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return Arrays.copyOfRange(rest, head + 4, rest.length);
    }

    /** How many bytes it has taken of what follows the first line. */
    public long taken() {
        return taken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
