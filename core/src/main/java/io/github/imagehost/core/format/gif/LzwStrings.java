package io.github.imagehost.core.format.gif;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;

/**
 * The strings of colour indices that a frame of a GIF consists of, in the order of its pixels: variable-length-code LZW
 * (GIF89a specification, 22 and appendix F). A table that is full stays as it is until a clear code comes, however late
 * that is (cover sheet of the specification, "deferred clear code"), and the first code need not be one. Takes the same
 * memory for any frame, and the same time for any string. For one thread.
 */
public final class LzwStrings {

    /** The most indices that a string has. */
    public static final int LONGEST = 4096;

    private static final int TABLE_SIZE = 4096;
    private static final int MOST_BITS = 12;
    private static final int LONGEST_BLOCK = 255;
    private static final int NONE = -1;

    private final FormatInput in;
    private final byte[] block = new byte[LONGEST_BLOCK];
    private int blockLength;
    private int nextInBlock;
    private boolean hasBlocks;
    private boolean blocksEnded;

    /** For each string: all but its last index, its first index, its last index, and how many there are. */
    private final short[] prefixes = new short[TABLE_SIZE];

    private final byte[] firsts = new byte[TABLE_SIZE];
    private final byte[] lasts = new byte[TABLE_SIZE];
    private final short[] lengths = new short[TABLE_SIZE];

    private int clearCode;
    private int nextFree;
    private int codeBits;
    private int current;
    private int bits;
    private int bitCount;

    LzwStrings(FormatInput in) {
        this.in = in;
        blocksEnded = true;
    }

    /**
     * Goes on with a frame whose blocks begin here.
     *
     * @param bitsOfIndices 1 to 11; of more than eight, the others count for nothing
     */
    void begin(int bitsOfIndices) throws IOException, MalformedImageException {
        for (int index = 0; index < 1 << bitsOfIndices; index++) {
            firsts[index] = (byte) index;
            lasts[index] = (byte) index;
            lengths[index] = 1;
        }
        clearCode = 1 << bitsOfIndices;
        bits = 0;
        bitCount = 0;
        clear();
        blocksEnded = false;
        nextBlock();
        hasBlocks = !blocksEnded;
    }

    private void clear() {
        nextFree = clearCode + 2;
        codeBits = Integer.SIZE - Integer.numberOfLeadingZeros(clearCode);
        current = NONE;
    }

    /** Whether the frame has any data at all. */
    boolean hasData() {
        return hasBlocks;
    }

    /**
     * Goes on to the next string.
     *
     * @return how many indices it has, up to {@value #LONGEST}; 0 at the end, which may come before the frame has all
     *     its pixels
     * @throws MalformedImageException if the next code has no meaning yet, or the file ends
     * @throws IOException if the file can't be read
     */
    public int next() throws IOException, MalformedImageException {
        int code = nextCode();
        while (code == clearCode) {
            clear();
            code = nextCode();
        }
        if (code == NONE || code == clearCode + 1) {
            return 0;
        }
        int firstUnknown = current == NONE ? clearCode : nextFree + 1;
        if (code >= firstUnknown) {
            throw MalformedImageException.malformed("The GIF has a code that stands for nothing");
        }
        if (current != NONE && nextFree < TABLE_SIZE) {
            add(code);
        }
        current = code;
        return lengths[code];
    }

    /** The string before and the first index of this one make another string, which may be this one. */
    private void add(int code) {
        prefixes[nextFree] = (short) current;
        firsts[nextFree] = firsts[current];
        lengths[nextFree] = (short) (lengths[current] + 1);
        lasts[nextFree] = firsts[code];
        nextFree++;
        if (nextFree == 1 << codeBits && codeBits < MOST_BITS) {
            codeBits++;
        }
    }

    private int nextCode() throws IOException, MalformedImageException {
        while (bitCount < codeBits) {
            if (nextInBlock == blockLength) {
                nextBlock();
            }
            if (blocksEnded) {
                return NONE;
            }
            bits |= (block[nextInBlock++] & 0xff) << bitCount;
            bitCount += Byte.SIZE;
        }
        int code = bits & ((1 << codeBits) - 1);
        bits >>>= codeBits;
        bitCount -= codeBits;
        return code;
    }

    private void nextBlock() throws IOException, MalformedImageException {
        if (blocksEnded) {
            return;
        }
        blockLength = in.read();
        nextInBlock = 0;
        blocksEnded = blockLength == 0;
        for (int done = 0; done < blockLength; ) {
            done += in.read(block, done, blockLength - done);
        }
    }

    /**
     * Copies the string that was gone to.
     *
     * @param target for at least as many bytes as {@link #next} answered
     */
    public void copyTo(byte[] target) {
        int code = current;
        for (int i = lengths[code] - 1; i >= 0; i--) {
            target[i] = lasts[code];
            code = prefixes[code];
        }
    }

    /** Skips what is left of the frame. */
    void skipRest() throws IOException, MalformedImageException {
        while (!blocksEnded) {
            nextBlock();
        }
    }
}
