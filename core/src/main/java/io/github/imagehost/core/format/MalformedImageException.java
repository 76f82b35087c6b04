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

    /** @param what what breaks the rules of the format */
    public static MalformedImageException malformed(String what) {
        return new MalformedImageException(Defect.MALFORMED, what);
    }

    /** @param what what is legal, but in no picture that anybody takes seriously */
    public static MalformedImageException unusual(String what) {
        return new MalformedImageException(Defect.UNUSUAL, what);
    }

    /** What is wrong. */
    public Defect defect() {
        return defect;
    }
}
