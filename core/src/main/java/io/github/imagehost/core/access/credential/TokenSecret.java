package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A token as its bearer sends it: {@code imh_}, 32 characters of base 62 that nobody can guess (190 bits), and 6 more
 * with the CRC-32 of all that stands before them, so that a token that was copied wrong is told from one that is
 * unknown without asking anybody. Made of letters, digits and one underscore alone, it needs no quoting in any header,
 * URL or shell. GitHub's tokens are made like this,
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 *
 * <p>Immutable. Its text is in no description and in no log.
 */
public final class TokenSecret {

    /** What every token begins with. */
    public static final String PREFIX = "imh_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM_LENGTH + CHECKSUM_LENGTH;
    private static final int HINT_LENGTH = 4;

    private final String text;

    private TokenSecret(String text) {
        this.text = text;
    }

    /** @param random that nobody can foresee */
    static TokenSecret generate(RandomGenerator random) {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TokenSecret(text + checksum(text));
    }

    /** The token that is written so; empty if none is, because it is longer, shorter or has another checksum. */
    static Optional<TokenSecret> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int checked = LENGTH - CHECKSUM_LENGTH;
        return text.substring(checked).equals(checksum(text.substring(0, checked)))
                ? Optional.of(new TokenSecret(text))
                : Optional.empty();
    }

    private static String checksum(CharSequence checked) {
        CRC32 crc = new CRC32();
        crc.update(checked.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder digits = new StringBuilder(CHECKSUM_LENGTH);
        long rest = crc.getValue();
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            digits.insert(0, ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return digits.toString();
    }

    /** The SHA-256 of some secret's text, which is all that is kept of it. */
    public static Digest digest(String secret) {
        MessageDigest sha256 = Digest.sha256();
        return Digest.of(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** The SHA-256 of it. */
    Digest digest() {
        return digest(text);
    }

    /** Its last characters. */
    String hint() {
        return text.substring(LENGTH - HINT_LENGTH);
    }

    /** What its bearer sends; to be shown once, to whoever it was made for. */
    public String reveal() {
        return text;
    }

    /** Tells no more than people recognise it by. */
    @Override
    public String toString() {
        return PREFIX + "…" + hint();
    }
}
