package io.github.imagehost.core.port.repository;

import java.util.List;
import java.util.Set;

/**
 * What {@link DeletionLedger#remove} did.
 *
 * @param removed the ids of the images that are deleted now
 * @param condemned the blobs that no live image points to any more
 */
public record Removal(Set<Long> removed, List<CondemnedBlob> condemned) {

    public Removal {
        removed = Set.copyOf(removed);
        condemned = List.copyOf(condemned);
    }
}
