package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.LoginLink;

/**
 * A login link that was just made.
 *
 * @param link what is known of it from now on
 * @param secret what its bearer sends; it is known only here, and can't be told again
 */
public record IssuedLink(LoginLink link, LoginSecret secret) {}
