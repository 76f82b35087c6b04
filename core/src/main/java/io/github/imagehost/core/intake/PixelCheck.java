package io.github.imagehost.core.intake;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.base.Throwables;
import io.github.imagehost.core.decoding.DecodersBusyException;
import io.github.imagehost.core.decoding.DecodingOverdueException;
import io.github.imagehost.core.decoding.DecodingPool;
import io.github.imagehost.core.decoding.DecodingPool.Work;
import io.github.imagehost.core.decoding.ImageIoPlugins;
import io.github.imagehost.core.decoding.Lane;
import io.github.imagehost.core.decoding.ReaderStop;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.decoding.SeekableImageInput;
import io.github.imagehost.core.decoding.StopSignal;
import io.github.imagehost.core.decoding.StoppableSource;
import io.github.imagehost.core.decoding.UnreadableContentException;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.gif.GifPixels;
import io.github.imagehost.core.format.png.PngPixels;
import io.github.imagehost.core.format.webp.WebpCodes;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the pixels of a picture are there. Those of a PNG or GIF are counted as they are unpacked, others are
 * decoded, and hardly any are kept: it costs time, but little memory, with most decoders. Works in threads of its own,
 * which end when it is closed. Safe for use by many threads.
 */
final class PixelCheck implements AutoCloseable {

    private static final int SUBSAMPLING = 32;

    private final DecodingPool pool = new DecodingPool("imagehost-decoder");
    private final DecodingLimits limits;
    private final Lane cheap;
    private final Lane dear;
    private final Function<ImageType, Optional<ImageReaderSpi>> readers;

    PixelCheck() {
        this(DecodingLimits.ofThisMachine(), readers());
    }

    /** @param readers what decodes pictures of a type; empty if they are not looked at */
    PixelCheck(DecodingLimits limits, Function<ImageType, Optional<ImageReaderSpi>> readers) {
        this.limits = limits;
        this.cheap = new Lane(limits.cheapPlaces(), limits.cheapMemory());
        this.dear = new Lane(limits.dearPlaces(), limits.dearMemory());
        this.readers = readers;
    }

    /** Not looked for before the first picture: whoever only looks at what is stored does not pay for it. */
    static Function<ImageType, Optional<ImageReaderSpi>> readers() {
        Supplier<ImageIoPlugins> plugins = Suppliers.memoize(ImageIoPlugins::find);
        return type -> plugins.get().reader(type);
    }

    /**
     * Looks at all frames.
     *
     * @param image what is known of the picture
     * @param content the picture; if nobody waits for the decoder any more, that may read it until it is closed
     * @param requester who waits for the answer
     * @throws DamagedImageException if pixels are missing or senseless, or decoding takes too long
     * @throws ImageTooComplexException if the decoder would need more memory than there is, or than the pixels warrant
     * @throws IntakeBusyException if too many others are decoded for too long
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws SpoolException if the content can't be read
     */
    void check(WalkedImage image, ReceivedImage content, Requester requester) {
        switch (image.type()) {
            case PNG -> run(image, signal -> require(PngPixels::requireAll, content, signal), requester);
            case GIF -> run(image, signal -> require(GifPixels::requireAll, content, signal), requester);
            case JPEG, WEBP ->
                // an application that embeds the host decides which decoders it brings
                readers.apply(image.type())
                        .ifPresent(reader -> run(image, signal -> decode(reader, image, content, signal), requester));
        }
    }

    /**
     * Does other work on a picture among the checks, within the same limits.
     *
     * @param cost what it takes at the most; if that is more memory than there is, it has all of it for itself
     * @param requester who waits for what comes of it
     * @throws DecodingOverdueException if it takes too long
     * @throws IntakeBusyException if too many others are decoded for too long, or there is no memory
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws ExecutionException if it failed; the cause says why
     */
    <T> T run(DecodingCost cost, Requester requester, Work<T> work)
            throws DecodingOverdueException, ExecutionException {
        Lane lane = lane(cost);
        try {
            return pool.run(
                    lane, Math.min(cost.bytes(), lane.memory()), limits.patience(), limits::time, requester, work);
        } catch (DecodersBusyException e) {
            throw new IntakeBusyException("Too many pictures are looked at already", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new IntakeBusyException("There is no memory to look at a picture", e);
            }
            throw e;
        }
    }

