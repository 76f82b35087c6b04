package io.github.imagehost.rest.web;

import io.github.imagehost.core.ImageLinks;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

/**
 * Where a request leads, however it is spelled: decoded and without parameters, as controllers are chosen by it; also
 * while an error is answered for it, when the server pretends that it is a GET of another path.
 */
final class RequestPath {

    private static final String API = "/api/";
    /** They lead elsewhere (RFC 3986, 5.2.4), however they are written. */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    private final String method;
    private final String path;

    private RequestPath(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static RequestPath of(HttpServletRequest request) {
        Object failedPath = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Object failedMethod = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return new RequestPath(
                String.valueOf(failedMethod == null ? request.getMethod() : failedMethod),
                String.valueOf(failedPath == null ? request.getServletPath() : failedPath));
    }

    /**
     * The last part of the path, with the characters that the client most likely means, and without parameters.
     *
     * @throws ApiException if it is a dot segment: the server, and so every filter, took the request for one to another path
     */
    static String lastPartOf(HttpServletRequest request) {
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

    boolean isApi() {
        return path.startsWith(API);
    }

    boolean isImage() {
        return path.startsWith(ImageLinks.PATH);
    }

    boolean isUpload() {
        boolean isPost = HttpMethod.POST.matches(method) && !path.startsWith(UploadController.PATH_OF_CHECK);
        return path.startsWith(UploadController.PATH) && (isPost || HttpMethod.PUT.matches(method));
    }

    /** With PUT, what follows is the name of a picture. */
    boolean isUploadOfSeveral() {
        return HttpMethod.POST.matches(method) && path.startsWith(UploadController.PATH_OF_SEVERAL);
    }
}
