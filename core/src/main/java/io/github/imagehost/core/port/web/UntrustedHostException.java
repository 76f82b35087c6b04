package io.github.imagehost.core.port.web;

import java.io.IOException;

/** A server can't show that it is the host that was asked for. */
public final class UntrustedHostException extends IOException {

    private static final long serialVersionUID = 1L;

    public UntrustedHostException(String message, Throwable cause) {
        super(message, cause);
    }
}
