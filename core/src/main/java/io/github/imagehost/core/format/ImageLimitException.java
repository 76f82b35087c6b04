package io.github.imagehost.core.format;

/** A picture is beyond one of the {@link ImageLimits}. */
public final class ImageLimitException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What there is too much of. */
    public enum Excess {
        PIXELS("pixels"),
        ANIMATION_PIXELS("pixels in all frames"),
        SIDE("pixels in a row or column"),
        FRAMES("frames"),
        SCANS("scans"),
        METADATA("bytes of metadata"),
        CODES("bytes in the tables of its codes");

        private final String unit;

        Excess(String unit) {
            this.unit = unit;
        }
    }

    private final Excess excess;
    private final long limit;

    /**
     * A picture is beyond a limit.
     *
     * @param limit how much there may be
     */
    public ImageLimitException(Excess excess, long limit) {
        super("The picture has more than " + limit + " " + excess.unit);
        this.excess = excess;
        this.limit = limit;
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
