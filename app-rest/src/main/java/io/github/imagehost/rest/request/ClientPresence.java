package io.github.imagehost.rest.request;

import io.github.imagehost.core.decoding.Requester;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.stereotype.Component;

/**
 * Passes on what the {@link HttpProtocol} knows of a request's client, since the interface of servlets has no way to
 * ask.
 */
@Component
public class ClientPresence extends ValveBase {

    private static final String ATTRIBUTE = ClientPresence.class.getName();

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, request.getCoyoteRequest().getNote(HttpProtocol.CLIENT_NOTE));
        getNext().invoke(request, response);
    }

    /** The client of a request, to be asked by the thread that handles it. */
    public static Requester of(HttpServletRequest request) {
        return (Requester) request.getAttribute(ATTRIBUTE);
    }
}
