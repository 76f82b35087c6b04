package io.github.imagehost.core.archive;

/**
 * An image, or a further name of one, that {@link ImageRestore} has not restored.
 *
 * @param kind why not
 * @param filename in its link
 * @param objectKey where its bytes should be
 * @param detail the same for people, in plain words
 */
public record RestoreProblem(Kind kind, String filename, String objectKey, String detail) {

    /** Why something is not restored. */
    public enum Kind {
        /** Its object is not in the store. */
        MISSING,
        /** Its object has other bytes. */
        DAMAGED,
        /** Its object can't be read to its end. */
        UNREADABLE,
        /** The repository holds something that contradicts it. */
        REFUSED
    }
}
