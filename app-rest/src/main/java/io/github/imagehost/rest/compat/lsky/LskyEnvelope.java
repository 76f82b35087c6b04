package io.github.imagehost.rest.compat.lsky;

import java.util.Map;

/**
 * What every answer is wrapped in.
 *
 * @param status whether the request did what it asked for
 * @param message for people, in their language
 * @param data the answer itself; empty if there is none
 */
record LskyEnvelope(boolean status, String message, Object data) {

    /** The answer to a request that was done. */
    static LskyEnvelope success(String message, Object data) {
        return new LskyEnvelope(true, message, data);
    }

    /** The answer to a request that was done, about which there is no more to tell. */
    static LskyEnvelope success(String message) {
        return success(message, Map.of());
    }

    /** The answer to a request that failed. */
    static LskyEnvelope failure(String message) {
        return new LskyEnvelope(false, message, Map.of());
    }
}
