package io.github.imagehost.core.intake;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.github.imagehost.core.format.GifPixels;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PngPixels;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.intake.DamagedImageException.Damage;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.port.ObjectContent;
import io.github.imagehost.core.transform.ImageIoPlugins;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the pixels of a picture are there. Those of a PNG or GIF are counted as they are unpacked, in the same little memory for
 * each picture. Others are decoded: hardly any pixels are kept, but how many are decoded at once is bounded nevertheless, since some
 * decoders keep them all. Safe for use by many threads.
 */
final class PixelCheck {

    private static final int PIXELS_OF_A_PERMIT = 1_000_000;
    private static final int BYTES_OF_A_PIXEL = 4;
    /** Of the heap, for pixels. */
    private static final int SHARE = 4;

    private static final int FEWEST_PERMITS = 8;
    private static final int SUBSAMPLING = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);

    /** Not before the first picture: whoever only looks at what is stored does not pay for it. */
    private final Supplier<ImageIoPlugins> plugins = Suppliers.memoize(ImageIoPlugins::find);

    private final int permits;
    private final Semaphore megapixels;
    private final Duration limit;

    PixelCheck() {
        this((int) (Runtime.getRuntime().maxMemory() / SHARE / BYTES_OF_A_PIXEL / PIXELS_OF_A_PERMIT), DEFAULT_LIMIT);
    }

    /**
     * @param megapixelsAtOnce how many are decoded at once; one picture that has more is decoded alone
     * @param limit how long one picture may take
     */
    PixelCheck(int megapixelsAtOnce, Duration limit) {
        this.permits = Math.max(FEWEST_PERMITS, megapixelsAtOnce);
        this.megapixels = new Semaphore(permits, true);
        this.limit = limit;
    }

    /**
     * Looks at all frames.
     *
     * @param image what is known of the picture
     * @param content the picture
     * @throws DamagedImageException if pixels are missing or senseless, or looking at them takes too long
     * @throws IntakeBusyException if too many others are decoded for too long
     * @throws SpoolException if the content can't be read
     */
    void check(WalkedImage image, ObjectContent content) {
        switch (image.type()) {
            case PNG -> count(PngPixels::requireAll, content);
            case GIF -> count(GifPixels::requireAll, content);
            case JPEG, WEBP -> decode(image, content);
        }
    }

    private interface PixelCount {

        void requireAll(InputStream file, long size) throws IOException, MalformedImageException;
    }

    private void count(PixelCount pixels, ObjectContent content) {
        try (InputStream in = new TimedInput(content.open(), limit)) {
            pixels.requireAll(in, content.size());
        } catch (MalformedImageException e) {
            throw new DamagedImageException(Damage.UNDECODABLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new SpoolException("Can't read a spooled upload", e);
        }
    }

    private void decode(WalkedImage image, ObjectContent content) {
        Optional<ImageReaderSpi> provider = plugins.get().reader(image.type());
        if (provider.isEmpty()) {
            // an application that embeds the host decides which decoders it brings
            return;
        }
        long pixels = (long) image.width() * image.height();
        int share = (int) Math.min(permits, 1 + pixels / PIXELS_OF_A_PERMIT);
        acquire(share);
        try {
            decode(provider.get(), image, content);
        } catch (UploadRefusedException | SpoolException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw undecodable(e);
        } catch (OutOfMemoryError e) {
            throw new IntakeBusyException("There is no memory to look at the pixels of a picture", e);
        } finally {
            megapixels.release(share);
        }
    }

    private void acquire(int share) {
        try {
            if (!megapixels.tryAcquire(share, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IntakeBusyException("Too many pictures are looked at already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeBusyException("Interrupted while waiting for others whose pictures are looked at", e);
        }
    }

    private void decode(ImageReaderSpi provider, WalkedImage image, ObjectContent content) throws IOException {
        ImageReader reader = provider.createReaderInstance();
        try (SeekableImageInput input = new SeekableImageInput(content)) {
            reader.setInput(input, false, true);
            Watch watch = new Watch(reader, limit);
            reader.addIIOReadProgressListener(watch);
            reader.addIIOReadWarningListener(watch::warningOccurred);
            int frames = image.frames() == 1 ? 1 : reader.getNumImages(true);
            for (int frame = 0; frame < frames; frame++) {
                decodeFrame(reader, frame, image.type());
                watch.requireGood();
            }
        } finally {
            reader.dispose();
        }
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

    private static DamagedImageException tooSlow(Duration limit) {
        return new DamagedImageException(
                Damage.TOO_SLOW, "Decoding the picture takes longer than " + limit.toSeconds() + " s");
    }

    private static DamagedImageException undecodable(@Nullable Throwable cause) {
        return new DamagedImageException(Damage.UNDECODABLE, "The pixels of the picture can't be decoded", cause);
    }

    /** Content for as long as there is time. For one thread. */
    private static final class TimedInput extends FilterInputStream {

        private final Duration limit;
        private final long start = System.nanoTime();

        TimedInput(InputStream in, Duration limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw tooSlow(limit);
            }
            return super.read(bytes, offset, length);
        }
    }

    /** Looks at a reader while it reads. For one thread. */
    private static final class Watch implements IIOReadProgressListener {

        private final ImageReader reader;
        private final Duration limit;
        private final long start = System.nanoTime();
        private boolean tooSlow;
        private boolean incomplete;

        Watch(ImageReader reader, Duration limit) {
            this.reader = reader;
            this.limit = limit;
        }

        void requireGood() {
            if (tooSlow) {
                throw tooSlow(limit);
            }
            if (incomplete) {
                throw undecodable(null);
            }
        }

        /** Of libjpeg's warnings, this one means that pixels were made up; the texts are not translated. */
        void warningOccurred(ImageReader source, String warning) {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                incomplete = true;
                source.abort();
            }
        }

        private void abortIfTooSlow() {
            if (System.nanoTime() - start > limit.toNanos()) {
                tooSlow = true;
                reader.abort();
            }
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            abortIfTooSlow();
        }

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {
            abortIfTooSlow();
        }

        @Override
        public void imageComplete(ImageReader source) {
            abortIfTooSlow();
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
