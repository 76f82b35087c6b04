package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.model.access.AccessToken;

/**
 * A token that was just made.
 *
 * @param token what is known of it from now on
 * @param secret what its bearer sends; it is known only here, and can't be told again
 */
public record IssuedToken(AccessToken token, TokenSecret secret) {}
