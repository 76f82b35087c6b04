package io.github.imagehost.web;

import com.google.common.io.Closer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one exchange, which can all be closed at any time by any thread, in whatever step the library is: a
 * time limit of a socket is for each piece alone, and says nothing of the whole.
 */
final class ExchangeSockets implements DetachedSocketFactory, AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();
    private boolean closed;

    /** No proxy, not even that of the JVM: it would connect to something else than what was looked at. */
    @Override
    public synchronized Socket create(@Nullable Proxy proxy) throws IOException {
        if (closed) {
            throw new IOException("The exchange is over");
        }
        Socket socket = new Socket(Proxy.NO_PROXY);
        sockets.add(socket);
        return socket;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (Closer closer = Closer.create()) {
            sockets.forEach(closer::register);
        } catch (IOException e) {
            throw new UncheckedIOException("A connection can't be closed", e);
        }
    }
}
