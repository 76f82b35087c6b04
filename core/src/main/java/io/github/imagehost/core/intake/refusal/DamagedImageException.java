package io.github.imagehost.core.intake.refusal;

import org.jspecify.annotations.Nullable;

/** The file begins as a picture does, but is not a whole and sound one. */
public final class DamagedImageException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Damage {
        /** It ends before the picture does. */
        TRUNCATED("image_truncated"),
        /** Its parts contradict each other or its format. */
        MALFORMED("image_malformed"),
        /** It is of a kind that browsers don't show. */
        UNUSUAL("image_unusual"),
        /** Something follows the picture that does not belong to it. */
        TRAILING_DATA("trailing_data"),
        /** Its pixels can't be decoded. */
        UNDECODABLE("image_undecodable"),
        /** Decoding its pixels takes too long. */
        TOO_SLOW("image_too_slow");

        private final String code;

        Damage(String code) {
            this.code = code;
        }
    }

    private final Damage damage;

    /** @param message what is wrong with the file, for whoever sent it */
    public DamagedImageException(Damage damage, String message) {
        super(damage.code, message);
        this.damage = damage;
    }

    /** @param message what is wrong with the file, for whoever sent it */
    public DamagedImageException(Damage damage, String message, @Nullable Throwable cause) {
        super(damage.code, message, cause);
        this.damage = damage;
    }

    /** What is wrong. */
    public Damage damage() {
        return damage;
    }
}
