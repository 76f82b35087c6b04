package io.github.imagehost.rest.album;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.sharing.SharingFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads what requests say of albums. Safe for use by many threads. */
@Component
final class AlbumFields {

    private static final String NAME = "name";
    private static final String ORDER = "order";
    private static final String VISIBILITY = "visibility";
    private static final String PUBLIC_FOR = "publicFor";
    private static final String PUBLIC_UNTIL = "publicUntil";
    private static final String RANDOM = "random";
    private static final String COVER = "cover";
    private static final String EXPIRES_IN = "expiresIn";
    private static final String EXPIRES_AT = "expiresAt";

    /** What may be said of a new album. */
    static final List<String> NAMES =
            List.of(NAME, ORDER, VISIBILITY, PUBLIC_FOR, PUBLIC_UNTIL, RANDOM, EXPIRES_IN, EXPIRES_AT);

    /** What may be said of one that is there. */
    static final List<String> NAMES_OF_CHANGES =
            List.of(NAME, ORDER, VISIBILITY, PUBLIC_FOR, PUBLIC_UNTIL, RANDOM, COVER, EXPIRES_IN, EXPIRES_AT);

    private final SharingFields sharing;

    AlbumFields(SharingFields sharing) {
        this.sharing = sharing;
    }

    /**
     * What a new album is to be like.
     *
     * @throws ApiException if something is not legal, if it has no name, or if it is private and has an end of being
     *     public
     */
    AlbumSettings settings(JsonFields fields) {
        AlbumSettings defaults = AlbumSettings.of(name(fields).orElseThrow(AlbumFields::illegalName));
        List<AlbumChange> changes = changes(fields);
        requirePublic(defaults, changes);
        return defaults.changedBy(changes);
    }

    /**
     * What is to become of an album.
     *
     * @return at least one change
     * @throws ApiException if something is not legal, or if nothing is said
     */
    List<AlbumChange> changes(JsonFields fields) {
        List<AlbumChange> changes = new ArrayList<>();
        name(fields).map(AlbumChange.Rename::new).ifPresent(changes::add);
        order(fields).map(AlbumChange.Arrange::new).ifPresent(changes::add);
        visibility(fields).map(AlbumChange.Show::new).ifPresent(changes::add);
        Optional<Instant> publicUntil = publicUntil(fields);
        if (publicUntil.isPresent() || fields.isNull(PUBLIC_UNTIL)) {
            changes.add(new AlbumChange.ShowUntil(publicUntil));
        }
        drawn(fields).map(AlbumChange.Draw::new).ifPresent(changes::add);
        @Nullable JsonNode cover = fields.get(COVER);
        if (cover != null) {
            changes.add(new AlbumChange.Cover(cover(cover)));
        }
        Optional<Instant> end = end(fields);
        if (end.isPresent() || fields.isNull(EXPIRES_AT)) {
            changes.add(new AlbumChange.ExpireAt(end));
        }
        if (changes.isEmpty()) {
            throw ApiException.illegalParameter("body", "legal.fields", String.join(", ", NAMES_OF_CHANGES));
        }
        return changes;
    }

    private static Optional<AlbumName> name(JsonFields fields) {
        return fields.parse(NAME, text -> Optional.of(AlbumName.of(text)), AlbumFields::illegalName);
    }

    private static ApiException illegalName() {
        return ApiException.illegalParameter(NAME, "legal.album_name", String.valueOf(AlbumName.LONGEST));
    }

    private static Optional<AlbumOrder> order(JsonFields fields) {
        return fields.parse(
                ORDER,
                AlbumOrder::parse,
                () -> ApiException.illegalParameter(ORDER, "legal.one_of", String.join(", ", AlbumOrder.labels())));
    }

    private static Optional<Visibility> visibility(JsonFields fields) {
        String labels =
                Arrays.stream(Visibility.values()).map(Visibility::label).collect(Collectors.joining(", "));
        return fields.parse(
                VISIBILITY, Visibility::parse, () -> ApiException.illegalParameter(VISIBILITY, "legal.one_of", labels));
    }

    private static Optional<Boolean> drawn(JsonFields fields) {
        @Nullable JsonNode value = fields.get(RANDOM);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw ApiException.illegalParameter(RANDOM, "legal.one_of", "true, false");
        }
        return Optional.of(value.asBoolean());
    }

    private static OptionalLong cover(JsonNode value) {
        if (value.isNull()) {
            return OptionalLong.empty();
        }
        OptionalLong id = value.isIntegralNumber() ? ImageIds.parse(value.asString()) : OptionalLong.empty();
        if (id.isEmpty()) {
            throw illegalCover();
        }
        return id;
    }

    /** The cover has to be an image that is in the album. */
    static ApiException illegalCover() {
        return ApiException.illegalParameter(COVER, "legal.cover");
    }

    private Optional<Instant> publicUntil(JsonFields fields) {
        return sharing.end(fields::text, PUBLIC_FOR, PUBLIC_UNTIL);
    }

    /**
     * Makes sure that only what is public gets an end of being so: nobody is to believe that he shares what he does
     * not.
     *
     * @throws ApiException if another one gets it
     */
    static void requirePublic(AlbumSettings before, List<AlbumChange> changes) {
        boolean hasEnd = changes.stream()
                .anyMatch(change -> change instanceof AlbumChange.ShowUntil end
                        && end.time().isPresent());
        if (hasEnd && before.changedBy(changes).visibility() != Visibility.PUBLIC) {
            throw ApiException.illegalParameter(PUBLIC_UNTIL, "legal.public_end");
        }
    }

    private Optional<Instant> end(JsonFields fields) {
        return sharing.end(fields::text, EXPIRES_IN, EXPIRES_AT);
    }
}
