package io.github.imagehost.core.port.access;

import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;

/**
 * Remembers who may do what. Each operation is atomic and durable when it returns. Safe for use by many threads and
 * processes; what one of them writes, all others read from then on.
 *
 * <p>Every operation may throw a {@link RepositoryException}, or a {@link RepositoryUnavailableException} if it may
 * succeed later.
 */
public interface AccessRepository
        extends OwnerLedger, IdentityLedger, TokenLedger, LoginLedger, SessionLedger, KeyLedger, InvitationLedger {}
