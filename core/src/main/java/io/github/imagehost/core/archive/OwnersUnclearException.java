package io.github.imagehost.core.archive;

import java.util.List;

/** It is not clear whose images those in a file become. Nothing was restored. */
public final class OwnersUnclearException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> details;
    private final transient List<String> inFile;
    private final transient List<String> here;

    OwnersUnclearException(List<String> details, List<String> inFile, List<String> here) {
        super("It is not clear whose images those in the file become: " + String.join("; ", details));
        this.details = List.copyOf(details);
        this.inFile = List.copyOf(inFile);
        this.here = List.copyOf(here);
    }

    /** Whom that is about and why, in plain words. */
    public List<String> details() {
        return details;
    }

    /** What all owners in the file are called in an {@link OwnerMap}. */
    public List<String> inFile() {
        return inFile;
    }

    /** What all owners of this host are called. */
    public List<String> here() {
        return here;
    }
}
