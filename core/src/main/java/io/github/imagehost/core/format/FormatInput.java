package io.github.imagehost.core.format;

import java.io.IOException;

/**
 * Reads a file from its beginning to its end, and knows how far it has come. Nothing is ever read beyond the end, and
 * no more memory taken than the file has bytes. For one thread.
 */
public final class FormatInput {

    private static final int BUFFER_SIZE = 16 * 1024;

    private final PositionalSource file;
    private final long size;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int next;
    private int end;
    /** Where the buffer's end lies in the file. */
    private long endInFile;

    /** @param file is read from its beginning; stays open */
    public FormatInput(PositionalSource file) {
        this.file = file;
        this.size = file.size();
    }

    /** How many bytes were read or skipped. */
    public long position() {
        return endInFile - (end - next);
    }

    /** Bytes of the whole file. */
    public long size() {
        return size;
    }

    /** Whether everything was read. */
    public boolean isAtEnd() {
        return position() == size;
    }

    /** The next byte, 0 to 255. */
    public int read() throws IOException, MalformedImageException {
        if (next == end) {
            fill();
        }
        return buffer[next++] & 0xff;
    }

    /** A number of one to four bytes, the most significant one first. */
    public long bigEndian(int bytes) throws IOException, MalformedImageException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | read();
        }
        return value;
    }

    /** A number of one to four bytes, the least significant one first. */
    public long littleEndian(int bytes) throws IOException, MalformedImageException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) read() << (8 * i);
        }
        return value;
    }

    /** A name of four ASCII characters as a number. */
    public int fourCc() throws IOException, MalformedImageException {
        return (int) bigEndian(4);
    }

    /** A name of four ASCII characters as {@link #fourCc()} reads it. */
    public static int fourCc(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /** The next bytes; not for counts that a file states without a limit. */
    public byte[] bytes(int count) throws IOException, MalformedImageException {
        requireLeft(count);
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            if (next == end) {
                fill();
            }
            int copied = Math.min(count - done, end - next);
            System.arraycopy(buffer, next, bytes, done, copied);
            next += copied;
            done += copied;
        }
        return bytes;
    }

    /** Reads some bytes, at least one; answers how many. */
    public int read(byte[] target, int offset, int most) throws IOException, MalformedImageException {
        if (next == end) {
            fill();
        }
        int count = Math.min(most, end - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    /** Leaves out the next bytes. */
    public void skip(long count) throws IOException, MalformedImageException {
        requireLeft(count);
        long left = count;
        while (left > 0) {
            if (next == end) {
                fill();
            }
            int skipped = (int) Math.min(left, end - next);
            next += skipped;
            left -= skipped;
        }
    }

    /** Skips bytes up to one with this value, and that one, too. */
    public void skipPast(int value) throws IOException, MalformedImageException {
        byte wanted = (byte) value;
        while (true) {
            if (next == end) {
                fill();
            }
            while (next < end) {
                if (buffer[next++] == wanted) {
                    return;
                }
            }
        }
    }

    private void requireLeft(long count) throws MalformedImageException {
        if (count > size - position()) {
            throw MalformedImageException.truncated();
        }
    }

    private void fill() throws IOException, MalformedImageException {
        int count = endInFile < size ? file.read(endInFile, buffer, 0, BUFFER_SIZE) : -1;
        if (count <= 0) {
            throw MalformedImageException.truncated();
        }
        next = 0;
        end = count;
        endInFile += count;
    }
}
