package io.github.imagehost.core.format.walk;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Names picture formats that {@link ImageWalker} does not know, so that a refusal can tell people what they sent. Never
 * used to let anything in.
 */
public final class ForeignFormat {

    /** How many bytes of a file are looked at. */
    public static final int HEAD = 512;

    private static final int BRAND = 8;

    private ForeignFormat() {}

    /**
     * The registered media type of a file that begins like this.
     *
     * @param head the first {@value #HEAD} bytes, or all if there are fewer
     * @return empty if people do not take it for a picture
     */
    public static Optional<String> mediaTypeOf(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ftyp", 4)) {
            return mediaTypeOfBrand(text.substring(BRAND));
        }
        if (text.startsWith("BM")) {
            return Optional.of("image/bmp");
        }
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return Optional.of("image/tiff");
        }
        if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
            return Optional.of("image/jxl");
        }
        return text.toLowerCase(Locale.ROOT).contains("<svg") ? Optional.of("image/svg+xml") : Optional.empty();
    }

    /**
     * Of the ISO base media file format (ISO/IEC 14496-12, 4.3); the brands as in AVIF 1.1, 8 and ISO/IEC 23008-12, 10.
     */
    private static Optional<String> mediaTypeOfBrand(String brand) {
        if (brand.startsWith("avif") || brand.startsWith("avis")) {
            return Optional.of("image/avif");
        }
        boolean isHeif = brand.startsWith("he") || brand.startsWith("mif1") || brand.startsWith("msf1");
        return isHeif ? Optional.of("image/heic") : Optional.empty();
    }
}
