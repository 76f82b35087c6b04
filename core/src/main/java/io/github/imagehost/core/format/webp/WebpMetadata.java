package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;

/** What an encoder of WebP leaves in a result although it is told to strip it, as libvips 8.14 does. */
public final class WebpMetadata {

    private WebpMetadata() {}

    /**
     * A picture without it, and without a colour profile.
     *
     * @param webp as an encoder wrote it
     * @throws MalformedImageException if that is no WebP
     */
    public static byte[] removedFrom(byte[] webp) throws MalformedImageException {
        try {
            PositionalSource file = PositionalSource.of(webp);
            FormatInput in = new FormatInput(file);
            in.skip(4);
            long length = in.littleEndian(4);
            in.skip(4);
            Budget unlimited = new Budget(ImageLimits.UNLIMITED);
            return new WebpWalk(in, unlimited, MetadataPolicy.STRIP, length, true)
                    .walk()
                    .rewrite()
                    .of(file)
                    .open()
                    .readAllBytes();
        } catch (IOException | ImageLimitException e) {
            throw new IllegalStateException("Bytes in memory can't be read, or have a limit", e);
        }
    }
}
