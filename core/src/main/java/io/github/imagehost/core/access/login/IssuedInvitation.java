package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.Invitation;

/**
 * An invitation that was just made.
 *
 * @param invitation what is known of it from now on
 * @param secret what people show for it; it is known only here, and can't be told again
 */
public record IssuedInvitation(Invitation invitation, LoginSecret secret) {}
