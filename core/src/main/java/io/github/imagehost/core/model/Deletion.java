package io.github.imagehost.core.model;

import java.util.Set;

/**
 * What became of a request to delete images. No id is in both sets.
 *
 * @param deleted the ids of the images that were live and are deleted now
 * @param notFound the ids that belong to no live image of the owner
 */
public record Deletion(Set<Long> deleted, Set<Long> notFound) {

    public Deletion {
        deleted = Set.copyOf(deleted);
        notFound = Set.copyOf(notFound);
    }
}
