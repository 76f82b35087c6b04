package io.github.imagehost.core.intake;

import io.github.imagehost.core.testing.Pictures;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A decoder that does what a test wants instead of decoding. */
final class PlantedReaderSpi extends ImageReaderSpi {

    private final Decoder decoder;

    /** What it does. */
    interface Decoder {

        void decode(PlantedReader reader, ImageInputStream input) throws Exception;
    }

    PlantedReaderSpi(Decoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public boolean canDecodeInput(Object source) {
        return true;
    }

    @Override
    public Class<?>[] getInputTypes() {
        return new Class<?>[] {ImageInputStream.class};
    }

    @Override
    public ImageReader createReaderInstance(@Nullable Object extension) {
        return new PlantedReader(this);
    }

    @Override
    public String getDescription(@Nullable Locale locale) {
        return "a decoder for tests";
    }

    /** Its reader. */
    static final class PlantedReader extends ImageReader {

        private final Decoder decoder;

        private PlantedReader(PlantedReaderSpi provider) {
            super(provider);
            this.decoder = provider.decoder;
        }

        /** Tells its listeners that it goes on. */
        void report() {
            processImageProgress(1);
        }

        @Override
        public BufferedImage read(int index, @Nullable ImageReadParam param) throws IOException {
            try {
                decoder.decode(this, Objects.requireNonNull((ImageInputStream) getInput()));
                return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Raster readRaster(int index, @Nullable ImageReadParam param) throws IOException {
            return read(index, param).getRaster();
        }

        @Override
        public int getNumImages(boolean allowSearch) {
            return 1;
        }

        @Override
        public int getWidth(int index) {
            return Pictures.WIDTH;
        }

        @Override
        public int getHeight(int index) {
            return Pictures.HEIGHT;
        }

        @Override
        public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
            return Collections.emptyIterator();
        }

        @Override
        public @Nullable IIOMetadata getStreamMetadata() {
            return null;
        }

        @Override
        public @Nullable IIOMetadata getImageMetadata(int index) {
            return null;
        }
    }
}
