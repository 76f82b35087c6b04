package io.github.imagehost.core.format;

/** A frame of a GIF, of whose pixels nothing was read yet. For one thread, until its {@link GifFrames} go on. */
public final class GifFrame {

    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final boolean isInterlaced;
    private final int[] colours;
    private final LzwStrings strings;

    GifFrame(int left, int top, int width, int height, boolean isInterlaced, int[] colours, LzwStrings strings) {
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.isInterlaced = isInterlaced;
        this.colours = colours;
        this.strings = strings;
    }

    /** Where it begins on the canvas, in pixels; it may lie outside. */
    public int left() {
        return left;
    }

    /** Where it begins on the canvas, in pixels; it may lie outside. */
    public int top() {
        return top;
    }

    /** In pixels, at least 1. */
    public int width() {
        return width;
    }

    /** In pixels, at least 1. */
    public int height() {
        return height;
    }

    /** Whether its rows come in the order of the GIF89a specification's appendix E, not from top to bottom. */
    public boolean isInterlaced() {
        return isInterlaced;
    }

    /** The colour of an index from 0 to 255, as alpha, red, green and blue in a byte each; opaque black if the file has none. */
    public int colour(int index) {
        return colours[index];
    }

    /** Its pixels, as far as they were not read yet. */
    public LzwStrings strings() {
        return strings;
    }
}
