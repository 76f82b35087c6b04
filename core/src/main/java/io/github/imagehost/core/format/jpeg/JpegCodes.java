package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the codes of scans (ITU-T T.81, F.2.2 and G.2), but makes no pixels of them: that tells where a scan ends, and
 * whether it is whole. For one walk.
 */
final class JpegCodes {

    private static final int TABLES = 4;
    private static final int MOST_SYMBOLS = 256;
    private static final int MOST_BITS_OF_A_MEAN = 15;
    /** A code for as many zeros and one more, without a coefficient behind them. */
    private static final int MOST_ZEROS = 15;

    private static final int MEANS = 0;
    private static final int OTHERS = 1;

    private final FormatInput in;
    private final Runnable check;
    /** By their kind and their number. */
    private final @Nullable JpegHuffmanTable[][] tables = new JpegHuffmanTable[2][TABLES];

    private long restartInterval;
    /** How many blocks, counted from the next one, have nothing but what was known to be there. */
    private int emptyBlocks;

    /** @param check is run before each unit of a scan: there may be thousands to a byte */
    JpegCodes(FormatInput in, Runnable check) {
        this.in = in;
        this.check = check;
    }

    /** Reads a segment that says how often restart markers come. */
    void readRestartInterval() throws IOException, MalformedImageException {
        restartInterval = in.bigEndian(2);
    }

