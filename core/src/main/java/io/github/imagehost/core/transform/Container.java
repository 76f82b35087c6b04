package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import java.awt.Point;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * What the readers do not tell, or not in one way: colour profiles, where the first frame lies, how many colours a JPEG has. It
 * looks no further than the first pixels, and takes what is malformed for absent.
 *
 * @param profile of the colours
 * @param frame where the first frame lies on its canvas
 * @param jpegComponents 0 if it is no JPEG
 * @param colours that a pixel has, without alpha: 1 is grey, 3 RGB, 4 CMYK
 * @param coding what a decoder has to hold at once
 */
record Container(Optional<byte[]> profile, Point frame, int jpegComponents, int colours, Coding coding) {

    /** What a decoder has to hold of the pixels at once. */
    enum Coding {
        /** Some rows. */
        ROWS,
        /** All of them. */
        WHOLE,
        /** All of them, and their alpha as another picture. */
        WHOLE_AND_ALPHA
    }

    private static final byte[] JPEG_PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SEGMENT_HEADER_LENGTH = 4;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP2 = 0xe2;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final byte APP15 = (byte) 0xef;
    private static final int RGB_IDS = 'R' << 16 | 'G' << 8 | 'B';
    /** A marker with its segment; the last byte tells whether the colours are YCbCr. */
    private static final byte[] ADOBE = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 1
    };

    private static final int LONGEST_PROFILE = 4 << 20;
    private static final int RGB = 3;
    private static final int PNG_SIGNATURE_LENGTH = 8;
    private static final int PNG_COLOUR_TYPE = 25;
    private static final int RIFF_HEADER_LENGTH = 12;
    private static final int CHUNK_HEADER_LENGTH = 8;
    private static final int FRAME_HEADER_LENGTH = 16;
    private static final int PNG_CRC_LENGTH = 4;

    /** Whether the JDK's reader knows the colours of this JPEG. */
    boolean hasReadableJpegColours() {
        return jpegComponents == 1 || jpegComponents == 3;
    }

    /** Whether there is a profile that is one, and for this kind of colours. */
    boolean hasProfile() {
        return profile.filter(this::isProfile).isPresent();
    }

    private boolean isProfile(byte[] found) {
        try {
            return ICC_Profile.getInstance(found).getNumComponents() == colours;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads what there is. */
    static Container read(ImageType type, byte[] bytes) {
        return switch (type) {
            case JPEG -> jpeg(bytes);
            case PNG -> png(bytes);
            case WEBP -> webp(bytes);
            case GIF -> new Container(Optional.empty(), new Point(), 0, RGB, Coding.WHOLE);
        };
    }

    private static Container jpeg(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        int components = 0;
        int position = 2;
        while (position + SEGMENT_HEADER_LENGTH <= bytes.length && bytes[position] == (byte) 0xff) {
            int marker = bytes[position + 1] & 0xff;
            if (marker == 0xff) {
                position++;
                continue;
            }
            int end = position + 2 + Short.toUnsignedInt(in.getShort(position + 2));
            int data = position + SEGMENT_HEADER_LENGTH;
            if (marker == START_OF_SCAN || end > bytes.length) {
                break;
            }
            if (isStartOfFrame(marker) && data + 5 < end) {
                components = bytes[data + 5];
            } else if (isProfile(marker, bytes, data, end)) {
                int begin = data + JPEG_PROFILE.length + 2;
                profile.write(bytes, begin, end - begin);
            }
            position = end;
        }
        return new Container(
                Optional.of(profile.toByteArray()).filter(found -> found.length > 0 && found.length <= LONGEST_PROFILE),
                new Point(),
                components,
                components,
                Coding.ROWS);
    }

    /** C4, C8 and CC are no frames. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean isProfile(int marker, byte[] bytes, int data, int end) {
        int afterName = data + JPEG_PROFILE.length;
        return marker == APP2
                && afterName + 2 <= end
                && Arrays.equals(bytes, data, afterName, JPEG_PROFILE, 0, JPEG_PROFILE.length);
    }

    /**
     * The same JPEG with one marker that tells its colours, so that the JDK's reader takes them as libjpeg does
     * ({@code default_decompress_parms} in {@code jdapimin.c}); its own rules for what is not marked are others.
     */
    static byte[] withMarkedColours(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean isJfif = false;
        int transform = -1;
        int ids = 0;
        int position = 2;
        while (position + SEGMENT_HEADER_LENGTH <= bytes.length && bytes[position] == (byte) 0xff) {
            int marker = bytes[position + 1] & 0xff;
            if (marker == 0xff) {
                position++;
                continue;
            }
            int length = Short.toUnsignedInt(in.getShort(position + 2));
            int data = position + SEGMENT_HEADER_LENGTH;
            if (marker == START_OF_SCAN || data + length > bytes.length) {
                break;
            }
            if (isStartOfFrame(marker) && length >= 17) {
                ids = (bytes[data + 6] & 0xff) << 16 | (bytes[data + 9] & 0xff) << 8 | (bytes[data + 12] & 0xff);
            } else if (marker == APP0) {
                isJfif |= length >= 16 && chunkName(bytes, data).equals("JFIF");
            } else if (marker == APP14 && length >= 14 && chunkName(bytes, data).equals("Adob")) {
                transform = bytes[data + 11];
                bytes[position + 1] = APP15;
            }
            position = data - 2 + length;
        }
        if (isJfif) {
            return bytes;
        }
        boolean isRgb = transform < 0 ? ids == RGB_IDS : transform == 0;
        byte[] marked = Arrays.copyOf(Arrays.copyOf(bytes, 2), bytes.length + ADOBE.length);
        System.arraycopy(ADOBE, 0, marked, 2, ADOBE.length);
        marked[2 + ADOBE.length - 1] = (byte) (isRgb ? 0 : 1);
        System.arraycopy(bytes, 2, marked, 2 + ADOBE.length, bytes.length - 2);
        return marked;
    }

    /**
     * Hides a JPEG's profile from the JDK's reader, by giving its segments another name: the reader would convert each pixel, before
     * there are fewer of them.
     */
    static void hideJpegProfile(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int position = 2;
        while (position + SEGMENT_HEADER_LENGTH <= bytes.length && bytes[position] == (byte) 0xff) {
            int marker = bytes[position + 1] & 0xff;
            if (marker == START_OF_SCAN) {
                return;
            }
            if (marker == APP2) {
                bytes[position + 1] = APP15;
            }
            position += marker == 0xff ? 1 : 2 + Short.toUnsignedInt(in.getShort(position + 2));
        }
    }

    private static Container png(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int position = PNG_SIGNATURE_LENGTH;
        Optional<byte[]> profile = Optional.empty();
        while (position + CHUNK_HEADER_LENGTH <= bytes.length) {
            String name = chunkName(bytes, position + 4);
            int data = position + CHUNK_HEADER_LENGTH;
            long end = data + Integer.toUnsignedLong(in.getInt(position));
            if (name.equals("IDAT") || end + PNG_CRC_LENGTH > bytes.length) {
                break;
            }
            if (name.equals("iCCP")) {
                profile = inflateProfile(bytes, data, (int) end);
            }
            position = (int) end + PNG_CRC_LENGTH;
        }
        boolean isGrey = bytes.length > PNG_COLOUR_TYPE && (bytes[PNG_COLOUR_TYPE] & 0b11) == 0;
        return new Container(profile, new Point(), 0, isGrey ? 1 : RGB, Coding.ROWS);
    }

    /** A name, zero, the method of compression, and the compressed profile. */
    private static Optional<byte[]> inflateProfile(byte[] bytes, int begin, int end) {
        int compressed = begin;
        while (compressed < end && bytes[compressed] != 0) {
            compressed++;
        }
        compressed = Math.min(end, compressed + 2);
        try (InflaterInputStream inflater =
                new InflaterInputStream(new ByteArrayInputStream(bytes, compressed, end - compressed))) {
            byte[] profile = inflater.readNBytes(LONGEST_PROFILE + 1);
            return Optional.of(profile).filter(found -> found.length <= LONGEST_PROFILE);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at all of a still, or of the first frame, since alpha may follow the pixels. */
    private static Container webp(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int position = RIFF_HEADER_LENGTH;
        int last = bytes.length;
        Optional<byte[]> profile = Optional.empty();
        Optional<Point> frame = Optional.empty();
        boolean hasLossy = false;
        boolean hasLossless = false;
        while (position + CHUNK_HEADER_LENGTH <= last) {
            String name = chunkName(bytes, position);
            int data = position + CHUNK_HEADER_LENGTH;
            long end = data + Integer.toUnsignedLong(in.getInt(position + 4));
            if (end > last) {
                break;
            }
            hasLossy |= name.equals("VP8 ");
            hasLossless |= name.equals("VP8L") || name.equals("ALPH");
            if (name.equals("ICCP") && frame.isEmpty() && !hasLossy && !hasLossless) {
                profile = Optional.of(Arrays.copyOfRange(bytes, data, (int) end));
            }
            if (name.equals("ANMF") && frame.isEmpty() && end - data >= FRAME_HEADER_LENGTH) {
                frame = Optional.of(new Point(2 * int24(bytes, data), 2 * int24(bytes, data + 3)));
                last = (int) end;
                position = data + FRAME_HEADER_LENGTH;
            } else {
                position = (int) Math.min(Integer.MAX_VALUE - CHUNK_HEADER_LENGTH, end + (end - data) % 2);
            }
        }
        Coding coding = !hasLossy ? Coding.WHOLE : hasLossless ? Coding.WHOLE_AND_ALPHA : Coding.ROWS;
        return new Container(profile, frame.orElseGet(Point::new), 0, RGB, coding);
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static int int24(byte[] bytes, int at) {
        return int16(bytes, at) | ((bytes[at + 2] & 0xff) << 16);
    }

    private static String chunkName(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}