    private Lane lane(DecodingCost cost) {
        return cost.isCheap() && cost.bytes() <= cheap.memory() / 2 ? cheap : dear;
    }

    /** Looks at the pixels of a picture, for as long as it is not told to stop. */
    private interface Look {

        void at(StopSignal signal) throws IOException;
    }

    private void run(WalkedImage image, Look look, Requester requester) {
        DecodingCost cost = DecodingCost.of(image);
        long memory = lane(cost).memory();
        if (cost.isLeast() && cost.bytes() > memory) {
            throw new ImageTooComplexException(
                    new ImageLimitException(Excess.PIXELS, DecodingCost.mostPixels(image, memory)));
        }
        try {
            run(cost, requester, signal -> {
                look.at(signal);
                return true;
            });
        } catch (DecodingOverdueException e) {
            throw new DamagedImageException(
                    Damage.TOO_SLOW,
                    "Decoding the picture takes longer than " + limits.time().toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof UploadRefusedException || cause instanceof SpoolException) {
            return (RuntimeException) cause;
        }
        if (cause instanceof UnreadableContentException) {
            return SpoolException.unreadable(cause);
        }
        if (cause instanceof IOException || cause instanceof RuntimeException || cause instanceof StackOverflowError) {
            return undecodable(cause);
        }
        Throwables.throwIfUnchecked(cause);
        throw new IllegalStateException("A decoder failed in an unknown way", cause);
    }

    /** What our own code finds out about the pixels of a file. */
    private interface Requirement {

        void check(PositionalSource file) throws IOException, MalformedImageException, ImageLimitException;
    }

    private static void require(Requirement requirement, ReceivedImage content, StopSignal signal) {
        try {
            requirement.check(new StoppableSource(content, signal));
        } catch (ImageLimitException e) {
            throw new ImageTooComplexException(e);
        } catch (MalformedImageException e) {
            throw new DamagedImageException(Damage.UNDECODABLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }

    private static void decode(ImageReaderSpi provider, WalkedImage image, ReceivedImage content, StopSignal signal)
            throws IOException {
        if (image.isLossless()) {
            require(WebpCodes::requireFew, content, signal);
        }
        ImageReader reader = provider.createReaderInstance();
        try (SeekableImageInput input = new SeekableImageInput(content, signal)) {
            reader.setInput(input, false, true);
            AtomicBoolean isIncomplete = new AtomicBoolean();
            reader.addIIOReadProgressListener(new ReaderStop(signal));
            reader.addIIOReadWarningListener((source, warning) -> {
                if (isOfMissingPixels(warning)) {
                    isIncomplete.set(true);
                    source.abort();
                }
            });
            int frames = image.frames() == 1 ? 1 : reader.getNumImages(true);
            for (int frame = 0; frame < frames; frame++) {
                decodeFrame(reader, frame, image.type());
                signal.check();
                if (isIncomplete.get()) {
                    throw undecodable(null);
                }
            }
        } finally {
            reader.dispose();
        }
    }

    /** Of libjpeg's warnings, this one means that pixels were made up; the texts are not translated. */
    private static boolean isOfMissingPixels(String warning) {
        return warning.toLowerCase(Locale.ROOT).contains("premature end");
    }

    private static void decodeFrame(ImageReader reader, int frame, ImageType type) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(SUBSAMPLING, SUBSAMPLING, 0, 0);
        if (type == ImageType.JPEG) {
            // without a conversion of colours, which the reader can't do for all of them
            reader.readRaster(frame, param);
        } else {
            reader.read(frame, param);
        }
    }

    private static DamagedImageException undecodable(@Nullable Throwable cause) {
        return new DamagedImageException(Damage.UNDECODABLE, "The pixels of the picture can't be decoded", cause);
    }

    /** Whether nothing is decoded now, neither for somebody who waits nor for nobody. */
    boolean isIdle() {
        return cheap.isIdle() && dear.isIdle();
    }

    /** How many pictures are decoded now, also those that nobody waits for any more. */
    int active() {
        return pool.active();
    }

    /** Stops what is decoded, and ends the threads; may be repeated. */
    @Override
    public void close() {
        pool.close();
    }
}
