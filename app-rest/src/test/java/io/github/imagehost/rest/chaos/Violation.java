package io.github.imagehost.rest.chaos;

/**
 * A promise that was broken.
 *
 * @param kind which one
 * @param what happened, for whoever looks for the reason
 */
record Violation(Kind kind, String what) {

    enum Kind {
        /** An acknowledged upload that nobody asked to delete is not there, has other bytes, or has no thumbnail. */
        LOST,
        /** An acknowledged deletion did not happen, or was undone. */
        UNDELETED,
        /** The store or the database keeps what no live image needs, after a sweep. */
        ORPHAN,
        /** An image or a variant whose bytes are not in the store. */
        DEAD_LINK,
        /** Something private was shown to others, or became public. */
        EXPOSED,
        /** Something was there after its end, or could be seen more often than it may. */
        OVERSTAYED,
        /** Anything else that clients or operators may not see. */
        OTHER
    }
}
