package io.github.imagehost.core.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

        @Override
        public long length() {
            return bytes.length;
        }
    }

    /** What decoders get in the place of some bytes of the file. */
    private record Patch(long from, long to, Insert insert) {}

    private final List<Piece> pieces;
    private final List<Patch> patches;
    /** Where each piece begins in the copy, and where the copy ends. */
    private final long[] starts;

    private final long originalSize;

    private Rewrite(List<Piece> pieces, List<Patch> patches, long originalSize) {
        this.pieces = List.copyOf(pieces);
        this.patches = List.copyOf(patches);
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

    /**
     * The same copy for decoders that believe what browsers do not, or convert colours by themselves: without the
     * colour profile of a JPEG, but with a mark that tells its colours if there are three, and with the screen of a GIF
     * as large as its canvas.
     */
    public Rewrite forDecoders() {
        Builder builder = new Builder();
        builder.pieces.addAll(pieces);
        patches.forEach(builder::replace);
        return new Rewrite(builder.pieces, List.of(), originalSize);
    }

    /** How many bytes the copy has. */
    public long size() {
        return starts[pieces.size()];
    }

    /**
     * The copy of a file.
     *
     * @param file what is copied
     */
    public PositionalSource of(PositionalSource file) {
        return new PositionalSource() {
            @Override
            public long size() {
                return Rewrite.this.size();
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) throws IOException {
                return Rewrite.this.read(file, position, target, offset, length);
            }
        };
    }

    private int read(PositionalSource file, long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size()) {
            return -1;
        }
        int found = Arrays.binarySearch(starts, position);
        int index = found >= 0 ? found : -found - 2;
        Piece piece = pieces.get(index);
        long from = position - starts[index];
        int count = (int) Math.min(length, piece.length() - from);
        if (piece instanceof Insert insert) {
            System.arraycopy(insert.bytes, (int) from, target, offset, count);
            return count;
        }
        int read = file.read(((Copy) piece).offset() + from, target, offset, count);
        if (read < 0) {
            throw new IOException("The file has become shorter");
        }
        return read;
    }

    /** Puts a copy together, in the order of the file. For one thread. */
    public static final class Builder {

        private static final int MOST_PIECES = 10_000;

        private final List<Piece> pieces = new ArrayList<>();
        private final List<Patch> patches = new ArrayList<>();

        /**
         * Takes bytes of the file, from an offset up to another one.
         *
         * @throws MalformedImageException if there are too many pieces, each of which takes memory however small it is
         */
        public void copy(long from, long to) throws MalformedImageException {
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
        public void leaveOut(long from, long to) {
            replace(new Patch(from, to, new Insert(new byte[0])));
        }

        /** Gives decoders other bytes than these, of which all are copied or none. */
        public void replaceForDecoders(long from, long to, byte[] bytes) {
            patches.add(new Patch(from, to, new Insert(bytes)));
        }

        private void replace(Patch patch) {
            List<Piece> before = List.copyOf(pieces);
            pieces.clear();
            boolean isDone = false;
            for (Piece piece : before) {
                if (!isDone
                        && piece instanceof Copy copy
                        && copy.offset() <= patch.from()
                        && patch.to() <= copy.end()) {
                    add(copy.offset(), patch.from());
                    if (patch.insert().length() > 0) {
                        pieces.add(patch.insert());
                    }
                    add(patch.to(), copy.end());
                    isDone = true;
                } else {
                    pieces.add(piece);
                }
            }
        }

        /** Puts other bytes here. */
        public void insert(byte[] bytes) {
            pieces.add(new Insert(bytes));
        }

        /** Bytes of what is here so far. */
        public long size() {
            return pieces.stream().mapToLong(Piece::length).sum();
        }

        /** Puts this copy's pieces behind the ones that are here. */
        public void append(Builder other) {
            pieces.addAll(other.pieces);
        }

        /**
         * The copy of a file.
         *
         * @param originalSize of the file, in bytes
         */
        public Rewrite build(long originalSize) {
            return new Rewrite(pieces, patches, originalSize);
        }
    }
}
