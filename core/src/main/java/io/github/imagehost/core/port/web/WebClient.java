package io.github.imagehost.core.port.web;

import java.io.IOException;
import java.time.Duration;

/**
 * Fetches from the web, one answer at a time: it looks nothing up, follows no redirect, tries nothing twice, asks no
 * proxy, and brings neither cookies nor anything else that tells who asks. Safe for use by many threads.
 */
public interface WebClient extends AutoCloseable {

    /**
     * Sends a GET and returns when the answer's headers are there.
     *
     * @param limit when the whole exchange has to be over, the body included: then its connection is broken off
     * @return is closed by the caller, which ends its connection
     * @throws UntrustedHostException if the server can't show that it is the host that was asked for
     * @throws IOException if no connection can be made to any of the addresses, or if there is no legal answer in time;
     *     no connection is left then
     */
    WebAnswer get(WebTarget target, Duration limit) throws IOException;

    /** Ends what it needs itself. Answers have to be closed before. May be repeated. */
    @Override
    void close();
}
