package io.github.imagehost.mysql.row.access;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;

/**
 * A login link.
 *
 * @param secretHash the SHA-256 of what its bearer sends
 */
public record LoginLinkRow(Digest secretHash, long ownerId, long epoch, Instant expiresAt) {}
