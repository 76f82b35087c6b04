package io.github.imagehost.rest.sharing;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.intake.OriginalNames;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.parameter.TimeText;
import io.github.imagehost.rest.parameter.WholeNumber;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads how an image is to be shared, as clients say it in any kind of field. Safe for use by many threads. */
@Component
public final class SharingFields {

    static final String VISIBILITY = "visibility";
    static final String EXPIRES_IN = "expiresIn";
    static final String EXPIRES_AT = "expiresAt";
    static final String MAX_VIEWS = "maxViews";

    private static final String ORIGINAL_NAME = "originalName";

    /** The names of all fields that say it. */
    public static final List<String> NAMES = List.of(VISIBILITY, EXPIRES_IN, EXPIRES_AT, MAX_VIEWS);

    /** The names of all fields that say what is to become of an image. */
    static final List<String> NAMES_OF_CHANGES =
            Stream.concat(Stream.of(ORIGINAL_NAME), NAMES.stream()).toList();

    private final InstantSource clock;
    private final ImageLinks links;

    public SharingFields(InstantSource clock, ImageLinks links) {
        this.clock = clock;
        this.links = links;
    }

    /** The fields in the address of a request. */
    public static Map<String, String> parameters(HttpServletRequest request) {
        Map<String, String> fields = new HashMap<>();
        for (String name : NAMES) {
            Optional.ofNullable(request.getParameter(name)).ifPresent(value -> fields.put(name, value));
        }
        return fields;
    }

    /**
     * Makes sure that nothing in the address of a form says how an image is to be shared: only the form's own fields
     * are read, and whoever wants a picture to be private must not find it public.
     *
     * @throws ApiException if something does
     */
    public static void requireInForm(HttpServletRequest request) {
        parameters(request).keySet().stream().sorted().findFirst().ifPresent(name -> {
            throw ApiException.illegalParameter(name, "legal.form_field");
        });
    }

    /**
     * How a new image is to be shared.
     *
     * @param fields by their names; those that say nothing of it do no harm
     * @throws ApiException if one of them is not legal, or if images can't be shared so here
     */
    public Sharing read(Map<String, String> fields) {
        return possible(new Sharing(
                Optional.ofNullable(fields.get(VISIBILITY))
                        .map(SharingFields::visibility)
                        .orElse(Visibility.PUBLIC),
                end(name -> Optional.ofNullable(fields.get(name)), EXPIRES_IN, EXPIRES_AT),
                WholeNumber.parse(MAX_VIEWS, fields.get(MAX_VIEWS), 1, Sharing.MOST_VIEWS)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                0));
    }

    /**
     * What is to become of an image.
     *
     * @return none if no field says anything of it
     * @throws ApiException if a field is not legal, or if images can't be shared so here
     */
    List<ImageChange> readChanges(JsonFields fields) {
        List<ImageChange> changes = new ArrayList<>();
        fields.text(ORIGINAL_NAME).ifPresent(name -> changes.add(new ImageChange.Rename(cleaned(name))));
        fields.text(VISIBILITY).ifPresent(text -> changes.add(new ImageChange.Show(visibility(text))));
        if (fields.isNull(EXPIRES_AT) && fields.text(EXPIRES_IN).isEmpty()) {
            changes.add(new ImageChange.ExpireAt(Optional.empty()));
        } else {
            end(fields::text, EXPIRES_IN, EXPIRES_AT)
                    .ifPresent(end -> changes.add(new ImageChange.ExpireAt(Optional.of(end))));
        }
        @Nullable JsonNode views = fields.get(MAX_VIEWS);
        if (views != null) {
            changes.add(new ImageChange.LimitViews(views(views)));
        }
        if (links.leadToStore() && changes.stream().anyMatch(ImageChange::limits)) {
            throw new ApiException(ApiError.PUBLIC_STORE);
        }
        return changes;
    }

    private static String cleaned(String name) {
        String cleaned = OriginalNames.clean(name);
        if (cleaned.isEmpty()) {
            throw ApiException.illegalParameter(ORIGINAL_NAME, "legal.original_name");
        }
        return cleaned;
    }

    private static OptionalLong views(JsonNode value) {
        if (value.isNull()) {
            return OptionalLong.empty();
        }
        long views = value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : 0;
        if (views < 1 || views > Sharing.MOST_VIEWS) {
            throw ApiException.illegalParameter(MAX_VIEWS, "legal.views", String.valueOf(Sharing.MOST_VIEWS));
        }
        return OptionalLong.of(views);
    }

    /** @throws ApiException if it is none */
    private static Visibility visibility(String text) {
        return Visibility.parse(text)
                .orElseThrow(() -> ApiException.illegalParameter(
                        VISIBILITY,
                        "legal.one_of",
                        Arrays.stream(Visibility.values())
                                .map(Visibility::label)
                                .collect(Collectors.joining(", "))));
    }

    /**
     * When something is to end, which is said in one of two fields.
     *
     * @param fields what is said, by the names of fields
     * @param in the name of the field that says how long it is to last
     * @param at the name of the field that says the time itself
     * @throws ApiException if it is not legal, or said in both ways
     */
    public Optional<Instant> end(Function<String, Optional<String>> fields, String in, String at) {
        Optional<String> span = fields.apply(in);
        Optional<String> time = fields.apply(at);
        if (span.isPresent() && time.isPresent()) {
            throw ApiException.illegalParameter(at, "legal.one_end", in);
        }
        return span.map(text -> endIn(in, text)).or(() -> time.map(text -> endAt(at, text)));
    }

    private Instant endIn(String field, String text) {
        Duration span = TimeSpan.parse(text)
                .filter(Sharing::isLegalLife)
                .orElseThrow(() -> ApiException.illegalParameter(
                        field,
                        "legal.image_life",
                        TimeSpan.describe(Sharing.SHORTEST_LIFE),
                        TimeSpan.describe(Sharing.LONGEST_LIFE)));
        return clock.instant().plus(span).truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant endAt(String field, String text) {
        Instant now = clock.instant();
        return TimeText.parse(text)
                .map(end -> end.truncatedTo(ChronoUnit.MILLIS))
                .filter(end -> Sharing.isLegalLife(Duration.between(now, end)))
                .orElseThrow(() -> ApiException.illegalParameter(
                        field,
                        "legal.image_end",
                        TimeSpan.describe(Sharing.SHORTEST_LIFE),
                        TimeSpan.describe(Sharing.LONGEST_LIFE)));
    }

    /**
     * The same, if images can be shared so: what anybody may fetch from a store, past this service, can be neither
     * hidden nor counted.
     *
     * @throws ApiException if not
     */
    private Sharing possible(Sharing sharing) {
        if (links.leadToStore() && !sharing.isLike(Sharing.UNLIMITED)) {
            throw new ApiException(ApiError.PUBLIC_STORE);
        }
        return sharing;
    }
}
