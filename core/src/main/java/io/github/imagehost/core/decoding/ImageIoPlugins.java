package io.github.imagehost.core.decoding;

import io.github.imagehost.core.model.ImageType;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The readers and writers of ImageIO that are used here, by their names: which of several readers ImageIO prefers
 * differs from run to run.
 *
 * @param webpReader empty if its library is absent, and so are the following
 * @param cmykReader reads JPEGs that the JDK's reader can't
 */
public record ImageIoPlugins(
        ImageReaderSpi jpegReader,
        ImageReaderSpi pngReader,
        Optional<ImageReaderSpi> webpReader,
        Optional<ImageReaderSpi> cmykReader,
        ImageWriterSpi jpegWriter,
        ImageWriterSpi pngWriter,
        Optional<ImageWriterSpi> webpWriter) {

    private static final String JDK = "com.sun.imageio.plugins.";
    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.imageio.plugins.";
    private static final String WEBP_WRITER = "com.luciad.imageio.webp.WebPImageWriterSpi";

    /** Those of the JDK, and those of the class path that are there. Looks through the class path, so call it once. */
    public static ImageIoPlugins find() {
        if (find(ImageWriterSpi.class, WEBP_WRITER).isEmpty()) {
            scanOwnClassPath();
        }
        return new ImageIoPlugins(
                find(ImageReaderSpi.class, JDK + "jpeg.JPEGImageReaderSpi").orElseThrow(),
                find(ImageReaderSpi.class, JDK + "png.PNGImageReaderSpi").orElseThrow(),
                find(ImageReaderSpi.class, TWELVE_MONKEYS + "webp.WebPImageReaderSpi"),
                find(ImageReaderSpi.class, TWELVE_MONKEYS + "jpeg.JPEGImageReaderSpi"),
                find(ImageWriterSpi.class, JDK + "jpeg.JPEGImageWriterSpi").orElseThrow(),
                find(ImageWriterSpi.class, JDK + "png.PNGImageWriterSpi").orElseThrow(),
                find(ImageWriterSpi.class, WEBP_WRITER));
    }

    /** What reads pictures of this type, JPEGs as far as the JDK can; empty if its library is absent, and for GIF. */
    public Optional<ImageReaderSpi> reader(ImageType type) {
        return switch (type) {
            case JPEG -> Optional.of(jpegReader);
            case PNG -> Optional.of(pngReader);
            case WEBP -> webpReader;
            case GIF -> Optional.empty();
        };
    }

    /**
     * The registry has seen what the loader of the first thread that used it saw: for instance not what is in a nested
     * jar.
     */
    private static void scanOwnClassPath() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageIoPlugins.class.getClassLoader());
        try {
            ImageIO.scanForPlugins();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static <T> Optional<T> find(Class<T> kind, String name) {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        var providers = registry.getServiceProviders(
                kind, provider -> provider.getClass().getName().equals(name), false);
        return providers.hasNext() ? Optional.of(providers.next()) : Optional.empty();
    }
}
