package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.util.Set;

/**
 * Renders pictures in other sizes and formats. The orientation is applied, colours are converted to sRGB, and nothing
 * of the picture's metadata is passed on. Transparency is kept, except in JPEG, where it becomes white. Of an
 * animation, the first frame is rendered on its canvas.
 *
 * <p>An engine limits the memory and the time that it uses, whatever the picture; but it expects that its pixels were
 * limited when it came in. Safe for use by any number of threads; those that have to wait do so in turn.
 */
public interface ImageEngine extends AutoCloseable {

    /** The formats that this engine can write on this machine. */
    Set<ImageType> writableTypes();

    /**
     * How many pixels a result of this format may have at most, because it takes memory that this engine does not have.
     */
    long mostPixels(ImageType format);

    /**
     * Renders a picture. Returns within the engine's time limit, or not much later.
     *
     * @param source is opened once, when there is room for the picture
     * @param image what is known of the picture before it was read: the number of pixels and of bytes have to be right.
     *     The engine walks through the picture for the rest
     * @return the rendered picture as a file
     * @throws IllegalArgumentException if the engine can't write that format, or the result is too large for it: see
     *     {@link Transformation#longestSide} and {@link #mostPixels}
     * @throws UndecodableImageException if the picture can't be decoded. Whether a picture that is damaged in its
     *     pixels counts as one is the engine's affair
     * @throws EngineOverloadedException if it can't be done in time
     * @throws IOException if the source can't be read, or has another length than {@code image} says
     */
    byte[] render(ImageSource source, SourceImage image, Transformation transformation) throws IOException;

    /** Gives the engine's resources back when nobody renders any more; may be repeated. */
    @Override
    void close();
}
