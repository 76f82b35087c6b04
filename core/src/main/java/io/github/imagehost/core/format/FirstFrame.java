package io.github.imagehost.core.format;

/**
 * The first frame of an animation, or the only one.
 *
 * @param left where it begins on its canvas, in pixels; of a GIF, {@code GifFrames} tell
 * @param top where it begins on its canvas, in pixels; of a GIF, {@code GifFrames} tell
 * @param coding what a decoder has to hold of it at once
 */
public record FirstFrame(int left, int top, Coding coding) {

    /** What a decoder has to hold of the pixels at once. */
    public enum Coding {
        /** Some rows. */
        ROWS,
        /** All of them. */
        WHOLE,
        /** All of them, and their alpha as another picture. */
        WHOLE_AND_ALPHA
    }

    /** One that begins where the canvas does. */
    public static FirstFrame atOrigin(Coding coding) {
        return new FirstFrame(0, 0, coding);
    }
}
