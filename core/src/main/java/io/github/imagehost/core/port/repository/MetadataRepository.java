package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;

/**
 * Everything the host remembers: which content is stored where, and which images point to it. Every operation is
 * atomic, and conflicts between operations are retried inside. Times are the repository's own clock's, with
 * milliseconds. Safe for use by many threads and many processes at once.
 *
 * <p>A blob is <em>reserved</em>, then <em>stored</em>, then <em>condemned</em>, then gone; a reserved one may be
 * condemned at once. There is at most one live (reserved or stored) blob of a digest, and at most one live image of a
 * blob per owner; nothing but the repository decides this.
 *
 * <p>A host that renders pictures in other sizes needs a {@link VariantLedger} of the same blobs besides, and whoever
 * administrates one an {@code AdministrableRepository}.
 *
 * <p>Every method throws {@link RepositoryUnavailableException} when the repository does not answer, and every method
 * that changes something {@link CommitStateUnknownException} when nobody can tell whether it did.
 */
public interface MetadataRepository extends UploadLedger, ImageCatalog, SharingLedger, DeletionLedger, AutoCloseable {

    /** Asks the repository for a sign of life; changes nothing. A query, where there is no cheaper one. */
    default void check() {
        findByFilename("check");
    }

    /**
     * Ends everything that the repository started and holds, but nothing that was handed to it; may be repeated. Where
     * it holds nothing, it does nothing.
     */
    @Override
    default void close() {}
}
