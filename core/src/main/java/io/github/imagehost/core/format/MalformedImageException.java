package io.github.imagehost.core.format;

/** A file begins as a picture of a known format does, and then breaks the rules of that format. */
public final class MalformedImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Defect {
        /** It ends before the picture does. */
        TRUNCATED,
        /** Its parts contradict each other or the format. */
        MALFORMED,
        /** It is of a kind that browsers don't show, such as an arithmetic-coded JPEG. */
        UNUSUAL
    }

    private final Defect defect;

    MalformedImageException(Defect defect, String message) {
        super(message);
        this.defect = defect;
    }

    /** The file lacks its end. */
    public static MalformedImageException truncated() {
        return new MalformedImageException(Defect.TRUNCATED, "The file ends before the picture does");
    }

    /**
     * The file breaks the rules of its format.
     *
     * @param what how it does
     */
    public static MalformedImageException malformed(String what) {
        return new MalformedImageException(Defect.MALFORMED, what);
    }

    /**
     * The file is legal, but is built as no program builds pictures.
     *
     * @param what what is unusual in it
     */
    public static MalformedImageException unusual(String what) {
        return new MalformedImageException(Defect.UNUSUAL, what);
    }

    /** What is wrong. */
    public Defect defect() {
        return defect;
    }
}
