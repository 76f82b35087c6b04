package io.github.imagehost.core.intake;

/** The text is no Base64. */
public final class MalformedBase64Exception extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    MalformedBase64Exception(IllegalArgumentException cause) {
        super("malformed_base64", "The picture is announced as Base64, but it is none", cause);
    }

    MalformedBase64Exception() {
        super("malformed_base64", "Something follows the end of the picture in Base64");
    }
}
