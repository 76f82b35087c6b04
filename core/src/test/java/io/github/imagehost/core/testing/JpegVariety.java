package io.github.imagehost.core.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * The ways in which the codes of a JPEG may be ordered. The same way and size give the same bytes whenever they are
 * asked for.
 */
public enum JpegVariety {
    /** One scan for three colours, two of them sampled at half the width and height. */
    BASELINE(BufferedImage.TYPE_INT_RGB, ImageWriteParam.MODE_DISABLED, 0),
    /** One scan for one colour. */
    GRAY(BufferedImage.TYPE_BYTE_GRAY, ImageWriteParam.MODE_DISABLED, 0),
    /** A marker after each few blocks. */
    RESTARTED(BufferedImage.TYPE_INT_RGB, ImageWriteParam.MODE_DISABLED, 5),
    /** Ten scans, which refine each other. */
    PROGRESSIVE(BufferedImage.TYPE_INT_RGB, ImageWriteParam.MODE_DEFAULT, 0),
    PROGRESSIVE_GRAY(BufferedImage.TYPE_BYTE_GRAY, ImageWriteParam.MODE_DEFAULT, 0),
    PROGRESSIVE_RESTARTED(BufferedImage.TYPE_INT_RGB, ImageWriteParam.MODE_DEFAULT, 5);

    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private final int colours;
    private final int progression;
    private final int restartInterval;

    JpegVariety(int colours, int progression, int restartInterval) {
        this.colours = colours;
        this.progression = progression;
        this.restartInterval = restartInterval;
    }

    /** A JPEG of this many pixels, whose blocks are flat, smooth and rough. */
    public byte[] picture(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progression);
            BufferedImage image = image(width, height);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
            if (restartInterval > 0) {
                addRestartInterval(metadata);
            }
            writer.write(metadata, new IIOImage(image, null, metadata), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private void addRestartInterval(IIOMetadata metadata) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
        IIOMetadataNode interval = new IIOMetadataNode("dri");
        interval.setAttribute("interval", String.valueOf(restartInterval));
        root.getElementsByTagName("markerSequence").item(0).appendChild(interval);
        metadata.setFromTree(METADATA, root);
    }

    private BufferedImage image(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, colours);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rough = random.nextInt(1 << 24);
                int smooth = (x * 3 & 0xff) << 16 | (y * 5 & 0xff) << 8 | (x + y & 0xff);
                image.setRGB(x, y, x < width / 3 ? 0x808080 : x < width * 2 / 3 ? smooth : rough);
            }
        }
        return image;
    }
}
