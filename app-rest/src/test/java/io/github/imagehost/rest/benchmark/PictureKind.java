package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Photographs;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;

/** What the pictures are like. The same kind and size give the same bytes in every process. */
enum PictureKind {
    /** Photographs as cameras compress them, without metadata. */
    JPEG,
    /** The same with a phone's metadata, among them where it was, which the service takes out. */
    PHONE,
    /** The same as PNGs. */
    PNG,
    /** PNGs of noise that is not compressed: many bytes for few pixels. */
    NOISE;

    private static final int EXIF = 0xe1;
    private static final byte[] EXIF_HEADER = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES_OF_A_PIXEL = 3;

    /**
     * A picture.
     *
     * @param size about how many bytes it has
     */
    Picture make(int size) {
        return switch (this) {
            case JPEG -> Picture.of(ImageType.JPEG, Photographs.jpeg(size));
            case PHONE -> Picture.of(ImageType.JPEG, Pictures.withSegments(Photographs.jpeg(size), exif()));
            case PNG -> Picture.of(ImageType.PNG, Photographs.png(size));
            case NOISE -> Picture.of(ImageType.PNG, noise(size));
        };
    }

    private static byte[] exif() {
        return Pictures.segment(EXIF, Pictures.concat(EXIF_HEADER, TaggedPictures.exif(ByteOrder.BIG_ENDIAN)));
    }

    private static byte[] noise(int size) {
        int width = (int) Math.sqrt(size / (double) BYTES_OF_A_PIXEL);
        int row = 1 + width * BYTES_OF_A_PIXEL;
        int height = size / row;
        byte[] rows = new byte[height * row];
        new Random(1).nextBytes(rows);
        for (int y = 0; y < height; y++) {
            // no filter
            rows[y * row] = 0;
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        return Pictures.concat(
                Pictures.pngSignature(),
                TaggedPictures.pngChunk("IHDR", header),
                TaggedPictures.pngChunk("IDAT", store(rows)),
                TaggedPictures.pngChunk("IEND", new byte[0]));
    }

    private static byte[] store(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 100);
        byte[] buffer = new byte[64 * 1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
