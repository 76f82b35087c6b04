package io.github.imagehost.rest.benchmark;

import java.net.URI;

/**
 * Whom uploads are sent to.
 *
 * @param base where it is
 * @param newAnswer what stands in its answer if a picture was stored
 * @param duplicateAnswer the same if it was there already
 * @param attempts how often an upload is sent if it fails
 */
record Target(URI base, String newAnswer, String duplicateAnswer, int attempts) {

    private static final int ATTEMPTS_OF_NEIGHBOURS = 3;

    /** Tells whether it had the picture. */
    static Target ours(URI base) {
        return new Target(base, "\"duplicate\":false", "\"duplicate\":true", 1);
    }

    /** Tells that all went well and need not tell more, and may fail now and then, as clients have to expect. */
    static Target neighbour(URI base) {
        String success = "\"success\":true";
        return new Target(base, success, success, ATTEMPTS_OF_NEIGHBOURS);
    }
}
