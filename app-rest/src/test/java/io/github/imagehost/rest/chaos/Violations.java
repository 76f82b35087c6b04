package io.github.imagehost.rest.chaos;

import java.util.ArrayList;
import java.util.List;

/** Collects the promises that were broken. Safe for use by many threads. */
final class Violations {

    private final List<Violation> found = new ArrayList<>();

    synchronized void add(Violation.Kind kind, String what) {
        found.add(new Violation(kind, what));
    }

    /** All that were added so far, in their order. */
    synchronized List<Violation> all() {
        return List.copyOf(found);
    }

    synchronized long count(Violation.Kind kind) {
        return found.stream().filter(violation -> violation.kind() == kind).count();
    }
}
