package io.github.imagehost.rest.upload;

import com.google.common.base.Strings;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.io.BufferedLineReaderInputStream;
import org.apache.james.mime4j.io.MimeBoundaryInputStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a multipart body (RFC 2046, 5.1), one after the other, none of which is kept. Parts inside of parts are
 * not looked for. For one thread.
 */
final class MultipartParts {

    /** What the headers of one part may have in all, in bytes. */
    private static final int MAX_HEADERS_SIZE = 16 * 1024;

    /** Each piece of a body goes through all that guards it: they are as large as those that the connection gives. */
    private static final int PIECE_SIZE = 32 * 1024;

    /**
     * Mime4j waits for one more piece before it begins with a part, and a wrong token is refused before the picture.
     */
    private static final int FIRST_PIECE_SIZE = 4 * 1024;

    private static final int FIRST_PIECES_SIZE = 64 * 1024;

    private final BufferedLineReaderInputStream body;
    private final String boundary;

    /** Up to the next delimiter; what stands before the first one is read as a part, too. */
    private @Nullable MimeBoundaryInputStream current;

    private MultipartParts(BufferedLineReaderInputStream body, String boundary) {
        this.body = body;
        this.boundary = boundary;
    }

    /**
     * The parts of a body.
     *
     * @param contentType the header's value; null if there is none
     * @param body is read as far as parts are asked for, and somewhat further; stays open
     * @throws ApiException if the type is no multipart type with a boundary
     */
    static MultipartParts of(@Nullable String contentType, InputStream body) {
        String boundary =
                boundary(Strings.nullToEmpty(contentType)).orElseThrow(() -> new ApiException(ApiError.NOT_MULTIPART));
        return new MultipartParts(new BufferedLineReaderInputStream(new Pieces(body), PIECE_SIZE), boundary);
    }

    private static Optional<String> boundary(String contentType) {
        ByteSequence bytes = ContentUtil.encode(contentType);
        RawBody type = RawFieldParser.DEFAULT.parseRawBody(bytes, new ParserCursor(0, bytes.length()));
        if (!MimeUtil.isMultipart(Strings.nullToEmpty(type.getValue()))) {
            return Optional.empty();
        }
        return type.getParams().stream()
                .filter(parameter -> parameter.getName().equalsIgnoreCase("boundary"))
                .map(NameValuePair::getValue)
                .filter(value -> !Strings.isNullOrEmpty(value))
                .findFirst();
    }

    /**
     * The next part; what was not read of the one before is skipped.
     *
     * @return empty if there is none
     * @throws ApiException if its headers have more than 16 KiB
     * @throws IOException if the body can't be read or lacks its end
     */
    Optional<FormPart> next() throws IOException {
        MimeBoundaryInputStream before = current == null ? upToDelimiter() : current;
        before.transferTo(OutputStream.nullOutputStream());
        current = before;
        if (before.isLastPart()) {
            return Optional.empty();
        }
        MimeBoundaryInputStream part = upToDelimiter();
        current = part;
        return Optional.of(new FormPart(headers(part), part));
    }

    /** Fails where the body ends before the delimiter. */
    private MimeBoundaryInputStream upToDelimiter() throws IOException {
        return new MimeBoundaryInputStream(body, boundary, true);
    }

    /** The first of each name counts. */
    private static Map<String, String> headers(InputStream part) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line : headerLines(part)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    /** A line that begins with white space goes on with the one before (RFC 822, 3.1.1). */
    private static List<String> headerLines(InputStream part) throws IOException {
        List<String> lines = new ArrayList<>();
        int size = 0;
        for (String line = line(part, size); !line.isEmpty(); line = line(part, size)) {
            size += line.length();
            boolean goesOn = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            lines.add(goesOn && !lines.isEmpty() ? lines.remove(lines.size() - 1) + line : line);
        }
        return lines;
    }

    /**
     * Without its break, and every byte as a character of ISO 8859-1, so that others can find out what it is in.
     *
     * @param before how many bytes of headers were read
     */
    private static String line(InputStream part, int before) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = part.read(); next != '\n'; next = part.read()) {
            if (next < 0) {
                throw new EOFException("The headers of a part lack their end");
            }
            if (before + line.length() == MAX_HEADERS_SIZE) {
                throw new ApiException(ApiError.BAD_REQUEST);
            }
            line.append((char) next);
        }
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }

    /** Gives less at a time in the beginning than later. */
    private static final class Pieces extends FilterInputStream {

        private int left = FIRST_PIECES_SIZE;

        Pieces(InputStream body) {
            super(body);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return in.read(bytes, offset, length);
            }
            int count = in.read(bytes, offset, Math.min(length, FIRST_PIECE_SIZE));
            left -= Math.max(0, count);
            return count;
        }
    }
}
