package io.github.imagehost.mysql.transaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * How well callers share what is done for them: members divided by batches is how many share one. Safe for many
 * threads.
 */
public final class BatchCounts {

    private final LongAdder batches = new LongAdder();
    private final LongAdder members = new LongAdder();

    BatchCounts() {}

    void add(int newMembers) {
        batches.increment();
        members.add(newMembers);
    }

    /** How many batches there were, those of one included. */
    public long batches() {
        return batches.sum();
    }

    /** How many took part in them. */
    public long members() {
        return members.sum();
    }
}
