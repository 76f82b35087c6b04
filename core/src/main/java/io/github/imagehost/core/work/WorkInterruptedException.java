package io.github.imagehost.core.work;

/** The thread that waited for the results of {@link OrderedWork} was interrupted; its interrupt flag is set. */
public final class WorkInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkInterruptedException(InterruptedException cause) {
        super("Interrupted while work is under way", cause);
    }
}
