package io.github.imagehost.web;

import io.github.imagehost.core.port.web.WebAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** An answer as Apache HttpClient has it. */
final class HttpAnswer implements WebAnswer {

    private final ClassicHttpResponse response;
    private final OptionalLong length;
    private final InputStream body;
    private final Runnable onClose;

    /** @param onClose ends the connection, and may be repeated */
    HttpAnswer(ClassicHttpResponse response, Runnable onClose) throws IOException {
        this.response = response;
        @Nullable HttpEntity entity = response.getEntity();
        boolean isLengthKnown = entity != null && entity.getContentLength() >= 0;
        this.length = isLengthKnown ? OptionalLong.of(entity.getContentLength()) : OptionalLong.empty();
        this.body = entity == null ? InputStream.nullInputStream() : new Unclosed(entity.getContent());
        this.onClose = onClose;
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name))
                .map(NameValuePair::getValue)
                .map(HttpAnswer::decoded);
    }

    /** The library takes each byte for a character, but servers write UTF-8 where they write anything but ASCII. */
    private static String decoded(String value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** The library's streams are read to their end when they are closed, however far that is. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
