package io.github.imagehost.rest.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers with their length, so that each leaves in one piece: Spring would flush them, and Tomcat send their
 * end as a piece of its own.
 */
@Component
final class JsonAnswers extends JacksonJsonHttpMessageConverter {

    private static final int USUAL_SIZE = 2 * 1024;

    JsonAnswers(JsonMapper json) {
        super(json);
    }

    @Override
    protected void writeInternal(
            Object answer,
            @Nullable ResolvableType type,
            HttpOutputMessage message,
            @Nullable Map<String, Object> hints)
            throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream(USUAL_SIZE);
        super.writeInternal(answer, type, new Buffered(message.getHeaders(), json), hints);
        message.getHeaders().setContentLength(json.size());
        json.writeTo(message.getBody());
    }

    private record Buffered(HttpHeaders headers, OutputStream body) implements HttpOutputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            return body;
        }
    }
}
