package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.SearchText;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.parameter.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The query parameters that choose images, but for the album, which has to be looked for; all that come have to hold.
 */
final class FilterParameters {

    private static final String UPLOADED_BEFORE = "uploadedBefore";

    private FilterParameters() {}

    /**
     * The filter that they describe.
     *
     * @throws ApiException if one of them is not legal, or not beside another one
     */
    static ImageFilter filterIn(HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        Optional<Long> minSize = parameters.wholeNumber("minSize", 0, Long.MAX_VALUE);
        Optional<Long> maxSize = parameters.wholeNumber("maxSize", minSize.orElse(0L), Long.MAX_VALUE);
        Optional<Instant> uploadedFrom = parameters.time("uploadedFrom");
        Optional<Instant> uploadedBefore = parameters.time(UPLOADED_BEFORE);
        if (uploadedFrom.isPresent()
                && uploadedBefore.isPresent()
                && !uploadedFrom.get().isBefore(uploadedBefore.get())) {
            throw ApiException.illegalParameter(
                    UPLOADED_BEFORE, "legal.time_after", uploadedFrom.get().toString());
        }
        String types =
                Arrays.stream(ImageType.values()).map(ImageType::mimeType).collect(Collectors.joining(", "));
        String visibilities =
                Arrays.stream(Visibility.values()).map(Visibility::label).collect(Collectors.joining(", "));
        return new ImageFilter(
                parameters.text("search").map(SearchText::new).orElse(SearchText.NONE),
                parameters.text("filename"),
                parameters.parse("mimeType", ImageType::ofMimeType, "legal.one_of", types),
                minSize,
                maxSize,
                uploadedFrom,
                uploadedBefore,
                parameters.parse("fileHash", text -> Optional.of(Digest.parse(text)), "legal.digest"),
                parameters.parse("visibility", Visibility::parse, "legal.one_of", visibilities),
                Optional.empty(),
                parameters.parse("tag", text -> Optional.of(Tag.of(text)), "legal.tag", String.valueOf(Tag.LONGEST)));
    }
}
