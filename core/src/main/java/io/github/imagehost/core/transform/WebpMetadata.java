package io.github.imagehost.core.transform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What libvips 8.14 leaves in a WebP although it is told to strip it. */
final class WebpMetadata {

    private static final int RIFF_HEADER_LENGTH = 12;
    private static final int CHUNK_HEADER_LENGTH = 8;

    /** The flags of EXIF, XMP and a colour profile. */
    private static final int METADATA_FLAGS = 0b0010_1100;

    private static final int VP8X = littleEndian("VP8X");
    private static final int EXIF = littleEndian("EXIF");
    private static final int XMP = littleEndian("XMP ");
    private static final int ICCP = littleEndian("ICCP");

    private WebpMetadata() {}

    /** @param webp as an encoder wrote it */
    static byte[] remove(byte[] webp) {
        ByteBuffer in = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(webp.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(webp, 0, RIFF_HEADER_LENGTH);
        for (int position = RIFF_HEADER_LENGTH; position + CHUNK_HEADER_LENGTH <= webp.length; ) {
            int name = in.getInt(position);
            int length = in.getInt(position + 4);
            int end = Math.min(webp.length, position + CHUNK_HEADER_LENGTH + length + length % 2);
            if (name != EXIF && name != XMP && name != ICCP) {
                int flags = out.position() + CHUNK_HEADER_LENGTH;
                out.put(webp, position, end - position);
                if (name == VP8X) {
                    out.put(flags, (byte) (out.get(flags) & ~METADATA_FLAGS));
                }
            }
            position = end;
        }
        out.putInt(4, out.position() - CHUNK_HEADER_LENGTH);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int littleEndian(String name) {
        return name.charAt(0) | (name.charAt(1) << 8) | (name.charAt(2) << 16) | (name.charAt(3) << 24);
    }
}
