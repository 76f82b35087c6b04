package io.github.imagehost.core.client;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a program has to know to upload pictures.
 *
 * @param server where the service is, without a slash at the end
 * @param token by which it may upload; empty leaves a placeholder that nobody takes for one
 * @param language in which it is told what went wrong, such as {@code en}
 */
public record Connection(URI server, Optional<String> token, Language language) {

    /**
     * What stands where the token belongs as long as there is none. It does not look like a token: a service that asks
     * for none takes it for one of the words that clients insist on, and lets its sender in.
     */
    public static final String PLACEHOLDER = "YOUR_TOKEN";

    private static final Pattern LEGAL_TOKEN = Pattern.compile("\\w+");

    /** The languages of the service's messages. */
    public enum Language {
        CHINESE("zh-CN"),
        ENGLISH("en");

        private final String tag;

        Language(String tag) {
            this.tag = tag;
        }

        /** As BCP 47 writes it. */
        String tag() {
            return tag;
        }
    }

    /** Whether a token may stand in settings: others might be code where they are put. */
    public static boolean isLegalToken(String token) {
        return LEGAL_TOKEN.matcher(token).matches();
    }

    /** @throws IllegalArgumentException if the token may not stand there */
    public Connection {
        if (token.filter(text -> !isLegalToken(text)).isPresent()) {
            throw new IllegalArgumentException("Tokens consist of letters, digits and _");
        }
    }

    /** The address as it may stand between quotation marks of any kind. */
    String address() {
        // the only one of those that may stand in an address
        return server.toString().replace("'", "%27");
    }

    /** The token, or what stands for it. */
    String tokenOrPlaceholder() {
        return token.orElse(PLACEHOLDER);
    }
}