    /**
     * Reads a segment of tables.
     *
     * @param length of what is behind its length
     */
    void readTables(int length) throws IOException, MalformedImageException {
        long end = in.position() + length;
        while (in.position() < end) {
            int name = in.read();
            int[] counts = new int[JpegHuffmanTable.LONGEST_CODE];
            int symbols = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.read();
                symbols += counts[i];
            }
            if (name >> 4 > 1 || (name & 0xf) >= TABLES || symbols > MOST_SYMBOLS || in.position() + symbols > end) {
                throw MalformedImageException.malformed("The JPEG has a table of codes that is none");
            }
            tables[name >> 4][name & 0xf] = new JpegHuffmanTable(counts, in.bytes(symbols));
        }
    }

    /**
     * Reads a scan to its last code.
     *
     * @throws MalformedImageException if it is not whole
     */
    void readScan(JpegScan scan) throws IOException, MalformedImageException {
        requireLegal(scan);
        for (JpegScan.Part part : scan.parts()) {
            if (scan.isProgressive()) {
                part.component().add(scan.first(), scan.last(), scan.high(), scan.low());
            } else {
                part.component().add(0, JpegComponent.COEFFICIENTS - 1, 0, 0);
            }
        }
        JpegBits bits = new JpegBits(in);
        emptyBlocks = 0;
        for (long unit = 0; unit < scan.units(); unit++) {
            check.run();
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
                bits.restart();
                emptyBlocks = 0;
            }
            for (JpegScan.Part part : scan.parts()) {
                for (int i = 0; i < part.blocks(); i++) {
                    readBlock(scan, part, (int) unit, bits);
                }
            }
        }
    }

    private static void requireLegal(JpegScan scan) throws MalformedImageException {
        boolean isOfMeans = scan.first() == 0 && scan.last() == 0;
        boolean isOfOthers = scan.first() >= 1
                && scan.first() <= scan.last()
                && scan.last() < JpegComponent.COEFFICIENTS
                && scan.parts().size() == 1;
        boolean isStep = scan.high() == 0 || scan.low() == scan.high() - 1;
        if (scan.isProgressive() && !((isOfMeans || isOfOthers) && isStep)) {
            throw MalformedImageException.malformed("The JPEG has a scan that is not legal");
        }
    }

    private void readBlock(JpegScan scan, JpegScan.Part part, int block, JpegBits bits)
            throws IOException, MalformedImageException {
        if (!scan.isProgressive()) {
            readMean(part, bits);
            readOthers(part, bits);
        } else if (scan.hasMeans() && scan.high() == 0) {
            readMean(part, bits);
        } else if (scan.hasMeans()) {
            bits.read(1);
        } else if (scan.high() > 0) {
            refine(scan, part, block, bits);
        } else if (emptyBlocks > 0) {
            emptyBlocks--;
        } else {
            readFirstBits(scan, part, block, bits);
        }
    }

    private void readMean(JpegScan.Part part, JpegBits bits) throws IOException, MalformedImageException {
        int length = bits.read(table(MEANS, part.tables() >> 4));
        if (length > MOST_BITS_OF_A_MEAN) {
            throw noSuchCoefficient();
        }
        bits.read(length);
    }

    /** F.2.2.2. */
    private void readOthers(JpegScan.Part part, JpegBits bits) throws IOException, MalformedImageException {
        JpegHuffmanTable table = table(OTHERS, part.tables() & 0xf);
        for (int i = 1; i < JpegComponent.COEFFICIENTS; i++) {
            int symbol = bits.read(table);
            int zeros = symbol >> 4;
            int length = symbol & 0xf;
            if (length == 0 && zeros != MOST_ZEROS) {
                return;
            }
            i += zeros;
            if (i >= JpegComponent.COEFFICIENTS) {
                throw noSuchCoefficient();
            }
            bits.read(length);
        }
    }

    /** G.2.2, with the codes of figure G.3. */
    private void readFirstBits(JpegScan scan, JpegScan.Part part, int block, JpegBits bits)
            throws IOException, MalformedImageException {
        JpegHuffmanTable table = table(OTHERS, part.tables() & 0xf);
        for (int i = scan.first(); i <= scan.last(); i++) {
            int symbol = bits.read(table);
            int zeros = symbol >> 4;
            int length = symbol & 0xf;
            if (length == 0 && zeros != MOST_ZEROS) {
                emptyBlocks = readRun(zeros, bits) - 1;
                return;
            }
            i += zeros;
            if (i > scan.last()) {
                throw noSuchCoefficient();
            }
            bits.read(length);
            if (length > 0) {
                part.component().setNotZero(block, i);
            }
        }
    }

    /** G.2.3: between the coefficients that are new, each that was known has one bit more. */
    private void refine(JpegScan scan, JpegScan.Part part, int block, JpegBits bits)
            throws IOException, MalformedImageException {
        JpegHuffmanTable table = table(OTHERS, part.tables() & 0xf);
        int next = scan.first();
        while (emptyBlocks == 0 && next <= scan.last()) {
            int symbol = bits.read(table);
            int zeros = symbol >> 4;
            boolean isNew = (symbol & 0xf) != 0;
            if (!isNew && zeros != MOST_ZEROS) {
                emptyBlocks = readRun(zeros, bits);
            } else {
                bits.read(isNew ? 1 : 0);
                next = skipZeros(zeros, scan, part.component(), block, next, bits);
                if (isNew) {
                    if (next > scan.last()) {
                        throw noSuchCoefficient();
                    }
                    part.component().setNotZero(block, next);
                }
                next++;
            }
        }
        if (emptyBlocks > 0) {
            skipZeros(JpegComponent.COEFFICIENTS, scan, part.component(), block, next, bits);
            emptyBlocks--;
        }
    }

    /** Answers which coefficient follows behind that many that are still 0. */
    private static int skipZeros(int zeros, JpegScan scan, JpegComponent component, int block, int from, JpegBits bits)
            throws IOException, MalformedImageException {
        int left = zeros;
        int next = from;
        while (next <= scan.last() && (left > 0 || component.isNotZero(block, next))) {
            if (component.isNotZero(block, next)) {
                bits.read(1);
            } else {
                left--;
            }
            next++;
        }
        return next;
    }

    private static int readRun(int length, JpegBits bits) throws IOException, MalformedImageException {
        return (1 << length) + bits.read(length);
    }

    private JpegHuffmanTable table(int kind, int number) throws MalformedImageException {
        JpegHuffmanTable table = number < TABLES ? tables[kind][number] : null;
        if (table == null) {
            throw MalformedImageException.malformed("The JPEG lacks a table of its codes");
        }
        return table;
    }

    private static MalformedImageException noSuchCoefficient() {
        return MalformedImageException.malformed("The JPEG has a code for a coefficient that does not exist");
    }
}
