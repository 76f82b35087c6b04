package io.github.imagehost.rest.upload;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import io.github.imagehost.core.intake.spool.SpooledBytes;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.rest.body.SizeLimitedInputStream;
import io.github.imagehost.rest.body.SizeLimitedInputStream.TooLongException;
import io.github.imagehost.rest.body.TimeLimitedInputStream;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.sharing.SharingFields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * A body such as <code>{"url":"https://…","visibility":"private"}</code>. The URL may hold a whole picture, so it is
 * written to a file piece by piece, and never in memory as a whole. Close it to release what it holds.
 */
final class RequestedLink implements AutoCloseable {

    private static final String URL = "url";
    private static final int LONGEST_TEXT = 1000;
    /** Base64 takes a third more than the picture, and its characters may be escaped. */
    private static final int REQUEST_SIZE_FACTOR = 2;

    private static final long REQUEST_SIZE_EXTRA = 64 * 1024;
    private static final List<String> LEGAL = ImmutableList.<String>builder()
            .add(URL)
            .addAll(SharingFields.NAMES)
            .addAll(FilingFields.NAMES)
            .build();

    /** The size of the request is limited, and of its texts, so that of each of them need not be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final Path directory;
    private final Map<String, String> fields = new HashMap<>();
    private Optional<SpooledBytes> url = Optional.empty();

    private RequestedLink(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads the body of a request.
     *
     * @param directory where a long URL is kept
     * @param limits of what may be uploaded
     * @return is closed by the caller
     * @throws ApiException if it is no such object, too large, or too slow
     */
    static RequestedLink read(HttpServletRequest request, Path directory, MultipartUpload.Limits limits) {
        RequestedLink requested = new RequestedLink(directory);
        boolean complete = false;
        try {
            long maxRequestSize = limits.maxBytes() * REQUEST_SIZE_FACTOR + REQUEST_SIZE_EXTRA;
            requested.read(new SizeLimitedInputStream(
                    new TimeLimitedInputStream(request.getInputStream(), limits.time()), maxRequestSize));
            complete = true;
        } catch (JacksonIOException | IOException e) {
            throw problemOf(e, limits);
        } catch (JacksonException e) {
            throw new ApiException(ApiError.OBJECT_REQUIRED, e);
        } finally {
            if (!complete) {
                requested.close();
            }
        }
        return requested;
    }

    private static ApiException problemOf(Exception failure, MultipartUpload.Limits limits) {
        return Throwables.getCausalChain(failure).stream().anyMatch(TooLongException.class::isInstance)
                ? new ApiException(ApiError.FILE_TOO_LARGE, String.valueOf(limits.maxFileSize()))
                : TimeLimitedInputStream.problemOf(failure, ApiError.UPLOAD_TOO_SLOW);
    }

    private void read(InputStream body) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ApiException(ApiError.OBJECT_REQUIRED);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (!LEGAL.contains(name)) {
                    throw ApiException.illegalParameter(name, "legal.fields", String.join(", ", LEGAL));
                }
                readValue(name, parser.nextToken(), parser);
            }
            if (parser.nextToken() != null) {
                throw new ApiException(ApiError.OBJECT_REQUIRED);
            }
        }
        if (url.isEmpty()) {
            throw ApiException.illegalParameter(URL, "legal.link");
        }
    }

    private void readValue(String name, @Nullable JsonToken value, JsonParser parser) throws IOException {
        if (name.equals(URL)) {
            if (value != JsonToken.VALUE_STRING || url.isPresent()) {
                throw ApiException.illegalParameter(URL, "legal.link");
            }
            SpooledBytes text = new SpooledBytes(directory);
            url = Optional.of(text);
            copy(parser, text);
        } else if (value == JsonToken.VALUE_NUMBER_INT) {
            fields.put(name, parser.getString());
        } else if (value == JsonToken.VALUE_STRING) {
            fields.put(name, shortText(name, parser));
        } else if (value == JsonToken.START_ARRAY && name.equals(FilingFields.TAGS)) {
            fields.put(name, tags(parser));
        } else if (value != JsonToken.VALUE_NULL) {
            throw ApiException.illegalParameter(name, "legal.text");
        }
    }

    /** As they stand in a form. */
    private String tags(JsonParser parser) throws IOException {
        List<String> tags = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING && tags.size() <= Tag.MOST_OF_AN_IMAGE) {
            tags.add(shortText(FilingFields.TAGS, parser));
        }
        boolean isLegal = parser.currentToken() == JsonToken.END_ARRAY
                && tags.stream().noneMatch(tag -> tag.isBlank() || tag.contains(","));
        if (!isLegal) {
            throw FilingFields.illegalTags(FilingFields.TAGS);
        }
        return String.join(",", tags);
    }

    private String shortText(String name, JsonParser parser) throws IOException {
        try (SpooledBytes text = new SpooledBytes(directory)) {
            copy(parser, text);
            byte[] bytes = text.open().readNBytes(LONGEST_TEXT + 1);
            if (bytes.length > LONGEST_TEXT) {
                throw ApiException.illegalParameter(name, "legal.short_text", String.valueOf(LONGEST_TEXT));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void copy(JsonParser parser, SpooledBytes target) throws IOException {
        Writer writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        parser.readString(writer);
        writer.flush();
    }

    /** What stands for the picture. */
    InputStream url() throws IOException {
        return url.orElseThrow().open();
    }

    /** The texts of the fields that say how the image is to be shared, and where it is to be put. */
    Map<String, String> fields() {
        return fields;
    }

    @Override
    public void close() {
        url.ifPresent(SpooledBytes::close);
    }
}
