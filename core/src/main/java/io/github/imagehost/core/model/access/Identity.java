package io.github.imagehost.core.model.access;

import java.util.regex.Pattern;

/**
 * Who somebody is at an identity provider, by which he is known again: neither a name nor an e-mail address, which
 * others may get later.
 *
 * @param issuer the address of the provider, 1 to 255 ASCII characters, as OpenID Connect's claim {@code iss}
 * @param subject what the provider calls him and will never call anybody else, 1 to 255 ASCII characters, upper and
 *     lower case being different, as the claim {@code sub}
 */
public record Identity(String issuer, String subject) {

    /** What is legal in both, for messages. */
    public static final String RULE = "1 to 255 ASCII characters, without spaces at the ends";

    /** Databases take no notice of spaces at the end, so there must be none. */
    private static final Pattern LEGAL = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");

    public Identity {
        requireLegal("issuer", issuer);
        requireLegal("subject", subject);
    }

    private static void requireLegal(String part, String value) {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no " + part + " of an identity: legal are " + RULE);
        }
    }
}
