package io.github.imagehost.core.format.jpeg;

import java.util.List;

/**
 * The header of a scan (ITU-T T.81, B.2.3).
 *
 * @param isProgressive whether it has a part of what its coefficients are, and not all of it
 * @param parts at least one
 * @param units how often its parts come one after the other
 * @param first the first coefficient of each block that it tells of
 * @param last the last one
 * @param high how many of the lowest bits were missing before it, 0 if all were
 * @param low how many of them are missing after it
 */
record JpegScan(boolean isProgressive, List<Part> parts, long units, int first, int last, int high, int low) {

    /**
     * A code is at least one bit long; a block is one for its mean, and another one for the rest, or for there being
     * none.
     */
    private static final int BITS_OF_A_BLOCK = 2;

    private static final int BITS_OF_A_MEAN = 1;

    /**
     * What it has of a component.
     *
     * @param blocks how many in each unit
     * @param tables the numbers of its tables: that for means in the higher four bits, that for other coefficients in
     *     the lower ones
     */
    record Part(JpegComponent component, int blocks, int tables) {}

    boolean hasMeans() {
        return first == 0 || !isProgressive;
    }

    /** How many bits its codes take at least. */
    long fewestBits() {
        if (!hasMeans()) {
            return 0;
        }
        long blocks =
                parts.stream().mapToLong(part -> part.component().blocks()).sum();
        return blocks * (isProgressive ? BITS_OF_A_MEAN : BITS_OF_A_BLOCK);
    }
}
