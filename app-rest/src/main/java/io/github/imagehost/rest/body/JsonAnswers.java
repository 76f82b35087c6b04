package io.github.imagehost.rest.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers in JSON leave with their length, and so in one piece: Spring would flush them before their length is known,
 * and Tomcat send their end as a piece of its own.
 */
@Component
final class JsonAnswers implements ServerHttpMessageConvertersCustomizer {

    private final JsonMapper json;

    JsonAnswers(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new Measuring(json));
    }

    private static final class Measuring extends JacksonJsonHttpMessageConverter {

        private static final int USUAL_SIZE = 2 * 1024;

        Measuring(JsonMapper json) {
            super(json);
        }

        @Override
        protected void writeInternal(
                Object answer, ResolvableType type, HttpOutputMessage message, @Nullable Map<String, Object> hints)
                throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SIZE);
            super.writeInternal(answer, type, new Buffered(message.getHeaders(), body), hints);
            message.getHeaders().setContentLength(body.size());
            body.writeTo(message.getBody());
        }
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
