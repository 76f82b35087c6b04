package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.model.Digest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser sends for its session, or what a login link is good by: 256 bits that nobody can guess, as 43
 * characters of base64url (RFC 4648), which need no quoting in a cookie, a URL or a shell.
 *
 * <p>Immutable. Its text is in no description and in no log.
 */
public final class LoginSecret {

    private static final int BYTES = 32;
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String text;

    private LoginSecret(String text) {
        this.text = text;
    }

    static LoginSecret generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LoginSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The secret that is written so; empty if none is. */
    static Optional<LoginSecret> parse(String text) {
        return Optional.of(text).filter(LEGAL.asMatchPredicate()).map(LoginSecret::new);
    }

    /** The SHA-256 of it, which is all that is kept. */
    Digest digest() {
        return TokenSecret.digest(text);
    }

    /** What its bearer sends; to be told once, to whoever it was made for. */
    public String reveal() {
        return text;
    }

    /** Tells no more than that it is one. */
    @Override
    public String toString() {
        return "LoginSecret[…]";
    }
}
