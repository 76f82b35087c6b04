package io.github.imagehost.core.bulk;

import io.github.imagehost.core.model.Digest;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** A set of digests that takes 43 to 86 bytes of memory for each, once there are many. Safe for use by many threads. */
final class DigestSet {

    private static final int LONGS = Digest.LENGTH / Long.BYTES;
    private static final int FIRST_CAPACITY = 1024;

    /** Open addressing: a digest lies in the first free place from the one that it names itself. All zeros are free. */
    private long[] table = new long[FIRST_CAPACITY * LONGS];

    private int size;
    private boolean hasZero;

    /** Adds a digest; answers whether it was not there before. */
    synchronized boolean add(Digest digest) {
        long[] words = new long[LONGS];
        LongBuffer buffer = ByteBuffer.wrap(digest.bytes()).asLongBuffer();
        buffer.get(words);
        if (isFree(words, 0)) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        int place = place(table, words, 0);
        if (!isFree(table, place)) {
            return false;
        }
        System.arraycopy(words, 0, table, place, LONGS);
        size++;
        if ((long) size * LONGS > (long) table.length * 3 / 4) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (int from = 0; from < table.length; from += LONGS) {
            if (!isFree(table, from)) {
                System.arraycopy(table, from, larger, place(larger, table, from), LONGS);
            }
        }
        table = larger;
    }

    /** Where the digest is, or would be. */
    private static int place(long[] table, long[] digest, int offset) {
        int places = table.length / LONGS;
        int place = (int) Long.remainderUnsigned(digest[offset], places) * LONGS;
        while (!isFree(table, place) && !isEqual(table, place, digest, offset)) {
            place = (place + LONGS) % table.length;
        }
        return place;
    }

    private static boolean isFree(long[] table, int place) {
        return (table[place] | table[place + 1] | table[place + 2] | table[place + 3]) == 0;
    }

    private static boolean isEqual(long[] one, int oneOffset, long[] other, int otherOffset) {
        for (int i = 0; i < LONGS; i++) {
            if (one[oneOffset + i] != other[otherOffset + i]) {
                return false;
            }
        }
        return true;
    }
}
