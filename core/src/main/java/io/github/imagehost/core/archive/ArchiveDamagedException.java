package io.github.imagehost.core.archive;

import java.util.List;

/** A file is no export, or not as it was written. Nothing was restored. */
public final class ArchiveDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    ArchiveDamagedException(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** The first lines that are wrong, with their numbers, in plain words. */
    public List<String> details() {
        return details;
    }
}
