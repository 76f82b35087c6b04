package io.github.imagehost.core.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How a file is copied: which of its bytes are taken, in their order, and which are put in their place. Immutable. */
public final class Rewrite {

    private sealed interface Piece {

        long length();
    }

    private record Copy(long offset, long length) implements Piece {

        long end() {
            return offset + length;
        }
    }

    private static final class Insert implements Piece {

        private final byte[] bytes;

        Insert(byte[] bytes) {
            this.bytes = bytes;
        }

        InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        int read(long from, byte[] target, int offset, int count) {
            System.arraycopy(bytes, (int) from, target, offset, count);
            return count;
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }

    private final List<Piece> pieces;
    /** Where each piece begins in the copy, and where the copy ends. */
    private final long[] starts;

    private final long originalSize;

    private Rewrite(List<Piece> pieces, long originalSize) {
        this.pieces = List.copyOf(pieces);
        this.originalSize = originalSize;
        this.starts = new long[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            starts[i + 1] = starts[i] + pieces.get(i).length();
        }
    }

    /** Whether the copy differs from the file. */
    public boolean changesAnything() {
        return !pieces.equals(List.of(new Copy(0, originalSize)));
    }

    /** How many bytes the copy has. */
    public long size() {
        return starts[pieces.size()];
    }

    /**
     * Reads the copy of a file at any position; otherwise as {@link PositionalSource#read}.
     *
     * @param file what is copied
     */
    public int read(PositionalSource file, long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size()) {
            return -1;
        }
        int found = Arrays.binarySearch(starts, position);
        int index = found >= 0 ? found : -found - 2;
        Piece piece = pieces.get(index);
        long from = position - starts[index];
        int count = (int) Math.min(length, piece.length() - from);
        if (piece instanceof Insert insert) {
            return insert.read(from, target, offset, count);
        }
        int read = file.read(((Copy) piece).offset() + from, target, offset, count);
        if (read < 0) {
            throw shorter();
        }
        return read;
    }

    private static IOException shorter() {
        return new IOException("The file has become shorter");
    }

    /**
     * The copy of a file.
     *
     * @param file at its first byte; closed with the copy
     */
    public InputStream of(InputStream file) {
        List<InputStream> parts = new ArrayList<>();
        Forward forward = new Forward(file);
        for (Piece piece : pieces) {
            parts.add(
                    piece instanceof Insert insert
                            ? insert.open()
                            : new Range(forward, ((Copy) piece).offset(), piece.length()));
        }
        return new SequenceInputStream(Collections.enumeration(parts)) {
            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /** Puts a copy together, in the order of the file. For one thread. */
    static final class Builder {

        private static final int MOST_PIECES = 10_000;

        private final List<Piece> pieces = new ArrayList<>();

        /**
         * Takes bytes of the file, from an offset up to another one.
         *
         * @throws MalformedImageException if there are too many pieces, each of which takes memory however small it is
         */
        void copy(long from, long to) throws MalformedImageException {
            add(from, to);
            if (pieces.size() > MOST_PIECES) {
                throw MalformedImageException.malformed("The picture is in too many pieces");
            }
        }

        private void add(long from, long to) {
            if (!pieces.isEmpty() && pieces.get(pieces.size() - 1) instanceof Copy last && last.end() == from) {
                pieces.set(pieces.size() - 1, new Copy(last.offset(), to - last.offset()));
            } else if (to > from) {
                pieces.add(new Copy(from, to - from));
            }
        }

        /** Takes back bytes that were to be copied, all in one piece. */
        void leaveOut(long from, long to) {
            List<Piece> before = List.copyOf(pieces);
            pieces.clear();
            for (Piece piece : before) {
                if (piece instanceof Copy copy && copy.offset() <= from && to <= copy.end()) {
                    add(copy.offset(), from);
                    add(to, copy.end());
                } else {
                    pieces.add(piece);
                }
            }
        }

        /** Puts other bytes here. */
        void insert(byte[] bytes) {
            pieces.add(new Insert(bytes));
        }

        long size() {
            return pieces.stream().mapToLong(Piece::length).sum();
        }

        /** Puts this copy's pieces behind the ones that are here. */
        void append(Builder other) {
            pieces.addAll(other.pieces);
        }

        Rewrite build(long originalSize) {
            return new Rewrite(pieces, originalSize);
        }
    }

    /** A stream that is read in pieces, each further on than the one before. */
    private static final class Forward {

        private final InputStream in;
        private long position;

        Forward(InputStream in) {
            this.in = in;
        }

        void skipTo(long offset) throws IOException {
            in.skipNBytes(offset - position);
            position = offset;
        }

        int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            position += Math.max(0, count);
            return count;
        }
    }

    private static final class Range extends InputStream {

        private final Forward file;
        private final long offset;
        private long left;
        private boolean begun;

        Range(Forward file, long offset, long length) {
            this.file = file;
            this.offset = offset;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            if (!begun) {
                file.skipTo(offset);
                begun = true;
            }
            int count = file.read(bytes, start, (int) Math.min(length, left));
            if (count < 0) {
                throw shorter();
            }
            left -= count;
            return count;
        }
    }
}
