package io.github.imagehost.core.model;

/**
 * A run of bytes inside some content.
 *
 * @param offset the first byte, counted from 0
 * @param length the number of bytes, at least 1
 */
public record ByteRange(long offset, long length) {

    public ByteRange {
        if (offset < 0 || length < 1 || offset + length < 0) {
            throw new IllegalArgumentException(
                    "A byte range has an offset from 0 and a length from 1, not " + offset + " and " + length);
        }
    }

    /** The last byte of the range, counted from 0. */
    public long last() {
        return offset + length - 1;
    }
}
