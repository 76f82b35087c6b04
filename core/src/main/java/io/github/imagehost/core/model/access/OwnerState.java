package io.github.imagehost.core.model.access;

/** Whether an owner may do anything. */
public enum OwnerState {
    /** What its role allows. */
    ACTIVE,
    /** Nothing; its images stay, and its links go on working. */
    SUSPENDED
}
