package io.github.imagehost.core.intake.refusal;

import org.jspecify.annotations.Nullable;

/** An upload was refused because of what it is; the same bytes will be refused again. Nothing was stored. */
public abstract sealed class UploadRefusedException extends RuntimeException
        permits EmptyUploadException,
                UploadTooLargeException,
                UnsupportedImageException,
                MalformedBase64Exception,
                DamagedImageException,
                ImageTooComplexException {

    private static final long serialVersionUID = 1L;

    private final String code;

    UploadRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    UploadRefusedException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What programs tell reasons apart by, in lower case with underscores, as in {@code file_empty}; never changes. */
    public String code() {
        return code;
    }
}
