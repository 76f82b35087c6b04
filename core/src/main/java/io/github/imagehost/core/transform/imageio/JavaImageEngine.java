package io.github.imagehost.core.transform.imageio;

import com.google.common.base.Throwables;
import io.github.imagehost.core.decoding.DecodersBusyException;
import io.github.imagehost.core.decoding.DecodingOverdueException;
import io.github.imagehost.core.decoding.DecodingPool;
import io.github.imagehost.core.decoding.ImageIoPlugins;
import io.github.imagehost.core.decoding.Lane;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.StopSignal;
import io.github.imagehost.core.format.webp.WebpCodes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.LoadedImage;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.TimeLimit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.scaling.Pixels;
import io.github.imagehost.core.transform.scaling.UprightRows;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
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
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders with ImageIO: JPEG and PNG with what the JDK brings, GIF with code of our own, WebP and CMYK JPEGs if
 * TwelveMonkeys' readers are on the class path, and WebP as a result if {@code com.github.usefulness:webp-imageio} is.
 * Needs nothing that has to be installed.
 *
 * <p>Renders in threads of its own, which end when it is closed, as many at once as there are processors. Pictures that
 * are being rendered share a budget of memory, and wait until they fit into it before they are read. A JPEG needs
 * little more than its file, however large it is. A PNG is decoded in parts if it would need more than the budget, and
 * so is a WebP that is coded with loss and has no alpha; another WebP is undecodable then, and always if it has
 * {@linkplain WebpCodes more codes} than its pixels warrant. A result that would need more is rendered in parts, for
 * each of which the picture is decoded again.
 */
public final class JavaImageEngine implements ImageEngine {

    private static final Logger LOG = LoggerFactory.getLogger(JavaImageEngine.class);

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
        return format == ImageType.WEBP ? MemoryPlan.mostPixels(lane.memory()) : Long.MAX_VALUE;
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
        long held = MemoryPlan.of(image, framing, transformation.format(), lane.memory())
                .bytes();
        try {
            return pool.run(lane, held, limit.remaining(), limit::remaining, Requester.PATIENT, signal -> {
                LoadedImage loaded = LoadedImage.read(source, image);
                limit.check();
                return render(loaded, transformation, held, signal);
            });
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
    private byte[] render(LoadedImage image, Transformation transformation, long memory, StopSignal signal)
            throws IOException {
        Framing framing = Framing.of(image.walked(), transformation);
        int orientation = image.walked().orientation();
        MemoryPlan plan = MemoryPlan.of(image, framing, transformation.format(), memory);
        FrameDecoder decoder = new FrameDecoder(plugins, image, plan.rows(), signal);
        Optional<ICC_Profile> profile = decoder.profile();
        if (plan.rowsOfPart().isPresent()) {
            UprightRows rows = new UprightRows(
                    framing,
                    orientation,
                    plan.rowsOfPart().getAsInt(),
                    profile,
                    rectangle -> decoder.decode(framing.part(rectangle)));
            return encode(rows.image(transformation.format() == ImageType.JPEG), transformation);
        }
        Pixels small = decoder.decode(framing);
        signal.check();
        Pixels upright = small.upright(orientation);
        return encode(profile.map(upright::toSrgb).orElse(upright), transformation);
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
