package io.github.imagehost.rest.compat.picgo;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.SearchText;
import io.github.imagehost.rest.catalog.ImageLookup;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What a client sends back of an image that it once uploaded. The link counts, if there is one: clients give images ids
 * of their own.
 *
 * @param filename the name in its link; empty if it was not sent back
 * @param id empty if it was not sent back
 */
record PicgoReference(Optional<String> filename, OptionalLong id) {

    /**
     * Reads what a client sends.
     *
     * @param name what it is called in a message
     * @throws ApiException if it refers to nothing
     */
    static PicgoReference of(JsonNode object, String name) {
        JsonNode link = object.path("imgUrl");
        if (link.isString()) {
            Optional<String> filename = new SearchText(link.asString()).linkName();
            if (filename.isPresent()) {
                return new PicgoReference(filename, OptionalLong.empty());
            }
        }
        JsonNode id = object.path("id");
        OptionalLong number =
                id.isIntegralNumber() || id.isString() ? ImageIds.parse(id.asString()) : OptionalLong.empty();
        if (link.isString() || number.isEmpty()) {
            throw ApiException.illegalParameter(name, "legal.full_result");
        }
        return new PicgoReference(Optional.empty(), number);
    }

    /** The owner's image that is meant; empty if there is none. */
    Optional<Image> find(ImageLookup images, OwnerId owner) {
        return filename.isPresent()
                ? images.findByFilename(owner, filename.get())
                : images.find(owner, id.orElseThrow());
    }
}
