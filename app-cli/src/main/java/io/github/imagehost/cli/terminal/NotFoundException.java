package io.github.imagehost.cli.terminal;

/** Something that the command line names is not there. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code what programs tell it apart by
     * @param message what is not there, and how to see what is
     */
    public NotFoundException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
