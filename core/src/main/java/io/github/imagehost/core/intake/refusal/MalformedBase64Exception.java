package io.github.imagehost.core.intake.refusal;

/** The text is no Base64. */
public final class MalformedBase64Exception extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    /** @param cause what is wrong with the text */
    public MalformedBase64Exception(IllegalArgumentException cause) {
        super("malformed_base64", "The picture is announced as Base64, but it is none", cause);
    }

    /** For text that goes on behind its end. */
    public MalformedBase64Exception() {
        super("malformed_base64", "Something follows the end of the picture in Base64");
    }
}
