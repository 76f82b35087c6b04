package io.github.imagehost.core.transform;

import com.google.common.base.Throwables;
import io.github.imagehost.core.decoding.DecodersBusyException;
import io.github.imagehost.core.decoding.DecodingOverdueException;
import io.github.imagehost.core.decoding.DecodingPool;
import io.github.imagehost.core.decoding.Lane;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.WebpCodes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Container.Coding;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders with ImageIO: JPEG and PNG with what the JDK brings, GIF with code of our own, WebP and CMYK JPEGs if TwelveMonkeys' readers
 * are on the class path, and WebP as a result if {@code com.github.usefulness:webp-imageio} is. Needs nothing that has to be installed.
 *
 * <p>Renders in threads of its own, which end when it is closed, as many at once as there are processors. Pictures that are being
 * rendered share a budget of memory, and wait until they fit into it before they are read. A JPEG needs little more than its
 * file, however large it is. A PNG is decoded in parts if it would need more than the budget, and so is a WebP that is coded with
 * loss and has no alpha; another WebP is undecodable then, and always if it has {@linkplain WebpCodes more codes} than its pixels
 * warrant. A result that would need more is rendered in parts, for each of which the picture is decoded again.
 */
public final class JavaImageEngine implements ImageEngine {

    private static final Logger LOG = LoggerFactory.getLogger(JavaImageEngine.class);

    /** Averages, the upright picture, its colours converted, and what the encoder reads. */
    private static final int BYTES_PER_RENDERED_PIXEL = 16;

    /** Averages alone, and a few rows of all the rest. */
    private static final int BYTES_PER_PIXEL_OF_PART = 5;

    /** What a file, a few rows and the result's bytes may take beside a result that is in memory as a whole. */
    private static final double SHARE_OF_RESULT = 0.5;

    private final ImageIoPlugins plugins = ImageIoPlugins.find();
    private final Set<ImageType> writableTypes;
    private final Duration timeLimit;
    private final DecodingPool pool = new DecodingPool("imagehost-renderer");
    private final Lane lane;

    /** An engine that uses up to three eighths of the heap: what uploads are looked at with needs some, too. */
    public JavaImageEngine(Duration timeLimit) {
        this(timeLimit, Runtime.getRuntime().maxMemory() / 8 * 3);
    }

    /**
     * An engine with limits.
     *
     * @param timeLimit for each picture, including its time in the queue
     * @param memory that all pictures in flight may use together, in bytes; at least one MiB
     */
    public JavaImageEngine(Duration timeLimit, long memory) {
        if (memory < 1 << 20) {
            throw new IllegalArgumentException("The engine needs at least one MiB of memory, not " + memory + " bytes");
        }
        this.timeLimit = timeLimit;
        lane = new Lane(Math.max(2, Runtime.getRuntime().availableProcessors()), memory);
        writableTypes = EnumSet.of(ImageType.JPEG, ImageType.PNG);
        if (canWriteWebp()) {
            writableTypes.add(ImageType.WEBP);
        }
    }

    /** The writer comes with native libraries, but not for every machine. */
    private boolean canWriteWebp() {
        if (plugins.webpWriter().isEmpty()) {
            return false;
        }
        Pixels dot = new Pixels(1, 1, 1, new byte[1]);
        try {
            encode(dot, new Transformation(OptionalInt.empty(), OptionalInt.empty(), Fit.INSIDE, ImageType.WEBP, 1));
            return true;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("WebP can't be written, because its library does not work on this machine", e);
            return false;
        }
    }

    @Override
    public Set<ImageType> writableTypes() {
        return Set.copyOf(writableTypes);
    }

    /** What writes WebP needs the whole result in memory. */
    @Override
    public long mostPixels(ImageType format) {
        return format == ImageType.WEBP
                ? (long) (SHARE_OF_RESULT * lane.memory() / BYTES_PER_RENDERED_PIXEL)
                : Long.MAX_VALUE;
    }

