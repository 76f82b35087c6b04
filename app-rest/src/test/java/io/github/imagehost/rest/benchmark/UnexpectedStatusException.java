package io.github.imagehost.rest.benchmark;

import java.io.IOException;

/** A server answered another status than it has to. */
final class UnexpectedStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    UnexpectedStatusException(int status, int expected, String text) {
        super("Got " + status + " instead of " + expected + ": " + text);
        this.status = status;
    }

    int status() {
        return status;
    }
}
