package io.github.imagehost.core.access.credential;

/** A credential stands for nobody who may do anything. */
public final class CredentialRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** There is no such credential, or not any more. */
        INVALID,
        /** Its time is over. */
        EXPIRED,
        /** Its owner is suspended. */
        OWNER_SUSPENDED
    }

    private final Reason reason;

    /** @param reason why the credential is good for nothing */
    public CredentialRefusedException(Reason reason) {
        super("The credential is refused: " + reason);
        this.reason = reason;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }
}
