package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.Metadata;

/** What a JPEG tells of its colours before its pixels. For one walk. */
final class JpegColours {

    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final String JFIF = "JFIF\0";
    private static final int JFIF_LENGTH = 14;
    private static final String ADOBE = "Adobe";
    private static final int ADOBE_LENGTH = 12;
    private static final int TRANSFORM = 11;
    private static final int NOT_TOLD = -1;

    private static final int RGB = 0;
    private static final int YCBCR = 1;

    /** The length, the name, a version, flags that say nothing, and how the colours are transformed. */
    private static final byte[] MARK = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private boolean isJfif;
    private int transform = NOT_TOLD;

    /** Whether a segment tells something of the colours. */
    static boolean areIn(int marker, byte[] data) {
        return (marker == APP0 && Metadata.startsWith(data, JFIF))
                || (marker == APP14 && Metadata.startsWith(data, ADOBE));
    }

    /** Takes what a segment before the pixels tells of them, if anything. */
    void add(int marker, byte[] data) {
        if (areIn(marker, data)) {
            isJfif |= marker == APP0 && data.length >= JFIF_LENGTH;
            transform = marker == APP14 && data.length >= ADOBE_LENGTH ? data[TRANSFORM] : transform;
        }
    }

    /**
     * A segment that tells the colours of a JPEG that has three, so that every decoder takes them as libjpeg does
     * ({@code default_decompress_parms} in {@code jdapimin.c}): what is not told, the JDK's reader guesses in another
     * way.
     */
    byte[] mark(JpegFrame frame) {
        boolean isRgb = !isJfif && (transform == NOT_TOLD ? frame.isNamedRgb() : transform == RGB);
        byte[] mark = MARK.clone();
        mark[mark.length - 1] = (byte) (isRgb ? RGB : YCBCR);
        return mark;
    }
}
