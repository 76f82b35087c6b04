package io.github.imagehost.core.intake;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The checksums of a frame's pixels, as they are stored and as they look. */
record Frame(long pixels, Optional<Long> colours) {

    private static final Pattern READERS =
            Pattern.compile("com\\.(sun\\.imageio|twelvemonkeys\\.imageio\\.plugins\\.webp)\\..*");

    private interface Reading<T> {

        T of(ImageReader reader) throws IOException;
    }

    /** The first ones of a picture: what follows them does not belong to it. */
    static List<Frame> of(byte[] bytes, int count) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(single(bytes, i));
        }
        return frames;
    }

    private static Frame single(byte[] bytes, int index) throws IOException {
        // before colours are converted, where a format has such
        Optional<Raster> raster = read(
                bytes,
                reader -> reader.canReadRaster() ? Optional.of(reader.readRaster(index, null)) : Optional.empty());
        if (raster.isPresent()) {
            return new Frame(checksum(raster.get()), coloursOf(bytes, index));
        }
        long colours = checksum(read(bytes, reader -> reader.read(index).getRaster()));
        return new Frame(colours, Optional.of(colours));
    }

    /** Empty for colours that the JDK can't convert. */
    private static Optional<Long> coloursOf(byte[] bytes, int index) {
        try {
            return Optional.of(checksum(read(bytes, reader -> reader.read(index).getRaster())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = readerFor(in);
            reader.setInput(in, false, true);
            try {
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /** There may be several, and which one comes first differs from run to run. */
    private static ImageReader readerFor(ImageInputStream in) {
        Iterable<ImageReader> readers = () -> ImageIO.getImageReaders(in);
        return StreamSupport.stream(readers.spliterator(), false)
                .filter(reader -> READERS.matcher(reader.getClass().getName()).matches())
                .findFirst()
                .orElseThrow();
    }

    private static long checksum(Raster raster) {
        CRC32 checksum = new CRC32();
        int[] row = new int[raster.getWidth() * raster.getNumBands()];
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Integer.BYTES);
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            bytes.asIntBuffer().put(row);
            checksum.update(bytes.array());
        }
        return checksum.getValue();
    }
}
