package io.github.imagehost.rest.upload;

import com.google.common.base.Strings;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Event;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeParseEventException;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart body (RFC 2046, 5.1), one after the other, none of which is kept. Parts inside of parts are
 * not looked for. For one thread.
 */
final class MultipartParts {

    /** What the headers of one part may have in all, in bytes. */
    private static final int MAX_HEADERS_SIZE = 16 * 1024;

    private static final int UNLIMITED = -1;

    private static final Pattern LINE_BREAK = Pattern.compile("\r?\n");

    /** Where it is known whether another part follows. */
    private static final Set<EntityState> PART_OR_END = EnumSet.of(
            EntityState.T_START_BODYPART,
            EntityState.T_EPILOGUE,
            EntityState.T_END_MULTIPART,
            EntityState.T_END_OF_STREAM);

    /** The size of a request limits how many parts and headers it has in all. */
    private static final MimeConfig CONFIG = new MimeConfig.Builder()
            .setMaxLineLen(MAX_HEADERS_SIZE)
            .setMaxHeaderLen(MAX_HEADERS_SIZE)
            .setMaxHeaderCount(MAX_HEADERS_SIZE)
            .setMaxContentLen(UNLIMITED)
            .setMaxPartCount(UNLIMITED)
            .setMaxTotalHeaderCount(UNLIMITED)
            .setMaxTotalHeaderLen(UNLIMITED)
            .build();

    /** Takes what mail programs take, but no body without its end. */
    private static final DecodeMonitor REFUSES_MISSING_ENDS = new DecodeMonitor() {

        private static final Set<String> MISSING_ENDS =
                Set.of(Event.MIME_BODY_PREMATURE_END.toString(), Event.HEADERS_PREMATURE_END.toString());

        @Override
        public boolean warn(String error, String dropDesc) {
            return MISSING_ENDS.contains(error);
        }

        @Override
        public boolean isListening() {
            return true;
        }
    };

    private final MimeTokenStream tokens;

    private MultipartParts(MimeTokenStream tokens) {
        this.tokens = tokens;
    }

    /**
     * The parts of a body.
     *
     * @param contentType the header's value; null if there is none
     * @param body is read as far as parts are asked for, and somewhat further; stays open
     * @throws ApiException if the type is no multipart type with a boundary
     */
    static MultipartParts of(@Nullable String contentType, InputStream body) {
        if (contentType == null) {
            throw new ApiException(ApiError.NOT_MULTIPART);
        }
        MimeTokenStream tokens = new MimeTokenStream(CONFIG, REFUSES_MISSING_ENDS, null);
        tokens.parseHeadless(body, contentType);
        if (tokens.getState() != EntityState.T_START_MULTIPART
                || Strings.isNullOrEmpty(tokens.getBodyDescriptor().getBoundary())) {
            throw new ApiException(ApiError.NOT_MULTIPART);
        }
        tokens.setRecursionMode(RecursionMode.M_FLAT);
        return new MultipartParts(tokens);
    }

    /**
     * The next part; what was not read of the one before is skipped.
     *
     * @return empty if there is none
     * @throws ApiException if its headers have more than 16 KiB
     * @throws IOException if the body can't be read or lacks its end
     */
    Optional<FormPart> next() throws IOException {
        if (!PART_OR_END.contains(tokens.getState())) {
            skipToPartOrEnd();
        }
        if (tokens.getState() != EntityState.T_START_BODYPART) {
            return Optional.empty();
        }
        Map<String, String> headers = headers();
        return Optional.of(new FormPart(headers, new Content(tokens.getInputStream())));
    }

    private void skipToPartOrEnd() throws IOException {
        EntityState state;
        do {
            state = advance();
        } while (!PART_OR_END.contains(state));
    }

    /** The first of each name counts. */
    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int size = 0;
        while (advance() != EntityState.T_BODY) {
            if (tokens.getState() == EntityState.T_FIELD) {
                ByteSequence raw = tokens.getField().getRaw();
                size += raw.length();
                if (size > MAX_HEADERS_SIZE) {
                    throw new ApiException(ApiError.BAD_REQUEST);
                }
                headers.putIfAbsent(tokens.getField().getName().toLowerCase(Locale.ROOT), value(raw));
            }
        }
        return headers;
    }

    /** Every byte as a character of ISO 8859-1, so that others can find out what it is in. */
    private static String value(ByteSequence field) {
        String text = new String(field.toByteArray(), StandardCharsets.ISO_8859_1);
        return LINE_BREAK
                .matcher(text.substring(text.indexOf(':') + 1))
                .replaceAll("")
                .trim();
    }

    private EntityState advance() throws IOException {
        try {
            return tokens.next();
        } catch (MimeParseEventException e) {
            throw new IOException("The multipart body lacks its end", e);
        } catch (MimeException e) {
            // a line or a header that is longer than all headers may be
            throw new ApiException(ApiError.BAD_REQUEST, e);
        }
    }

    /** A part's bytes; at its end it is known whether the boundary was there. */
    private final class Content extends InputStream {

        private final InputStream in;
        private boolean ended;

        Content(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (ended || length == 0) {
                return ended ? -1 : 0;
            }
            int read = in.read(bytes, offset, length);
            if (read < 0) {
                ended = true;
                skipToPartOrEnd();
            }
            return read;
        }
    }
}
