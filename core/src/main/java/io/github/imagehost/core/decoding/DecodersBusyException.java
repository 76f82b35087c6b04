package io.github.imagehost.core.decoding;

import org.jspecify.annotations.Nullable;

/** A picture was not begun with in time, since there was too much else to decode, or the decoders were closed. */
public final class DecodersBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    DecodersBusyException(String message) {
        this(message, null);
    }

    DecodersBusyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
