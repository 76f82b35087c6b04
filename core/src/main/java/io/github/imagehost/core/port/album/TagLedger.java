package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the {@link AlbumRepository} that knows which tags images have. */
public interface TagLedger {

    /** The largest listing of tags there can be in one call. */
    int MOST_TAGS = 1000;

    /**
     * Changes the tags of images of this owner, all of them or none. May be repeated.
     *
     * @param images their ids, any number
     * @return those that the owner has; the others are left out
     * @throws TooManyTagsException if one of them would have more than {@value Tag#MOST_OF_AN_IMAGE}
     */
    Set<Long> changeTags(OwnerId owner, Collection<Long> images, TagChange change);

    /**
     * The tags that images of this owner have, in their order.
     *
     * @param after where to continue; empty to begin
     * @param limit how many at the most, 1 to {@value #MOST_TAGS}
     * @return fewer than the limit only at the end
     */
    List<TagCount> tags(OwnerId owner, Optional<Tag> after, int limit);

    /**
     * Where images of this owner were put.
     *
     * @param images their ids, any number
     * @return without those that are nowhere, and those that the owner does not have
     */
    Map<Long, ImageFiling> filings(OwnerId owner, Collection<Long> images);
}
