package io.github.imagehost.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What blocks of metadata hold, as far as it matters for who may see them. */
public final class Metadata {

    /** Parts of the names that XMP and IPTC properties of places have, in lower case. */
    private static final List<String> LOCATION_NAMES =
            List.of("gps", "location", "latitude", "longitude", ":city", ":country", ":state", "iptc4xmp");

    private static final int PROFILE_HEADER_LENGTH = 128;
    private static final int PROFILE_SIGNATURE_OFFSET = 36;
    private static final int PROFILE_SIGNATURE = FormatInput.fourCc("acsp");

    private static final int IPTC_TAG = 0x1c;
    private static final int IPTC_APPLICATION_RECORD = 2;
    /** IPTC-IIM 4.2, 6: content location code and name, city, sub-location, province, country code and name. */
    private static final List<Integer> IPTC_LOCATIONS = List.of(26, 27, 90, 92, 95, 100, 101);

    private Metadata() {}

    /** The bytes of an ASCII text. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether data begins with an ASCII text. */
    public static boolean startsWith(byte[] data, String start) {
        byte[] wanted = ascii(start);
        return data.length >= wanted.length && Arrays.equals(data, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** What follows an ASCII text that {@linkplain #startsWith begins} the data. */
    public static byte[] after(byte[] data, String start) {
        return Arrays.copyOfRange(data, start.length(), data.length);
    }

    /** Whether it looks like a whole colour profile (ICC.1:2022, 7.2). */
    public static boolean isColourProfile(byte[] data) {
        if (data.length < PROFILE_HEADER_LENGTH) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(data);
        long size = Integer.toUnsignedLong(header.getInt(0));
        return size >= PROFILE_HEADER_LENGTH
                && size <= data.length
                && header.getInt(PROFILE_SIGNATURE_OFFSET) == PROFILE_SIGNATURE;
    }

    /**
     * Whether XMP, with or without something before it, is text and names no place. Names can't be written in other
     * ways.
     */
    public static boolean isXmpWithoutLocation(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean isWide = text.contains("\0<") || text.contains("<\0");
        return !isWide && LOCATION_NAMES.stream().noneMatch(text::contains);
    }

    /** Whether no data set of a place can be in it, wherever its blocks begin. */
    public static boolean isIptcWithoutLocation(byte[] data) {
        for (int i = 0; i + 2 < data.length; i++) {
            if (data[i] == IPTC_TAG
                    && data[i + 1] == IPTC_APPLICATION_RECORD
                    && IPTC_LOCATIONS.contains(data[i + 2] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
