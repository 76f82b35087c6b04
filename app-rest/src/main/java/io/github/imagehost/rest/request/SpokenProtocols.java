package io.github.imagehost.rest.request;

import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.stereotype.Component;

/** Notes of each request which protocols the service speaks, so that its {@link RequestPath} can be told by itself. */
@Component
public class SpokenProtocols extends ValveBase {

    private static final String ATTRIBUTE = SpokenProtocols.class.getName();

    private final Set<Protocol> protocols;

    SpokenProtocols(ServiceSettings settings) {
        this.protocols = settings.protocols();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, protocols);
        getNext().invoke(request, response);
    }

    /** What is spoken where this request came to. */
    @SuppressWarnings("unchecked")
    static Set<Protocol> of(HttpServletRequest request) {
        Object protocols = request.getAttribute(ATTRIBUTE);
        return protocols == null ? Set.of() : (Set<Protocol>) protocols;
    }
}
