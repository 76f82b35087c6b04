package io.github.imagehost.cli.terminal;

/** A service refused what it was asked for, or failed. */
public final class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String code;

    /**
     * @param exitCode what the command ends with
     * @param code what programs tell it apart by
     * @param message one sentence
     */
    public ServiceException(ExitCode exitCode, String code, String message) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** What programs tell it apart by. */
    public String code() {
        return code;
    }
}
