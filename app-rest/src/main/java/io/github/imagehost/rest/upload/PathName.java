package io.github.imagehost.rest.upload;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.ClientText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.web.util.UriUtils;

/** The name of a picture at the end of the path of its upload. */
final class PathName {

    /** They lead elsewhere (RFC 3986, 5.2.4), however they are written. */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    private PathName() {}

    /**
     * The last part of the path, with the characters that the client most likely means, and without parameters.
     *
     * @throws ApiException if it is a dot segment: the server, and so every filter, took the request for one to another
     *     path
     */
    static String of(HttpServletRequest request) {
        String path = request.getRequestURI();
        String part = path.substring(path.lastIndexOf('/') + 1);
        int parameters = part.indexOf(';');
        String name = ClientText.decode(
                UriUtils.decode(parameters < 0 ? part : part.substring(0, parameters), StandardCharsets.ISO_8859_1));
        if (DOT_SEGMENTS.contains(name)) {
            throw new ApiException(ApiError.BAD_REQUEST);
        }
        return name;
    }
}
