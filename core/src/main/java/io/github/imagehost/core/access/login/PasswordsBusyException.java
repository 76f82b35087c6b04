package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.Retryable;

/** So many passwords are looked at already that it was not the turn of this one in time. Nothing was changed. */
public final class PasswordsBusyException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    PasswordsBusyException(String message) {
        super(message);
    }
}
