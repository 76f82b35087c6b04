package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.access.Session;

/**
 * A session that has just begun.
 *
 * @param session what is known of it from now on
 * @param secret what its browser sends; it is known only here, and can't be told again
 * @param principal who acts in it
 */
public record StartedSession(Session session, LoginSecret secret, Principal principal) {}
