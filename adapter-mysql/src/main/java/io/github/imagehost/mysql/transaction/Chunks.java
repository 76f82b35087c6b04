package io.github.imagehost.mysql.transaction;

import com.google.common.collect.Lists;
import java.util.Collection;
import java.util.List;

/** Cuts a list whose members one statement can't name at once. */
public final class Chunks {

    /** How many rows one statement names at the most. */
    public static final int SIZE = 500;

    private Chunks() {}

    public static <T> List<List<T>> of(List<T> all) {
        return Lists.partition(all, SIZE);
    }

    /** Everybody locks in ascending order, so that no two of them wait for each other. */
    public static List<List<Long>> ofSorted(Collection<Long> ids) {
        return of(sorted(ids));
    }

    public static List<Long> sorted(Collection<Long> ids) {
        return ids.stream().distinct().sorted().toList();
    }
}
