package io.github.imagehost.core.access.source;

/** A credential is good for something, but not from where it was sent. */
public final class SourceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What of that place is wrong. */
    public enum Reason {
        /** The page is of another origin than the token is for, or of none that is told. */
        ORIGIN,
        /** The client's address is in no network that the token is for. */
        ADDRESS
    }

    private final Reason reason;

    /** @param reason what the credential is not bound to */
    public SourceRefusedException(Reason reason) {
        super("The credential is not good from there: " + reason);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
