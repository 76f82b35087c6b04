package io.github.imagehost.rest.access;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.rest.request.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;

/**
 * Finds the credential of a request in the places where clients put it: {@code Authorization: Bearer T},
 * {@code Authorization: T}, {@code X-API-Key}, {@code token} and {@code X-PicGo-Secret}; for the routes whose clients
 * know no other way also {@code key} and {@code secret} in the address. Other schemes of {@code Authorization}, such as
 * {@code Basic}, are for a proxy before the service, and say nothing here.
 */
public final class RequestCredential {

    private static final List<String> HEADERS = List.of("X-API-Key", "token", "X-PicGo-Secret");
    private static final Set<String> PARAMETERS = Set.of("key", "secret");
    private static final Splitter QUERY = Splitter.on('&').omitEmptyStrings();
    private static final Pattern BEARER = Pattern.compile("bearer( .*)?", Pattern.CASE_INSENSITIVE);

    private RequestCredential() {}

    /**
     * What the request brings, once.
     *
     * @return may be changed; empty if it brings none; more than one if it brings different ones, of which nobody knows
     *     which is meant
     */
    public static Set<String> allOf(HttpServletRequest request) {
        Set<String> credentials = new LinkedHashSet<>();
        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(RequestCredential::inAuthorization)
                .ifPresent(credentials::add);
        for (String header : HEADERS) {
            Optional.ofNullable(request.getHeader(header)).map(String::strip).ifPresent(credentials::add);
        }
        if (RequestPath.of(request).takesCredentialInQuery()) {
            credentials.addAll(inQuery(Strings.nullToEmpty(request.getQueryString())));
        }
        credentials.remove("");
        return credentials;
    }

    private static List<String> inQuery(String query) {
        List<String> values = new ArrayList<>();
        for (String parameter : QUERY.split(query)) {
            int end = parameter.indexOf('=');
            if (end > 0 && PARAMETERS.contains(parameter.substring(0, end))) {
                values.add(decoded(parameter.substring(end + 1)).strip());
            }
        }
        return values;
    }

    /** A plus sign stands for itself: some clients put what people typed into the address as it is. */
    private static String decoded(String value) {
        try {
            return UriUtils.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** Whether the request brings a token that was made by this service, or one that looks like it. */
    public static boolean bringsToken(HttpServletRequest request) {
        return allOf(request).stream().anyMatch(credential -> credential.startsWith(TokenSecret.PREFIX));
    }

    private static Optional<String> inAuthorization(String header) {
        Matcher bearer = BEARER.matcher(header.strip());
        if (bearer.matches()) {
            return Optional.ofNullable(bearer.group(1)).map(String::strip);
        }
        return Optional.of(header.strip()).filter(value -> value.indexOf(' ') < 0);
    }
}
