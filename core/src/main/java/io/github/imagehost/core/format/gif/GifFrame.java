package io.github.imagehost.core.format.gif;

/**
 * A frame of a GIF, of whose pixels nothing was read yet. For one thread, until its {@link GifFrames} go on.
 *
 * @param left where it begins on the canvas, in pixels; it may lie outside
 * @param top where it begins on the canvas, in pixels; it may lie outside
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param isInterlaced whether its rows come in the order of the GIF89a specification's appendix E, not from top to
 *     bottom
 * @param strings its pixels, as far as they were not read yet
 */
public record GifFrame(
        int left, int top, int width, int height, boolean isInterlaced, GifColours colours, LzwStrings strings) {

    /**
     * The colour of an index from 0 to 255, as alpha, red, green and blue in a byte each; opaque black if the file has
     * none.
     */
    public int colour(int index) {
        return colours.colour(index);
    }
}
