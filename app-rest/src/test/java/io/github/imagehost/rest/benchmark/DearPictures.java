package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.ImageType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of few bytes for the many pixels that a decoder has to make of them, within the limits of the service. */
final class DearPictures {

    private static final int FRAMES = 45;
    private static final int FRAME_SIDE = 1000;
    private static final int[] SIDES = {7000, 5000};
    /** Lossless WebP takes much more for a pixel, in bytes, memory and time. */
    private static final int[] LOSSLESS_SIDES = {3500, 2600, 1800};

    private final List<byte[]> originals = new ArrayList<>();

    /** Makes them, which takes a while and a heap of one GiB. */
    DearPictures() throws IOException {
        for (int side : SIDES) {
            originals.add(still(ImageType.JPEG, side, param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT)));
            originals.add(still(ImageType.PNG, side, param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT)));
        }
        for (int side : LOSSLESS_SIDES) {
            originals.add(still(ImageType.WEBP, side, DearPictures::withoutLoss));
        }
        originals.add(animation());
    }

    /** One of them as a file that no other number has: what follows the picture does not belong to it. */
    byte[] get(int number) {
        byte[] original = originals.get(number % originals.size());
        return ByteBuffer.allocate(original.length + Long.BYTES)
                .put(original)
                .putLong(UploadRequest.nextNumber())
                .array();
    }

    private static void withoutLoss(ImageWriteParam param) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("Lossless");
        // little effort of the encoder makes no less for the decoder
        param.setCompressionQuality(0);
    }

    private static byte[] still(ImageType type, int side, Consumer<ImageWriteParam> settings) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(type.mimeType()).next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            settings.accept(param);
            writer.write(null, new IIOImage(scene(side, 0), null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] animation() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < FRAMES; frame++) {
                BufferedImage indexed = new BufferedImage(FRAME_SIDE, FRAME_SIDE, BufferedImage.TYPE_BYTE_INDEXED);
                indexed.getGraphics().drawImage(scene(FRAME_SIDE, frame), 0, 0, null);
                writer.writeToSequence(
                        new IIOImage(
                                indexed, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(indexed), null)),
                        null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Soft waves with edges, which compress well, but are not all the same. */
    private static BufferedImage scene(int side, int phase) {
        int[] wave = new int[side];
        Arrays.setAll(wave, i -> (int) (96 + 64 * Math.sin((i + 16 * phase) / 90.0) + (i / 40 % 3) * 20));
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                row[x] = (wave[x] << 16) | (((wave[x] + wave[y]) / 2) << 8) | wave[y];
            }
            image.setRGB(0, y, side, 1, row, 0, side);
        }
        return image;
    }
}
