package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.OwnerName;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A password that somebody wants to have. Length is all that it needs: rules about kinds of characters make passwords
 * no better, see NIST SP 800-63B, 3.1.1.2, https://pages.nist.gov/800-63-4/sp800-63b.html
 *
 * <p>Immutable. Its text is in no description and in no log.
 */
public final class NewPassword {

    /** What is legal, for messages. */
    public static final String RULE = "10 to 200 characters that are not the owner's name";

    /** The smallest number of characters. */
    public static final int SHORTEST = 10;

    /** The largest number of characters; what is longer is no password, and costs time to hash. */
    public static final int LONGEST = 200;

    private final String text;

    private NewPassword(String text) {
        this.text = text;
    }

    /**
     * The password that somebody has typed.
     *
     * @param owner whose password it is to be
     * @throws IllegalArgumentException if it is not legal
     */
    public static NewPassword of(String typed, OwnerName owner) {
        String text = normalize(typed);
        int length = text.codePointCount(0, text.length());
        boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        if (length < SHORTEST || length > LONGEST || !isText || text.equalsIgnoreCase(owner.value())) {
            throw new IllegalArgumentException("This is no legal password: legal are " + RULE);
        }
        return new NewPassword(text);
    }

    /** What a keyboard writes as one character or as two is the same password (Unicode's form NFC). */
    static String normalize(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC);
    }

    /** What is to be hashed, and to be kept nowhere. */
    String reveal() {
        return text;
    }

    /** Tells no more than that it is one. */
    @Override
    public String toString() {
        return "NewPassword[…]";
    }
}
