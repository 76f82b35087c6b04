package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.SearchText;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query parameters that choose images; all that come have to hold. */
final class FilterParameters {

    private static final String MAX_SIZE = "maxSize";
    private static final String UPLOADED_BEFORE = "uploadedBefore";

    /** Behind everything that a database can compare. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final HttpServletRequest request;

    private FilterParameters(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * The filter that they describe.
     *
     * @throws ApiException if one of them is not legal, or not beside another one
     */
    static ImageFilter filterIn(HttpServletRequest request) {
        return new FilterParameters(request).filter();
    }

    private ImageFilter filter() {
        Optional<Long> minSize = size("minSize", 0);
        Optional<Long> maxSize = size(MAX_SIZE, minSize.orElse(0L));
        Optional<Instant> uploadedFrom = parameter("uploadedFrom", "legal.time", FilterParameters::time);
        Optional<Instant> uploadedBefore = parameter(UPLOADED_BEFORE, "legal.time", FilterParameters::time);
        if (uploadedFrom.isPresent()
                && uploadedBefore.isPresent()
                && !uploadedFrom.get().isBefore(uploadedBefore.get())) {
            throw ApiException.illegalParameter(
                    UPLOADED_BEFORE, "legal.time_after", uploadedFrom.get().toString());
        }
        String types =
                Arrays.stream(ImageType.values()).map(ImageType::mimeType).collect(Collectors.joining(", "));
        return new ImageFilter(
                text("search").map(SearchText::new).orElse(SearchText.NONE),
                text("filename"),
                parameter("mimeType", "legal.one_of", ImageType::ofMimeType, types),
                minSize,
                maxSize,
                uploadedFrom,
                uploadedBefore,
                parameter("fileHash", "legal.digest", text -> Optional.of(Digest.parse(text))));
    }

    private Optional<Long> size(String name, long min) {
        return WholeNumber.parse(name, request.getParameter(name), min, Long.MAX_VALUE);
    }

    private static Optional<Instant> time(String text) {
        return Optional.of(OffsetDateTime.parse(text).toInstant())
                .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    private <T> Optional<T> parameter(
            String name, String legal, Function<String, Optional<T>> parser, Object... arguments) {
        return text(name)
                .map(text ->
                        parse(parser, text).orElseThrow(() -> ApiException.illegalParameter(name, legal, arguments)));
    }

    private static <T> Optional<T> parse(Function<String, Optional<T>> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
