package io.github.imagehost.core.work;

/**
 * By this an operation that takes long tells how far it has come, and learns that it is to stop. The caller of the
 * operation hands it over: a program that draws a bar, say, or {@link #UNOBSERVED}.
 *
 * <p>Implementations are safe for use by many threads at once, return at once and never throw: operations call them for
 * every single item, also from threads that work in parallel.
 */
public interface Progress {

    /** Stands for a number that is not known, or not yet. */
    long UNKNOWN = -1;

    /** Ignores everything and never asks to stop. */
    Progress UNOBSERVED = new Progress() {
        @Override
        public void expect(long items, long bytes) {}

        @Override
        public void advance(long items, long bytes) {}

        @Override
        public boolean isStopRequested() {
            return false;
        }
    };

    /**
     * Tells how much there is to do in all, in this run: what an earlier one has done already does not count. May be
     * repeated when the estimate changes; the last one holds. Until it is called, nothing is known.
     *
     * @param items the number of items, those that are done included, or {@link #UNKNOWN}
     * @param bytes the number of bytes of all items, or {@link #UNKNOWN}
     */
    void expect(long items, long bytes);

    /**
     * Tells that so much more is done.
     *
     * @param items how many items more; may be 0, when part of a large item is done
     * @param bytes how many bytes more; may be 0
     */
    void advance(long items, long bytes);

    /**
     * Whether the operation is to stop. Once true, it stays so. The operation looks now and then, at least after every
     * item. It then ends soon, at a point from which the same operation given again goes on, and returns what it has
     * done so far.
     */
    boolean isStopRequested();
}
