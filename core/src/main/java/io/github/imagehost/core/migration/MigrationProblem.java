package io.github.imagehost.core.migration;

/**
 * An object that {@link StoreMigration} could not copy.
 *
 * @param kind what is wrong
 * @param objectKey where the object lies
 * @param detail the same for people, in plain words
 */
public record MigrationProblem(Kind kind, String objectKey, String detail) {

    /** What can be wrong. */
    public enum Kind {
        /** The object is in neither store. */
        MISSING,
        /** Its bytes in the source are not those that were stored. */
        DAMAGED,
        /** Other bytes lie under its key in the target. */
        OCCUPIED,
        /** A store did not do what it was asked; trying again may help. */
        FAILED
    }
}
