package io.github.imagehost.rest.album;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.port.album.TagLedger;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.parameter.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tags of an owner. */
@RestController
class TagController {

    private static final int DEFAULT_LIMIT = 100;

    private final Albums albums;
    private final Messages messages;

    TagController(Albums albums, Messages messages) {
        this.albums = albums;
        this.messages = messages;
    }

    @Requires(Scope.READ)
    @GetMapping("/api/tags")
    Envelope list(OwnerId owner, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        int limit = parameters
                .wholeNumber("limit", 1, TagLedger.MOST_TAGS)
                .map(Long::intValue)
                .orElse(DEFAULT_LIMIT);
        Optional<Tag> after =
                parameters.parse("after", text -> Optional.of(Tag.of(text)), "legal.tag", String.valueOf(Tag.LONGEST));
        List<TagDetails> tags =
                albums.tags(owner, after, limit).stream().map(TagDetails::of).toList();
        return Envelope.success(messages.text(request, "ok"), new TagList(tags));
    }

    private record TagDetails(String tag, long images) {

        static TagDetails of(TagCount count) {
            return new TagDetails(count.tag().value(), count.images());
        }
    }

    private record TagList(List<TagDetails> tags) {}
}
