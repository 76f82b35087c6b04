package io.github.imagehost.core.access.login;

/** The password that an owner has now is not what was said, or was not said. Nothing was changed. */
public final class WrongPasswordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongPasswordException() {
        super("The current password is another one, or was not said");
    }
}
