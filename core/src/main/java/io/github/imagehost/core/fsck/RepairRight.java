package io.github.imagehost.core.fsck;

import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** The right to repair, which one process has at a time. Safe for use by many threads. */
@FunctionalInterface
public interface RepairRight {

    /** Of whoever knows that nobody else repairs. */
    RepairRight UNDISPUTED = () -> {};

    /**
     * Makes sure that nobody else gets it for long enough to do one more thing.
     *
     * @throws RepairLostException if somebody else may have it
     * @throws RepositoryException if it can't be found out
     */
    void confirm();
}
