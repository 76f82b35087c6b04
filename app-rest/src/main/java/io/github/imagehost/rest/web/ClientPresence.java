package io.github.imagehost.rest.web;

import io.github.imagehost.core.decoding.Requester;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Whether the client of a request is still there: it is not if its connection has ended, or its half of it. For the thread that
 * handles the request.
 */
final class ClientPresence implements Requester {

    /** Where a request has its own. */
    private static final String ATTRIBUTE = ClientPresence.class.getName();

    private final Request request;

    ClientPresence(Request request) {
        this.request = request;
    }

    /** Makes it known to whoever handles the request. */
    void attachTo(org.apache.catalina.connector.Request handled) {
        handled.setAttribute(ATTRIBUTE, this);
    }

    /** The client of a request, which is taken for present where the server can't tell. */
    static Requester of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientPresence presence ? presence : PATIENT;
    }

    /**
     * Tomcat reads what has come, without waiting, into the buffer from which the next request is taken; only if the connection has
     * ended, it says that there is something although nothing is in that buffer, so that a read fails. Behind bytes that nobody has
     * taken yet, the end of a connection can't be seen.
     */
    @Override
    public boolean isWaiting() {
        if (!(request.getInputBuffer() instanceof ApplicationBufferHandler handler)) {
            return true;
        }
        if (handler.getByteBuffer().hasRemaining()) {
            return true;
        }
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() == 0 || handler.getByteBuffer().hasRemaining();
    }
}
