package io.github.imagehost.rest.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes errors that no controller sees: those of filters and of the server itself. */
@Component
class ErrorResponses {

    private final Messages messages;
    private final JsonMapper json;

    ErrorResponses(Messages messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** Answers with an error, unless an answer is under way already. */
    void write(HttpServletRequest request, HttpServletResponse response, ApiError error) throws IOException {
        write(request, response, error, error.status().value());
    }

    /** Answers with an error and a status that is more exact than the error's own. */
    void write(HttpServletRequest request, HttpServletResponse response, ApiError error, int status)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json.writeValueAsString(Envelope.error(error, messages.text(request, error, List.of()), null))
                .getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        SecurityHeaders.addTo(response, request);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