    @Override
    public byte[] render(ImageSource source, SourceImage image, Transformation transformation) throws IOException {
        if (!writableTypes.contains(transformation.format())) {
            throw new IllegalArgumentException(
                    "This engine can't write " + transformation.format() + " on this machine");
        }
        TimeLimit limit = TimeLimit.of(timeLimit);
        Framing framing = Framing.of(image, transformation);
        framing.requireWritable(transformation.format(), mostPixels(transformation.format()));
        // how a WebP is coded, nobody knows before it is read
        Coding likely = image.type() == ImageType.GIF ? Coding.WHOLE : Coding.ROWS;
        long held = need(image, likely, framing, transformation.format(), lane.memory())
                .bytes();
        try {
            return pool.run(
                    lane,
                    held,
                    limit.remaining(),
                    limit::remaining,
                    Requester.PATIENT,
                    signal -> render(source, image, transformation, held, limit.unlessStopped(signal)));
        } catch (DecodersBusyException | DecodingOverdueException e) {
            throw new EngineOverloadedException("The picture was not rendered: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static RuntimeException failure(Throwable cause) throws IOException {
        if (cause instanceof OutOfMemoryError) {
            return new EngineOverloadedException("There is no memory to render a picture", cause);
        }
        Throwables.throwIfInstanceOf(cause, IOException.class);
        Throwables.throwIfUnchecked(cause);
        throw new IllegalStateException("A picture could not be rendered for an unknown reason", cause);
    }

    /** @param memory what the picture was given by what was announced of it */
    private byte[] render(
            ImageSource source, SourceImage announced, Transformation transformation, long memory, TimeLimit limit)
            throws IOException {
        byte[] file = announced.read(source);
        SourceImage image = source.describe(file, announced);
        Framing framing = Framing.of(image, transformation);
        Container container = Container.read(image.type(), file);
        Need need = need(image, container.coding(), framing, transformation.format(), memory);
        if (image.type() == ImageType.WEBP) {
            requireFewCodes(file);
        }
        if (container.hasReadableJpegColours()) {
            Container.hideJpegProfile(file);
        }
        byte[] bytes = container.jpegComponents() == 3 ? Container.withMarkedColours(file) : file;
        boolean inSrgb = image.type() == ImageType.JPEG && !container.hasReadableJpegColours();
        Optional<byte[]> profile = inSrgb ? Optional.empty() : container.profile();
        if (need.rowsOfPart().isPresent()) {
            UprightRows rows = new UprightRows(
                    framing, image.orientation(), need.rowsOfPart().getAsInt(), profile, rectangle -> {
                        limit.check();
                        return decode(bytes, container, image, framing.part(rectangle), need, limit);
                    });
            return encode(rows.image(transformation.format() == ImageType.JPEG), transformation);
        }
        Pixels small = decode(bytes, container, image, framing, need, limit);
        limit.check();
        Pixels upright = small.upright(image.orientation());
        return encode(profile.map(upright::toSrgb).orElse(upright), transformation);
    }

    /** Not all that is in the store was looked at before. */
    private static void requireFewCodes(byte[] file) throws IOException {
        try {
            WebpCodes.requireFew(new ByteArrayInputStream(file), file.length);
        } catch (MalformedImageException | ImageLimitException e) {
            throw new UndecodableImageException("The picture can't be decoded: " + e.getMessage(), e);
        }
    }

    /**
     * How much memory a picture holds, how many of its rows at once, and how many upright rows of the result: empty if that is all of
     * them, with all that is done to them.
     */
    private record Need(long bytes, int rows, OptionalInt rowsOfPart) {}

    /**
     * @param coding what has to be held of it at once
     * @param memory how many bytes there are for it
     */
    private static Need need(SourceImage image, Coding coding, Framing framing, ImageType format, long memory) {
        long beside = image.bytes() + (image.type() == ImageType.WEBP ? WebpCodes.FREE_BYTES : 0);
        long available = memory - beside;
        long row = (long) image.width() * bytesPerPixel(image.type(), coding);
        int fewestRows = coding == Coding.ROWS ? 1 : image.height();
        long result = (long) framing.width() * framing.height() * BYTES_PER_RENDERED_PIXEL;
        OptionalInt rowsOfPart = OptionalInt.empty();
        if (result + fewestRows * row > available && format != ImageType.WEBP) {
            int height = image.isOnItsSide() ? framing.width() : framing.height();
            long rowOfPart = (long) framing.width() * framing.height() / height * BYTES_PER_PIXEL_OF_PART;
            long forPart = coding == Coding.ROWS ? available / 2 : available - fewestRows * row;
            int rows = (int) Math.max(1, Math.min(height, forPart / rowOfPart));
            rowsOfPart = OptionalInt.of(rows);
            result = rows * rowOfPart;
        }
        long rows = Math.min(image.height(), (available - result) / row);
        if (rows < fewestRows) {
            throw new UndecodableImageException("The picture needs more memory than the engine has: it has "
                    + image.width() + "x" + image.height() + " pixels in " + image.bytes() + " bytes");
        }
        return new Need(beside + result + rows * row, (int) rows, rowsOfPart);
    }

    /**
     * As much as a decoder holds at most. Of a JPEG, libjpeg holds what it has of a progressive one. Of a WebP, TwelveMonkeys' holds
     * four bytes and two that say how they are coded, and four more if alpha is a picture of its own.
     */
    private static int bytesPerPixel(ImageType type, Coding coding) {
        return switch (type) {
            case JPEG -> 3;
            case PNG -> 8;
            case WEBP -> coding == Coding.WHOLE ? 6 : 10;
            case GIF -> 1;
        };
    }

    private Pixels decode(
            byte[] bytes, Container container, SourceImage image, Framing framing, Need need, TimeLimit limit) {
        if (image.type() == ImageType.GIF) {
            return FirstGifFrame.decode(bytes, image, limit).in(framing);
        }
        ImageReader reader;
        try {
            reader = provider(image.type(), container).createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no instance of a reader", e);
        }
        try {
            reader.addIIOReadProgressListener(new AbortWhenOver(limit));
            reader.setInput(new ByteArrayImageInputStream(bytes, limit), false, true);
            boolean rowByRow = container.hasReadableJpegColours();
            return rowByRow
                    ? decodeRowByRow(reader, container.jpegComponents(), image, framing)
                    : decodeInParts(reader, container, image, framing, need, limit);
        } catch (IOException | RuntimeException e) {
            limit.check();
            throw e instanceof UndecodableImageException undecodable
                    ? undecodable
                    : new UndecodableImageException("The picture can't be decoded: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private ImageReaderSpi provider(ImageType type, Container container) {
        boolean needsCmykReader = type == ImageType.JPEG && !container.hasReadableJpegColours();
        Optional<ImageReaderSpi> provider = needsCmykReader ? plugins.cmykReader() : plugins.reader(type);
        return provider.orElseThrow(() ->
                new UndecodableImageException("There is no reader for this kind of " + type + " on the class path"));
    }

    private static Pixels decodeRowByRow(ImageReader reader, int channels, SourceImage image, Framing framing)
            throws IOException {
        requireSize(image, reader.getWidth(0), reader.getHeight(0));
        BlockAverage average = new BlockAverage(framing, image.width(), channels);
        ImageReadParam destination = reader.getDefaultReadParam();
        destination.setDestination(RowSink.image(image.width(), image.height(), channels, average));
        reader.read(0, destination);
        return average.pixels();
    }

    private static void requireSize(SourceImage image, int width, int height) {
        if (width != image.width() || height != image.height()) {
            throw new UndecodableImageException(
                    "The picture has " + width + "x" + height + " pixels, not " + image.width() + "x" + image.height());
        }
    }

    private static Pixels decodeInParts(
            ImageReader reader, Container container, SourceImage image, Framing framing, Need need, TimeLimit limit)
            throws IOException {
        Rectangle frame = new Rectangle(container.frame(), new Dimension(reader.getWidth(0), reader.getHeight(0)));
        CanvasRows canvas = null;
        for (int top = 0; top < frame.height; top += need.rows()) {
            ImageReadParam parameters = reader.getDefaultReadParam();
            int rows = Math.min(need.rows(), frame.height - top);
            parameters.setSourceRegion(new Rectangle(0, top, frame.width, rows));
            if (image.type() == ImageType.WEBP) {
                // without a conversion of the colours: there will be fewer of them
                parameters.setDestinationType(reader.getRawImageType(0));
            }
            BufferedImage part = reader.read(0, parameters);
            limit.check();
            if (canvas == null) {
                canvas = new CanvasRows(image, frame, framing, part);
            }
            canvas.add(part.getRaster());
        }
        return Objects.requireNonNull(canvas).pixels();
    }

    private byte[] encode(Pixels pixels, Transformation transformation) {
        return encode(
                transformation.format() == ImageType.JPEG ? pixels.toOpaqueImage() : pixels.toImage(), transformation);
    }

    private byte[] encode(BufferedImage image, Transformation transformation) {
        ImageWriterSpi provider = switch (transformation.format()) {
            case JPEG -> plugins.jpegWriter();
            case PNG -> plugins.pngWriter();
            case WEBP -> plugins.webpWriter().orElseThrow();
            case GIF -> throw new IllegalArgumentException("GIF can't be written");
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriter writer = provider.createWriterInstance();
            try {
                writer.setOutput(stream);
                ImageWriteParam parameters = writer.getDefaultWriteParam();
                if (transformation.format() != ImageType.PNG) {
                    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    parameters.setCompressionType(parameters.getCompressionTypes()[0]);
                    parameters.setCompressionQuality(transformation.quality() / 100f);
                }
                writer.write(null, new IIOImage(image, null, null), parameters);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The rendered picture can't be encoded", e);
        }
        return out.toByteArray();
    }

    /** Ends the engine's threads. */
    @Override
    public void close() {
        pool.close();
    }
}
