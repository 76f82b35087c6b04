package io.github.imagehost.core.intake.refusal;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimitException.Excess;

/** The file is not too large, but the picture in it is: whoever decodes it would have too much work. */
public final class ImageTooComplexException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    private final Excess excess;
    private final long limit;

    /** @param cause what there is too much of, and how much there may be */
    public ImageTooComplexException(ImageLimitException cause) {
        super(codeOf(cause.excess()), String.valueOf(cause.getMessage()), cause);
        this.excess = cause.excess();
        this.limit = cause.limit();
    }

    private static String codeOf(Excess excess) {
        return switch (excess) {
            case PIXELS -> "too_many_pixels";
            case ANIMATION_PIXELS -> "too_many_animation_pixels";
            case SIDE -> "side_too_long";
            case FRAMES -> "too_many_frames";
            case SCANS -> "too_many_scans";
            case METADATA -> "too_much_metadata";
            case CODES -> "too_many_codes";
        };
    }

    /** What there is too much of. */
    public Excess excess() {
        return excess;
    }

    /** How much of it there may be. */
    public long limit() {
        return limit;
    }
}
