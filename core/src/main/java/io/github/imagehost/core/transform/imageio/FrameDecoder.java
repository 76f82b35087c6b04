package io.github.imagehost.core.transform.imageio;

import io.github.imagehost.core.decoding.ImageIoPlugins;
import io.github.imagehost.core.decoding.ReaderStop;
import io.github.imagehost.core.decoding.SeekableImageInput;
import io.github.imagehost.core.decoding.StopSignal;
import io.github.imagehost.core.format.FirstFrame;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.webp.WebpCodes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.LoadedImage;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.core.transform.scaling.BlockAverage;
import io.github.imagehost.core.transform.scaling.CanvasRows;
import io.github.imagehost.core.transform.scaling.Pixels;
import io.github.imagehost.core.transform.scaling.RowSink;
import java.awt.Rectangle;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** Decodes the first frame of a picture, and keeps no more of it than its small result. For one thread. */
final class FrameDecoder {

    private final ImageIoPlugins plugins;
    private final LoadedImage image;
    private final WalkedImage walked;
    /** What the decoder gets. */
    private final PositionalSource copy;

    private final int rowsAtOnce;
    private final StopSignal signal;

    /**
     * @param rowsAtOnce how many rows of a PNG or WebP are in memory, at least 1
     * @throws UndecodableImageException if it takes more memory than its pixels warrant
     */
    FrameDecoder(ImageIoPlugins plugins, LoadedImage image, int rowsAtOnce, StopSignal signal) throws IOException {
        this.plugins = plugins;
        this.image = image;
        this.walked = image.walked();
        this.copy = image.copyFor(isForCmykReader(walked));
        this.rowsAtOnce = rowsAtOnce;
        this.signal = signal;
        if (walked.isLossless()) {
            requireFewCodes();
        }
    }

    /** Not all that is in the store was looked at before. */
    private void requireFewCodes() throws IOException {
        try {
            WebpCodes.requireFew(copy);
        } catch (MalformedImageException | ImageLimitException e) {
            throw UndecodableImageException.because(e);
        }
    }

    /** What the decoded colours mean, if not sRGB. */
    Optional<ICC_Profile> profile() {
        return isForCmykReader(walked) ? Optional.empty() : image.profile();
    }

    /** The JDK's reader does not know the colours of others, and what does converts them itself. */
    private static boolean isForCmykReader(WalkedImage walked) {
        return walked.type() == ImageType.JPEG && walked.colours().areCmyk();
    }

    /**
     * Decodes it.
     *
     * @param framing which part of it is shown in how many pixels
     * @throws UndecodableImageException if it can't be decoded
     */
    Pixels decode(Framing framing) {
        signal.check();
        if (walked.type() == ImageType.GIF) {
            return FirstGifFrame.decode(copy, walked, signal).in(framing);
        }
        ImageReader reader = newReader();
        try (SeekableImageInput input = new SeekableImageInput(copy, signal)) {
            reader.addIIOReadProgressListener(new ReaderStop(signal));
            reader.setInput(input, false, true);
            boolean isRowByRow = walked.type() == ImageType.JPEG && !isForCmykReader(walked);
            return isRowByRow ? decodeRowByRow(reader, framing) : decodeInParts(reader, framing);
        } catch (IOException | RuntimeException e) {
            signal.check();
            throw e instanceof UndecodableImageException undecodable
                    ? undecodable
                    : UndecodableImageException.because(e);
        } finally {
            reader.dispose();
        }
    }

    private ImageReader newReader() {
        Optional<ImageReaderSpi> provider =
                isForCmykReader(walked) ? plugins.cmykReader() : plugins.reader(walked.type());
        try {
            return provider.orElseThrow(() -> new UndecodableImageException(
                            "There is no reader for this kind of " + walked.type() + " on the class path"))
                    .createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no instance of a reader", e);
        }
    }

    private Pixels decodeRowByRow(ImageReader reader, Framing framing) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width != walked.width() || height != walked.height()) {
            throw new UndecodableImageException("The picture has " + width + "x" + height + " pixels, not "
                    + walked.width() + "x" + walked.height());
        }
        int channels = walked.colours().channels();
        BlockAverage average = new BlockAverage(framing, width, channels);
        ImageReadParam destination = reader.getDefaultReadParam();
        destination.setDestination(RowSink.image(width, height, channels, average));
        reader.read(0, destination);
        return average.pixels();
    }

    private Pixels decodeInParts(ImageReader reader, Framing framing) throws IOException {
        FirstFrame first = walked.firstFrame();
        Rectangle frame = new Rectangle(first.left(), first.top(), reader.getWidth(0), reader.getHeight(0));
        CanvasRows canvas = null;
        for (int top = 0; top < frame.height; top += rowsAtOnce) {
            ImageReadParam parameters = reader.getDefaultReadParam();
            int rows = Math.min(rowsAtOnce, frame.height - top);
            parameters.setSourceRegion(new Rectangle(0, top, frame.width, rows));
            if (walked.type() == ImageType.WEBP) {
                // without a conversion of the colours: there will be fewer of them
                parameters.setDestinationType(reader.getRawImageType(0));
            }
            BufferedImage part = reader.read(0, parameters);
            signal.check();
            if (canvas == null) {
                canvas = new CanvasRows(walked, frame, framing, part);
            }
            canvas.add(part.getRaster());
        }
        return Objects.requireNonNull(canvas).pixels();
    }
}
