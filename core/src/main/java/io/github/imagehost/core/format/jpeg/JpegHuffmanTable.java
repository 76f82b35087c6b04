package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.MalformedImageException;

/** A table of Huffman codes (ITU-T T.81, C.2 and F.2.2.3), none of which is longer than 16 bits. Immutable. */
final class JpegHuffmanTable {

    /** What {@link #find} answers if there is no such code. */
    static final int NONE = -1;

    static final int LONGEST_CODE = 16;
    static final int BITS_OF_SHORT_CODES = 8;

    private final byte[] symbols;
    private final int[] firstCode = new int[LONGEST_CODE + 1];
    private final int[] firstIndex = new int[LONGEST_CODE + 2];
    /** Of what begins with a short code: its length in the higher byte, and its symbol. */
    private final short[] shortCodes = new short[1 << BITS_OF_SHORT_CODES];

    /**
     * @param counts how many codes there are of each length, from 1 on
     * @param symbols in the order of their codes, at least as many
     */
    JpegHuffmanTable(int[] counts, byte[] symbols) throws MalformedImageException {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            int count = counts[length - 1];
            firstCode[length] = code;
            firstIndex[length] = index;
            if (code + count > 1 << length) {
                throw MalformedImageException.malformed("The JPEG has more codes of a length than there are");
            }
            for (int i = 0; i < count && length <= BITS_OF_SHORT_CODES; i++) {
                addShortCode(code + i, length, symbols[index + i]);
            }
            index += count;
            code = (code + count) << 1;
        }
        firstIndex[LONGEST_CODE + 1] = index;
    }

    private void addShortCode(int code, int length, byte symbol) {
        int unused = BITS_OF_SHORT_CODES - length;
        for (int rest = 0; rest < 1 << unused; rest++) {
            shortCodes[code << unused | rest] = (short) (length << Byte.SIZE | (symbol & 0xff));
        }
    }

    /**
     * Of the short code that these bits begin with: its length in the higher byte, and its symbol; 0 if there is none.
     */
    int findShort(int bits) {
        return shortCodes[bits];
    }

    /** The symbol of a code, or {@link #NONE}. */
    int find(int code, int length) {
        int index = firstIndex[length] + code - firstCode[length];
        return code >= firstCode[length] && index < firstIndex[length + 1] ? symbols[index] & 0xff : NONE;
    }
}
