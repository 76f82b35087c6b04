package io.github.imagehost.core.testing;

import java.util.Collection;
import java.util.stream.Stream;

/**
 * How deep tests look. Every build proves what the code promises; the Maven profile {@code deep} proves it for more
 * cases and worse days: with longer schedules, kills under load, full disks, further servers. A whole test that only
 * adds such cases has the JUnit tag {@code deep} instead, and is no part of other builds.
 */
public final class Depth {

    private static final boolean DEEP = Boolean.getBoolean("imagehost.test.deep");

    private Depth() {}

    /** Returns the first number in every build, the second one with the profile {@code deep}. */
    public static int of(int everyBuild, int deep) {
        return DEEP ? deep : everyBuild;
    }

    /** Answers the first cases in every build, the second ones with the profile {@code deep}. */
    public static <T> Stream<T> of(Collection<T> everyBuild, Collection<T> deep) {
        return (DEEP ? deep : everyBuild).stream();
    }
}
