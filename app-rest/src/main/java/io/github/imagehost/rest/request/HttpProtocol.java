package io.github.imagehost.rest.request;

import io.github.imagehost.core.decoding.Requester;
import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1, which also tells those who handle a request whether its client is still there: it is not if the
 * connection has ended, or the client's half of it.
 */
public final class HttpProtocol extends Http11NioProtocol {

    /** Of a request of Coyote's: who waits for its answer. Tomcat itself uses the first ones. */
    static final int CLIENT_NOTE = 20;

    @Override
    protected Processor createProcessor() {
        return new PresenceProcessor(this, getAdapter());
    }

    private static final class PresenceProcessor extends Http11Processor {

        PresenceProcessor(HttpProtocol protocol, Adapter adapter) {
            super(protocol, adapter);
            Requester client = this::isClientThere;
            request.setNote(CLIENT_NOTE, client);
        }

        /**
         * Reads ahead what has come, without waiting, into the buffer of the socket, where it is found later. Behind
         * bytes that nobody has taken yet, the end of a connection can't be seen.
         */
        private boolean isClientThere() {
            SocketWrapperBase<?> socket = getSocketWrapper();
            if (socket == null) {
                return true;
            }
            try {
                socket.isReadyForRead();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
