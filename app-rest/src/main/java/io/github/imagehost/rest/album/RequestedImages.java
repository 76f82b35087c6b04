package io.github.imagehost.rest.album;

import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.catalog.RequestedIds;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A body such as <code>{"ids":[3,1,2],"to":"start"}</code>.
 *
 * @param ids of images, at least one, each once, in their order
 * @param place where in an album they are to be
 */
record RequestedImages(List<Long> ids, AlbumPlace place) {

    private static final int MOST_IDS = 1000;
    private static final int LARGEST = 64 * 1024;
    private static final String IDS = "ids";
    private static final String TO = "to";
    private static final Set<AlbumPlace> PLACES = Set.of(AlbumPlace.START, AlbumPlace.END);

    /**
     * Reads the body of a request.
     *
     * @throws ApiException if it is no such object, or has too many ids
     */
    static RequestedImages toPut(JsonBody body, HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, List.of(IDS, TO), LARGEST);
        AlbumPlace place = fields.parse(
                        TO,
                        RequestedImages::place,
                        () -> ApiException.illegalParameter(TO, "legal.one_of", "start, end"))
                .orElse(AlbumPlace.KEEP);
        return new RequestedImages(ids(fields), place);
    }

    private static Optional<AlbumPlace> place(String text) {
        return PLACES.stream()
                .filter(place -> place.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Reads the body of a request that says nothing of places; see {@link #toPut}. */
    static RequestedImages toTakeOut(JsonBody body, HttpServletRequest request) {
        return new RequestedImages(ids(JsonFields.read(body, request, List.of(IDS), LARGEST)), AlbumPlace.KEEP);
    }

    private static List<Long> ids(JsonFields fields) {
        @Nullable JsonNode array = fields.get(IDS);
        if (array == null || !array.isArray() || array.isEmpty() || array.size() > MOST_IDS) {
            throw ApiException.illegalParameter(IDS, "legal.ids", String.valueOf(MOST_IDS));
        }
        Set<Long> distinct = new LinkedHashSet<>();
        array.values().forEach(id -> distinct.add(RequestedIds.parse(id)));
        return List.copyOf(distinct);
    }
}
