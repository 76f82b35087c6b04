package io.github.imagehost.core.fetch;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import io.github.imagehost.core.fetch.FetchException.Reason;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of something in the web. It is taken apart once, and what is connected to and sent is what was found
 * then, so that no second reader can find something else.
 *
 * @param host its name in lower case and ASCII, or its address without brackets
 * @param path with the query and without the fragment; every character in it is legal
 */
record WebAddress(boolean isSecure, String host, int port, String path) {

    /** Longer ones don't work in all browsers either. */
    static final int LONGEST = 8192;

    private static final Pattern PARTS =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern REST = Pattern.compile("//(?<authority>[^/?#]+)(?<path>[^#]*)(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(?<host>\\[[^\\[\\]]*]|[^:]+)(?::(?<port>[0-9]{0,5}))?");
    private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");

    /** What may stand in a path or a query as it is (RFC 3986), but for the percent sign. */
    private static final CharMatcher LEGAL = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("-._~!$&'()*+,;=:@/?"));

    private static final CharMatcher NEVER = CharMatcher.javaIsoControl().or(CharMatcher.is('\\'));
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LARGEST_PORT = 65535;

    /**
     * The address that a text is.
     *
     * @throws FetchException if it is none that may ever be asked
     */
    static WebAddress parse(String text) throws FetchException {
        String address = text.strip();
        Matcher parts = PARTS.matcher(address);
        if (address.length() > LONGEST || NEVER.matchesAnyOf(address)) {
            throw new FetchException(Reason.MALFORMED);
        }
        if (!parts.matches()) {
            throw new FetchException(Reason.SCHEME);
        }
        boolean isSecure = switch (Ascii.toLowerCase(parts.group("scheme"))) {
            case "http" -> false;
            case "https" -> true;
            default -> throw new FetchException(Reason.SCHEME);
        };
        Matcher rest = REST.matcher(parts.group("rest"));
        if (!rest.matches()) {
            throw new FetchException(Reason.MALFORMED);
        }
        return of(isSecure, rest.group("authority"), rest.group("path"));
    }

    private static WebAddress of(boolean isSecure, String authority, String path) throws FetchException {
        if (authority.indexOf('@') >= 0) {
            throw new FetchException(Reason.USER);
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new FetchException(Reason.HOST);
        }
        String written = Optional.ofNullable(parts.group("port")).orElse("");
        int port = written.isEmpty() ? (isSecure ? HTTPS : HTTP) : Integer.parseInt(written);
        if (port < 1 || port > LARGEST_PORT) {
            throw new FetchException(Reason.PORT);
        }
        String escaped = escape(path);
        return new WebAddress(
                isSecure, host(parts.group("host")), port, escaped.startsWith("/") ? escaped : "/" + escaped);
    }

    private static String host(String written) throws FetchException {
        if (written.startsWith("[")) {
            String address = written.substring(1, written.length() - 1);
            // the zone of an address means something on one machine only
            if (address.indexOf(':') < 0 || address.indexOf('%') >= 0 || !InetAddresses.isInetAddress(address)) {
                throw new FetchException(Reason.HOST);
            }
            // of all its spellings, the one that every program reads alike
            return InetAddresses.toAddrString(InetAddresses.forString(address));
        }
        String name;
        try {
            name = Ascii.toLowerCase(IDN.toASCII(written));
        } catch (IllegalArgumentException e) {
            throw new FetchException(Reason.HOST, e);
        }
        String withoutRoot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!InetAddresses.isInetAddress(withoutRoot) && !HostNames.areLegal(withoutRoot)) {
            throw new FetchException(Reason.HOST);
        }
        return withoutRoot;
    }

    /** Where a redirect from here leads. */
    WebAddress resolve(String location) throws FetchException {
        if (PARTS.matcher(location.strip()).matches()) {
            return parse(location);
        }
        if (NEVER.matchesAnyOf(location)) {
            throw new FetchException(Reason.MALFORMED);
        }
        String scheme = isSecure ? "https:" : "http:";
        if (location.startsWith("//")) {
            return parse(scheme + location);
        }
        int fragment = location.indexOf('#');
        String relative = escape(fragment < 0 ? location : location.substring(0, fragment));
        if (relative.startsWith("?")) {
            // the JDK would drop the last part of the path, as an older RFC did
            return new WebAddress(isSecure, host, port, pathWithoutQuery() + relative);
        }
        URI resolved;
        try {
            resolved = URI.create("//host" + path).resolve(relative);
        } catch (IllegalArgumentException e) {
            throw new FetchException(Reason.MALFORMED, e);
        }
        String query = resolved.getRawQuery() == null ? "" : "?" + resolved.getRawQuery();
        return new WebAddress(isSecure, host, port, "/" + trimSlash(resolved.getRawPath()) + query);
    }

    private static String trimSlash(String text) {
        return text.startsWith("/") ? text.substring(1) : text;
    }

    private String pathWithoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** What follows the last slash, as people read it; may be empty. */
    String name() {
        String name = pathWithoutQuery();
        return new String(PercentInputStream.decode(name.substring(name.lastIndexOf('/') + 1)), StandardCharsets.UTF_8);
    }

    /** Its host as an address, if it is written as one. */
    Optional<InetAddress> literal() {
        return InetAddresses.isInetAddress(host) ? Optional.of(InetAddresses.forString(host)) : Optional.empty();
    }

    /** Browsers take what is not legal there, and escape it. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        Matcher escape = ESCAPED.matcher(text);
        int position = 0;
        while (position < text.length()) {
            char character = text.charAt(position);
            boolean isEscape =
                    character == '%' && escape.region(position, text.length()).lookingAt();
            if (isEscape || LEGAL.matches(character)) {
                escaped.append(character);
                position++;
            } else {
                int codePoint = text.codePointAt(position);
                appendEscaped(escaped, Character.toString(codePoint));
                position += Character.charCount(codePoint);
            }
        }
        return escaped.toString();
    }

    private static void appendEscaped(StringBuilder escaped, String character) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(character);
        while (bytes.hasRemaining()) {
            escaped.append(String.format("%%%02X", bytes.get()));
        }
    }
}
