package io.github.imagehost.rest.compat.picgo;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a client sends back of an image that it once uploaded. Links count, if there are any: clients give images ids of
 * their own. What leads into a store does not, since it ends in the key of an object, which may be the name of another
 * image.
 *
 * @param filename the name in its link; empty if it was not sent back
 * @param id empty if it was not sent back
 */
record PicgoReference(Optional<String> filename, OptionalLong id) {

    private static final String NAME = "([!-~&&[^/?#]]{1,200})";
    private static final String REST = "(?:[?#].*)?";
    private static final Pattern DELETE_LINK = Pattern.compile(".*/d/" + NAME + "/[^/?#]+" + REST);
    private static final Pattern THUMBNAIL = Pattern.compile(".*/i/" + NAME + "/thumb" + REST);
    private static final Pattern IMAGE = Pattern.compile(NAME + "(?:/thumb)?" + REST);

    /**
     * Reads what a client sends.
     *
     * @param name what it is called in a message
     * @param service what the links to images begin with that the service serves
     * @throws ApiException if it refers to nothing
     */
    static PicgoReference of(JsonNode object, String name, String service) {
        Optional<String> image = link(object, "imgUrl");
        Optional<String> thumbnail = link(object, "thumbnailUrl");
        Optional<String> deleteLink = link(object, "deleteUrl");
        // these two are the service's, wherever it was then
        Optional<String> filename = deleteLink
                .flatMap(link -> nameIn(link, DELETE_LINK))
                .or(() -> thumbnail.flatMap(link -> nameIn(link, THUMBNAIL)))
                .or(() -> image.filter(link -> link.startsWith(service))
                        .flatMap(link -> nameIn(link.substring(service.length()), IMAGE)));
        if (filename.isPresent()) {
            return new PicgoReference(filename, OptionalLong.empty());
        }
        JsonNode id = object.path("id");
        OptionalLong number =
                id.isIntegralNumber() || id.isString() ? ImageIds.parse(id.asString()) : OptionalLong.empty();
        if (image.or(() -> thumbnail).or(() -> deleteLink).isPresent() || number.isEmpty()) {
            throw ApiException.illegalParameter(name, "legal.full_result");
        }
        return new PicgoReference(Optional.empty(), number);
    }

    private static Optional<String> link(JsonNode object, String field) {
        return Optional.of(object.path(field))
                .filter(JsonNode::isString)
                .map(link -> link.asString().strip());
    }

    private static Optional<String> nameIn(String link, Pattern pattern) {
        return Optional.of(pattern.matcher(link)).filter(Matcher::matches).map(matcher -> matcher.group(1));
    }

    /** The owner's image that is meant; empty if there is none. */
    Optional<Image> find(ImageLookup images, OwnerId owner) {
        return filename.isPresent()
                ? images.findByFilename(owner, filename.get())
                : images.find(owner, id.orElseThrow());
    }
}
