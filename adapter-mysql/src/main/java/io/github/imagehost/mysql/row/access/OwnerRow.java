package io.github.imagehost.mysql.row.access;

import java.time.Instant;

/**
 * An owner.
 *
 * @param role the name of a role that this version may not know
 * @param state the name of a state that this version may not know
 */
public record OwnerRow(long id, String name, String role, String state, Instant createdAt) {}
