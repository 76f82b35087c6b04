package io.github.imagehost.core.port.web;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The answer of a web server. For one thread. */
public interface WebAnswer extends AutoCloseable {

    /** Its HTTP status. */
    int status();

    /** The value of a header, of the first if there are several; empty if there is none. */
    Optional<String> header(String name);

    /** How many bytes the body is said to have; empty if nothing is said. */
    OptionalLong length();

    /**
     * The body as it was sent, whatever it is encoded with; the same stream on every call. It fails where the
     * connection breaks, also if fewer bytes came than {@link #length} says. Closing it does nothing.
     */
    InputStream body();

    /** Ends the connection at once, whatever is still to come. May be repeated. */
    @Override
    void close();
}
