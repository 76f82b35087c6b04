package io.github.imagehost.rest.request;

import io.github.imagehost.core.ImageLinks;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;

/**
 * Where a request leads, however it is spelled: decoded and without parameters, as controllers are chosen by it; also
 * while an error is answered for it, when the server pretends that it is a GET of another path.
 */
public final class RequestPath {

    /** Where one picture is uploaded. */
    public static final String UPLOAD = "/api/upload";

    /** Where several pictures are uploaded. */
    public static final String UPLOAD_OF_SEVERAL = UPLOAD + "/multiple";

    /** Where a picture is uploaded that is behind a link. */
    public static final String UPLOAD_OF_LINK = UPLOAD + "/url";

    /** Where clients ask which pictures they need not upload. */
    public static final String CHECK_OF_DIGESTS = UPLOAD + "/check";

    /** Where somebody learns whether the service works. */
    public static final String HEALTH = "/health";

    private static final String API = "/api/";

    private final String method;
    private final String path;

    private RequestPath(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Where this request leads. */
    public static RequestPath of(HttpServletRequest request) {
        Object failedPath = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Object failedMethod = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return new RequestPath(
                String.valueOf(failedMethod == null ? request.getMethod() : failedMethod),
                String.valueOf(failedPath == null ? request.getServletPath() : failedPath));
    }

    /** Whether it leads to the API, and not to a page or a picture. */
    public boolean isApi() {
        return path.startsWith(API);
    }

    /** Whether it asks whether the service works. */
    public boolean isHealth() {
        return path.equals(HEALTH);
    }

    /** Whether it leads to a picture. */
    public boolean isImage() {
        return path.startsWith(ImageLinks.PATH);
    }

    /** Whether it uploads pictures. */
    public boolean isUpload() {
        boolean isPost = HttpMethod.POST.matches(method) && !path.startsWith(CHECK_OF_DIGESTS);
        return path.startsWith(UPLOAD) && (isPost || HttpMethod.PUT.matches(method));
    }

    /** With PUT, what follows is the name of a picture. */
    public boolean isUploadOfLink() {
        return HttpMethod.POST.matches(method) && path.startsWith(UPLOAD_OF_LINK);
    }

    /** With PUT, what follows is the name of a picture. */
    public boolean isUploadOfSeveral() {
        return HttpMethod.POST.matches(method) && path.startsWith(UPLOAD_OF_SEVERAL);
    }
}
