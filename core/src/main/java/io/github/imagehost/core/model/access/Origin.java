package io.github.imagehost.core.model.access;

import java.util.regex.Pattern;

/**
 * Where pages come from that use the service: a scheme, a host and a port, as browsers write them in the header
 * {@code Origin}, see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin.
 *
 * @param value such as {@code https://blog.example.com} or {@code app://obsidian.md}
 */
public record Origin(String value) {

    /** What is legal, for messages. */
    public static final String RULE =
            "origins as browsers send them, such as https://app.example.com or app://obsidian.md: in lower case, without a"
                    + " path, and without a port that is the scheme's own";

    private static final int LONGEST = 255;

    private static final Pattern LEGAL =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?");

    /** Browsers leave out the port that goes without saying. */
    private static final Pattern DEFAULT_PORT = Pattern.compile("http://.*:80|https://.*:443");

    public Origin {
        if (value.length() > LONGEST
                || !LEGAL.matcher(value).matches()
                || DEFAULT_PORT.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no origin: legal are " + RULE);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
