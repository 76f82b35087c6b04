package io.github.imagehost.rest.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.stereotype.Component;

/** Lets those who handle a request ask whether its client is still there, which the interface of servlets can't tell. */
@Component
public class ClientPresenceValve extends ValveBase {

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        new ClientPresence(request.getCoyoteRequest()).attachTo(request);
        getNext().invoke(request, response);
    }
}
