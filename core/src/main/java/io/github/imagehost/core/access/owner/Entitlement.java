package io.github.imagehost.core.access.owner;

import io.github.imagehost.core.model.access.Role;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an identity provider says that an owner may do and have.
 *
 * @param role what it may do at the most; empty if that is not the provider's business
 * @param maxBytes how many bytes all its pictures may have, from 0; empty if the provider does not say so
 */
public record Entitlement(Optional<Role> role, OptionalLong maxBytes) {}
