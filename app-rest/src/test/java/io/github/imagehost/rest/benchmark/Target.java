package io.github.imagehost.rest.benchmark;

import java.net.URI;

/**
 * Whom requests are sent to.
 *
 * @param base where it is
 * @param headers what is sent with each request, each with its line end
 * @param newAnswer what stands in its answer if a picture was stored
 * @param duplicateAnswer the same if it was there already
 * @param attempts how often an upload is sent if it fails
 */
record Target(URI base, String headers, String newAnswer, String duplicateAnswer, int attempts) {

    private static final int ATTEMPTS_OF_NEIGHBOURS = 3;

    /** Tells whether it had the picture. */
    static Target ours(URI base, Caller caller) {
        return new Target(base, caller.headers(), "\"duplicate\":false", "\"duplicate\":true", 1);
    }

    /** Tells that all went well and need not tell more, and may fail now and then, as clients have to expect. */
    static Target neighbour(URI base) {
        String success = "\"success\":true";
        return new Target(base, "", success, success, ATTEMPTS_OF_NEIGHBOURS);
    }

    /** The same elsewhere. */
    Target at(URI other) {
        return new Target(other, headers, newAnswer, duplicateAnswer, attempts);
    }

    /** The head of a request without a body. */
    byte[] get(String path) {
        return head("GET", path, "");
    }

    /**
     * The head of a request.
     *
     * @param further headers, each with its line end
     */
    byte[] head(String method, String path, String further) {
        return HttpConnection.head(base, method, path, headers + further);
    }
}
