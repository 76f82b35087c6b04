package io.github.imagehost.rest.error;

import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.request.SecurityHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes errors that no controller sees: those of filters and of the server itself. */
@Component
public class ErrorResponses {

    private final Messages messages;
    private final ErrorFormats formats;
    private final JsonMapper json;
    private final SecurityHeaders headers;

    ErrorResponses(Messages messages, ErrorFormats formats, JsonMapper json, SecurityHeaders headers) {
        this.messages = messages;
        this.formats = formats;
        this.json = json;
        this.headers = headers;
    }

    /** Answers with an error, unless an answer is under way already. */
    public void write(HttpServletRequest request, HttpServletResponse response, ApiError error) throws IOException {
        write(request, response, error, error.status().value());
    }

    /** Answers with an error for a status that somebody else has chosen. */
    public void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        // when the body of an upload breaks off, Tomcat's answer comes before the controller's
        boolean brokeOff = status == HttpStatus.BAD_REQUEST.value()
                && RequestPath.of(request).isUpload();
        write(request, response, brokeOff ? ApiError.BODY_INCOMPLETE : ErrorAdvice.errorOf(status), status);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ApiError error, int status)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        RequestRecord.of(request).answeredWith(error.code(), status);
        String message = messages.text(request, error, List.of());
        ErrorFormat.Told told = formats.tell(request, error, status, message, null);
        byte[] body = json.writeValueAsString(told.body()).getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        headers.addTo(response, request);
        response.setStatus(told.status());
        if (error.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(ErrorAdvice.RETRY_AFTER.toSeconds()));
        }
        if (error.status() == HttpStatus.UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, ErrorAdvice.CHALLENGE);
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
