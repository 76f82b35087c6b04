package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A prefix code of a lossless WebP (RFC 9649, 3.7.2.1). Refuses whatever is not a complete code, as libwebp does
 * ({@code VP8LBuildHuffmanTable} in {@code huffman_utils.c}), and two symbols in descending order, which TwelveMonkeys'
 * decoder takes for others than libwebp: what such a code says depends on who reads it. Immutable.
 */
final class PrefixCode {

    private static final int LONGEST = 15;

    /** In this order a code tells of the code that its own lengths are written in. */
    private static final int[] ORDER_OF_LENGTHS = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private static final int REPEAT_LENGTH = 16;
    private static final int SHORT_GAP = 17;
    private static final int LENGTH_BEFORE_THE_FIRST = 8;

    /** Codes of so many bits are found in a decoder's first table, and each longer one in a second table. */
    private static final int BITS_OF_FIRST_TABLE = 8;

    /** Of a code, beside its tables. */
    private static final int BYTES_OF_OBJECTS = 80;

    private static final int BYTES_OF_ARRAY = 24;

    /** How many codes there are of each length. */
    private final int[] counts = new int[LONGEST + 1];
    /** In the order of their codes. */
    private final short[] symbols;

    private PrefixCode(byte[] lengths) throws MalformedImageException {
        for (byte length : lengths) {
            counts[length]++;
        }
        symbols = new short[lengths.length - counts[0]];
        counts[0] = 0;
        int[] next = new int[LONGEST + 2];
        int space = 0;
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = next[length] + counts[length];
            space += counts[length] << (LONGEST - length);
        }
        if (symbols.length != 1 && space != 1 << LONGEST) {
            throw MalformedImageException.malformed("The WebP has a prefix code that is not complete");
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
    }

    /**
     * Reads what a code consists of.
     *
     * @param alphabet how many symbols there are
     */
    static PrefixCode read(LosslessBits bits, int alphabet) throws IOException, MalformedImageException {
        byte[] lengths = new byte[alphabet];
        if (bits.read(1) == 1) {
            readSymbols(bits, lengths);
        } else {
            readLengths(bits, lengths);
        }
        return new PrefixCode(lengths);
    }

    /** One or two symbols, whose codes are the shortest ones. */
    private static void readSymbols(LosslessBits bits, byte[] lengths) throws IOException, MalformedImageException {
        boolean hasTwo = bits.read(1) == 1;
        int first = bits.read(bits.read(1) == 1 ? 8 : 1);
        int last = hasTwo ? bits.read(8) : first;
        if (last >= lengths.length || first > last || (hasTwo && first == last)) {
            throw MalformedImageException.malformed("The WebP has a prefix code of symbols that make none");
        }
        lengths[first] = 1;
        lengths[last] = 1;
    }

    private static void readLengths(LosslessBits bits, byte[] lengths) throws IOException, MalformedImageException {
        byte[] lengthsOfLengths = new byte[ORDER_OF_LENGTHS.length];
        int count = bits.read(4) + 4;
        for (int i = 0; i < count; i++) {
            lengthsOfLengths[ORDER_OF_LENGTHS[i]] = (byte) bits.read(3);
        }
        PrefixCode code = new PrefixCode(lengthsOfLengths);
        int left = bits.read(1) == 1 ? 2 + bits.read(2 + 2 * bits.read(3)) : lengths.length;
        if (left > lengths.length) {
            throw tooManySymbols();
        }
        byte last = LENGTH_BEFORE_THE_FIRST;
        int symbol = 0;
        while (symbol < lengths.length && left > 0) {
            int length = code.symbol(bits);
            int repeats = switch (length) {
                case REPEAT_LENGTH -> 3 + bits.read(2);
                case SHORT_GAP -> 3 + bits.read(3);
                case SHORT_GAP + 1 -> 11 + bits.read(7);
                default -> 1;
            };
            if (repeats > lengths.length - symbol) {
                throw tooManySymbols();
            }
            last = length > 0 && length < REPEAT_LENGTH ? (byte) length : last;
            boolean isGap = length == 0 || length >= SHORT_GAP;
            Arrays.fill(lengths, symbol, symbol + repeats, isGap ? 0 : last);
            symbol += repeats;
            left--;
        }
    }

    private static MalformedImageException tooManySymbols() {
        return MalformedImageException.malformed("The WebP has a prefix code of more symbols than there are");
    }

    /** The symbol of the next code. A code with one symbol takes no bits. */
    int symbol(LosslessBits bits) throws IOException, MalformedImageException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int firstCode = 0;
        int firstIndex = 0;
        int length = 0;
        while (code >= firstCode + counts[length]) {
            firstIndex += counts[length];
            firstCode = (firstCode + counts[length]) << 1;
            code = code << 1 | bits.read(1);
            length++;
        }
        return symbols[firstIndex + code - firstCode];
    }

    /**
     * How many bytes a decoder's tables for this code take: those of TwelveMonkeys' {@code HuffmanTable}, which are
     * laid out as libwebp's. The codes that begin with the same bits, as many as the first table is for, share a second
     * one, which is for as many bits as the longest of them has more.
     */
    long bytesOfTables() {
        long bytes = BYTES_OF_OBJECTS + BYTES_OF_ARRAY + (Integer.BYTES << BITS_OF_FIRST_TABLE);
        int end = 0;
        for (int length = 1; length <= LONGEST && symbols.length > 1; length++) {
            int begin = end;
            end += counts[length] << (LONGEST - length);
            if (length > BITS_OF_FIRST_TABLE) {
                int unused = LONGEST - BITS_OF_FIRST_TABLE;
                // all codes that begin alike end with one of the longest of them
                int tables = (end >> unused) - (begin >> unused);
                bytes += tables * (long) (BYTES_OF_ARRAY + (Integer.BYTES << (length - BITS_OF_FIRST_TABLE)));
            }
        }
        return bytes;
    }
}
