package io.github.imagehost.core.format.gif;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;
import java.util.Optional;

/**
 * Proves that a GIF has all the pixels of all its frames, without making any: only how long the strings are counts that
 * the codes stand for. So the time grows with the file, not with the pixels that it claims, and the memory is the same
 * for all.
 */
public final class GifPixels {

    private GifPixels() {}

    /**
     * Looks at all frames. Codes behind a frame's last pixel are not looked at: browsers ignore them.
     *
     * @param file whose structure was found sound by {@link GifWalk}. A frame without any data that the walk took is
     *     taken here, too
     * @throws MalformedImageException if pixels are missing in a frame, or a code stands for nothing
     * @throws IOException if the file can't be read
     */
    public static void requireAll(PositionalSource file) throws IOException, MalformedImageException {
        GifFrames frames = GifFrames.of(file);
        for (Optional<GifFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
            requireAll(frame.get());
        }
    }

    private static void requireAll(GifFrame frame) throws IOException, MalformedImageException {
        LzwStrings strings = frame.strings();
        if (!strings.hasData()) {
            return;
        }
        long missing = (long) frame.width() * frame.height();
        while (missing > 0) {
            int length = strings.next();
            if (length == 0) {
                throw MalformedImageException.malformed("A frame of the GIF has not all its pixels");
            }
            missing -= length;
        }
    }
}
