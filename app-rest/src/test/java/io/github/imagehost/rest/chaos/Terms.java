package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.testing.Multipart;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * How a picture is shared, or is to be.
 *
 * @param isPrivate whether only its owner may see it
 * @param ends whether it has an end
 * @param views how often it may be looked at; empty for any number
 */
record Terms(boolean isPrivate, boolean ends, OptionalLong views) {

    static final Terms UNLIMITED = new Terms(false, false, OptionalLong.empty());

    /** Much longer than what an audit lets pass: ends come only when somebody brings them about. */
    static final String LIFE = "1d";

    /** Those that the service tells of an image. */
    static Terms told(JsonNode image) {
        JsonNode views = image.get("viewsLeft");
        return new Terms(
                image.get("visibility").asString().equals("private"),
                !image.get("expiresAt").isNull(),
                views.isNull() ? OptionalLong.empty() : OptionalLong.of(views.asLong()));
    }

    /** Adds the fields in which an upload says it. */
    Multipart addTo(Multipart form) {
        if (isPrivate) {
            form.text("visibility", "private");
        }
        if (ends) {
            form.text("expiresIn", LIFE);
        }
        views.ifPresent(number -> form.text("maxViews", String.valueOf(number)));
        return form;
    }

    /** Whether what is shared so lasts at least as long as what is shared so. */
    boolean lastAsLongAs(Terms others) {
        boolean isSeenAsOften =
                views.isEmpty() || (others.views.isPresent() && views.getAsLong() >= others.views.getAsLong());
        return isSeenAsOften && (!ends || others.ends);
    }
}
