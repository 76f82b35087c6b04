package io.github.imagehost.core.model.access;

import java.util.regex.Pattern;

/**
 * What is kept of a password: the result of a slow computation from which nobody gets the password back, with the name
 * and the parameters of that computation, as in {@code $argon2id$v=19$m=19456,t=2,p=1$…$…}. The format is that of the
 * Password Hashing Competition, https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
 *
 * <p>It is in no description and in no log: whoever has it may try out passwords on a machine of his own.
 *
 * @param value up to {@value #LONGEST} visible ASCII characters, of which the first one is {@code $}
 */
public record PasswordHash(String value) {

    /** The largest number of characters. */
    public static final int LONGEST = 250;

    private static final Pattern LEGAL = Pattern.compile("\\$[\\x21-\\x7e]{1," + (LONGEST - 1) + "}");

    public PasswordHash {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("This is no hash of a password");
        }
    }

    /** Tells no more than that it is one. */
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
