package io.github.imagehost.rest.filing;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.album.FilingWish;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.TagChange;
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

    private static final String ADD_TAGS = "addTags";
    private static final String REMOVE_TAGS = "removeTags";

    /** The names of all fields that say what is to become of tags. */
    public static final List<String> NAMES_OF_CHANGES = List.of(TAGS, ADD_TAGS, REMOVE_TAGS);

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
                        .map(text -> notTooMany(tagsIn(text), TAGS))
                        .orElseGet(Collections::emptySortedSet));
    }

    private static SortedSet<Tag> tagsIn(String text) {
        try {
            return Tag.listIn(text);
        } catch (IllegalArgumentException e) {
            throw illegalTags(TAGS);
        }
    }

    private static SortedSet<Tag> notTooMany(SortedSet<Tag> tags, String name) {
        if (tags.size() > Tag.MOST_OF_AN_IMAGE) {
            throw illegalTags(name);
        }
        return tags;
    }

    /** What is wrong with tags in this field that are not legal. */
    public static ApiException illegalTags(String name) {
        return ApiException.illegalParameter(
                name, "legal.tags", String.valueOf(Tag.MOST_OF_AN_IMAGE), String.valueOf(Tag.LONGEST));
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
     * What is to become of the tags of images, in arrays of JSON.
     *
     * @return empty if no field says anything of it
     * @throws ApiException if a field is something else, if a tag is not legal, or if fields contradict each other
     */
    public static Optional<TagChange> tagChange(JsonFields fields) {
        Optional<SortedSet<Tag>> only = tags(fields, TAGS);
        Optional<SortedSet<Tag>> added = tags(fields, ADD_TAGS);
        Optional<SortedSet<Tag>> removed = tags(fields, REMOVE_TAGS);
        if (added.isEmpty() && removed.isEmpty()) {
            return only.map(TagChange::set);
        }
        if (only.isPresent()) {
            throw ApiException.illegalParameter(TAGS, "legal.tags_alone");
        }
        try {
            return Optional.of(TagChange.of(
                    added.orElseGet(Collections::emptySortedSet), removed.orElseGet(Collections::emptySortedSet)));
        } catch (IllegalArgumentException e) {
            throw ApiException.illegalParameter(REMOVE_TAGS, "legal.other_tags");
        }
    }

    private static Optional<SortedSet<Tag>> tags(JsonFields fields, String name) {
        @Nullable JsonNode array = fields.get(name);
        if (array == null) {
            return Optional.empty();
        }
        if (!array.isArray() || !array.values().stream().allMatch(JsonNode::isString)) {
            throw illegalTags(name);
        }
        List<String> texts = new ArrayList<>();
        array.values().forEach(tag -> texts.add(tag.asString()));
        try {
            return Optional.of(notTooMany(Tag.of(texts), name));
        } catch (IllegalArgumentException e) {
            throw illegalTags(name);
        }
    }
}
