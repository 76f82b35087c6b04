package io.github.imagehost.rest.web;

import io.github.imagehost.core.ImageLinks;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a request leads, however it is spelled: decoded and without parameters, as controllers are chosen by it; also
 * while an error is answered for it.
 */
final class RequestPath {

    private static final String API = "/api/";

    private final String path;

    private RequestPath(String path) {
        this.path = path;
    }

    static RequestPath of(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Object path = failed == null ? request.getServletPath() : failed;
        return new RequestPath(path == null ? "" : path.toString());
    }

    boolean isApi() {
        return path.startsWith(API);
    }

    boolean isImage() {
        return path.startsWith(ImageLinks.PATH);
    }

    boolean isUpload() {
        return path.startsWith(UploadController.PATH);
    }

    boolean isUploadOfSeveral() {
        return path.startsWith(UploadController.PATH_OF_SEVERAL);
    }
}
