package io.github.imagehost.rest.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no proper client sends. */
public final class RawRequest {

    private static final int TIMEOUT_MILLIS = 30_000;

    private RawRequest() {}

    /** Sends these characters and nothing more, and answers everything that comes back. */
    public static String send(int port, String request) throws IOException {
        return send(port, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends these bytes and nothing more, and answers everything that comes back. */
    public static String send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
