package io.github.imagehost.cli.remote;

import io.github.imagehost.core.work.Progress;

/** Shows items when they are done, and their bytes when they are on their way. Safe for use by many threads. */
final class SentBytes implements Progress {

    private final Progress shown;

    SentBytes(Progress shown) {
        this.shown = shown;
    }

    @Override
    public void expect(long items, long bytes) {
        shown.expect(items, bytes);
    }

    /** Without the bytes, which were told already. */
    @Override
    public void advance(long items, long bytes) {
        shown.advance(items, 0);
    }

    @Override
    public boolean isStopRequested() {
        return shown.isStopRequested();
    }

    /** The bytes of one item. */
    Item item() {
        return new Item();
    }

    /** The bytes of one item, however often it is sent. For one thread at a time. */
    final class Item {

        private long told;

        /** So many have gone out, or need not any more. */
        synchronized void reached(long bytes) {
            if (bytes > told) {
                shown.advance(0, bytes - told);
                told = bytes;
            }
        }
    }
}
