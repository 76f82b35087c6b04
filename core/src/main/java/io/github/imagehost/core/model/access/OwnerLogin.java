package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.OwnerId;
import java.util.Optional;

/**
 * How an owner may log in.
 *
 * @param owner its id
 * @param password what is kept of its password; empty if it has none
 * @param epoch counts how often all of its sessions and login links were ended: those of an earlier epoch are good for
 *     nothing
 */
public record OwnerLogin(OwnerId owner, Optional<PasswordHash> password, long epoch) {}
