package io.github.imagehost.core.format;

import java.util.Optional;

/**
 * The colours of a picture.
 *
 * @param channels how many a pixel has, without alpha: 1 is grey, 3 are RGB, 4 are CMYK
 * @param profile what they mean, if the picture says so before its first pixel
 */
public record Colours(int channels, Optional<ColourProfile> profile) {

    /** Components of a pixel that is only more or less bright. */
    public static final int GREY = 1;
    /** Components of a pixel with colours. */
    public static final int RGB = 3;

    /** Whether they are those of a press. */
    public boolean areCmyk() {
        return channels > RGB;
    }
}
