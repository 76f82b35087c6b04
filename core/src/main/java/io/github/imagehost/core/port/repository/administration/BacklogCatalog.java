package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.port.repository.DeletionLedger;
import java.time.Duration;

/** The part of the {@link AdministrableRepository} that tells how far sweeps are behind. */
public interface BacklogCatalog {

    /** Measures what {@link DeletionLedger#condemned} would answer; takes time that grows with it. */
    Backlog backlog();

    /**
     * Condemned blobs whose objects are to be deleted now.
     *
     * @param blobs how many there are
     * @param age for how long the first of them has been waiting; zero if there is none
     */
    record Backlog(long blobs, Duration age) {}
}
