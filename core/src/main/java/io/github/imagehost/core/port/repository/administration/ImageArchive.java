package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.Image;
import java.util.Collection;
import java.util.List;

/** The part of the {@link AdministrableRepository} that lists all images with all their names, whoever owns them. */
public interface ImageArchive {

    /** The largest listing there can be in one call. */
    int MAX_LIMIT = 500;

    /**
     * The images that follow an id. Images that come or go during a walk through several listings may or may not be in
     * them; all others are in them exactly once.
     *
     * @param id where to continue; 0 to begin. Need not exist
     * @param limit how many at the most, 1 to {@value #MAX_LIMIT}
     * @return in ascending order of their ids; fewer than the limit only at the end
     */
    List<Image> imagesAfter(long id, int limit);

    /**
     * All further names of these images.
     *
     * @param imageIds at most {@value #MAX_LIMIT}, also none; those of images that are not there have no names
     * @return in ascending order of the ids of the images, and of their own filenames
     */
    List<FurtherName> furtherNames(Collection<Long> imageIds);
}
