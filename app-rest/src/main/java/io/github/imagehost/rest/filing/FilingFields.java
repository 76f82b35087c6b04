package io.github.imagehost.rest.filing;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.album.FilingWish;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads where images are to be put, as clients say it in any kind of field. Safe for use by many threads. */
@Component
public final class FilingFields {

    /** The field that names an album, by its id or its name. */
    public static final String ALBUM = "album";

    /** The field with tags. */
    public static final String TAGS = "tags";

    /** The names of all fields that say it. */
    public static final List<String> NAMES = List.of(ALBUM, TAGS);

    private final Albums albums;

    public FilingFields(Albums albums) {
        this.albums = albums;
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
     * Where an upload is to be put.
     *
     * @param fields by their names; those that say nothing of it do no harm, nor do empty ones
     * @throws ApiException if there is no such album of this owner, or if a tag is not legal
     */
    public FilingWish read(OwnerId owner, Map<String, String> fields) {
        return new FilingWish(
                Optional.ofNullable(fields.get(ALBUM))
                        .filter(text -> !text.isBlank())
                        .map(text -> album(owner, text)),
                Optional.ofNullable(fields.get(TAGS))
                        .map(text -> notTooMany(tagsIn(text)))
                        .orElseGet(Collections::emptySortedSet));
    }

    private static SortedSet<Tag> tagsIn(String text) {
        try {
            return Tag.listIn(text);
        } catch (IllegalArgumentException e) {
            throw illegalTags();
        }
    }

    private static SortedSet<Tag> notTooMany(SortedSet<Tag> tags) {
        if (tags.size() > Tag.MOST_OF_AN_IMAGE) {
            throw illegalTags();
        }
        return tags;
    }

    /** What is wrong with tags that are not legal. */
    public static ApiException illegalTags() {
        return ApiException.illegalParameter(
                TAGS, "legal.tags", String.valueOf(Tag.MOST_OF_AN_IMAGE), String.valueOf(Tag.LONGEST));
    }

    /**
     * The album of this owner that a text names, by its id or its name.
     *
     * @throws ApiException if there is none
     */
    public Album album(OwnerId owner, String text) {
        return albums.find(owner, text).orElseThrow(() -> new ApiException(ApiError.ALBUM_NOT_FOUND));
    }

    /**
     * The tags that an image is to have, in an array of JSON.
     *
     * @return empty if the field is absent
     * @throws ApiException if it is something else, or if a tag is not legal
     */
    public static Optional<SortedSet<Tag>> tags(JsonFields fields) {
        @Nullable JsonNode array = fields.get(TAGS);
        if (array == null) {
            return Optional.empty();
        }
        if (!array.isArray() || !array.values().stream().allMatch(JsonNode::isString)) {
            throw illegalTags();
        }
        List<String> texts = new ArrayList<>();
        array.values().forEach(tag -> texts.add(tag.asString()));
        try {
            return Optional.of(notTooMany(Tag.of(texts)));
        } catch (IllegalArgumentException e) {
            throw illegalTags();
        }
    }
}
