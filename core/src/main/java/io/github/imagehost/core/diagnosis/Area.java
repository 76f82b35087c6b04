package io.github.imagehost.core.diagnosis;

/** What a finding is about. */
public enum Area {
    /** The settings themselves, before anything is tried out. */
    SETTINGS,
    /** Where the metadata is kept. */
    DATABASE,
    /** Where the bytes are kept. */
    STORE,
    /** The local disk. */
    DISK
}
