package io.github.imagehost.rest.request;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.rest.settings.Protocol;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
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

    /** Where an image is that is left to chance. */
    public static final String RANDOM = "/random";

    /** What all that Lsky Pro's clients ask for begins with. */
    public static final String LSKY = "/api/v1";

    /** Where Lsky Pro's clients upload. */
    public static final String LSKY_UPLOAD = LSKY + "/upload";

    /** Where Lsky Pro's clients log in and out. */
    public static final String LSKY_TOKENS = LSKY + "/tokens";

    /** Where clients of PicGo's server upload. */
    public static final String PICGO_UPLOAD = "/upload";

    /** Where clients of PicGo's server delete. */
    public static final String PICGO_DELETE = "/delete";

    /** Where clients of PicGo's server learn whether it is there. */
    public static final String PICGO_HEARTBEAT = "/heartbeat";

    /** Where clients of EasyImages upload. */
    public static final String EASYIMAGES_UPLOAD = "/api/index.php";

    /** Where clients of Chevereto upload. */
    public static final String CHEVERETO_UPLOAD = "/api/1/upload";

    private static final String API = "/api/";
    private static final String APP = "/app/";

    /** Methods and paths of what belongs to other protocols; all else is answered as everywhere. */
    private static final Map<Protocol, Pattern> ROUTES = Map.of(
            Protocol.LSKY,
            Pattern.compile("(?:POST /api/v1/upload|(?:POST|DELETE) /api/v1/tokens"
                    + "|GET /api/v1/(?:profile|strategies|images|albums)|DELETE /api/v1/(?:images|albums)/[^/]+)"),
            Protocol.PICGO,
            Pattern.compile("(?:POST /(?:upload|delete)|(?:GET|POST) /heartbeat)"),
            Protocol.EASYIMAGES,
            Pattern.compile("POST /api/index\\.php"),
            Protocol.CHEVERETO,
            Pattern.compile("POST /api/1/upload"));

    private static final Set<String> UPLOADS_OF_OTHERS =
            Set.of(LSKY_UPLOAD, PICGO_UPLOAD, EASYIMAGES_UPLOAD, CHEVERETO_UPLOAD);
    private static final Set<String> CREDENTIAL_IN_QUERY = Set.of(PICGO_UPLOAD, PICGO_DELETE, CHEVERETO_UPLOAD);
    private static final Set<String> CREDENTIAL_IN_FORM = Set.of(EASYIMAGES_UPLOAD, CHEVERETO_UPLOAD);

    private final String method;
    private final String path;
    private final Set<Protocol> spoken;

    private RequestPath(String method, String path, Set<Protocol> spoken) {
        this.method = method;
        this.path = path;
        this.spoken = spoken;
    }

    /** Where this request leads. */
    public static RequestPath of(HttpServletRequest request) {
        Object failedPath = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Object failedMethod = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return new RequestPath(
                String.valueOf(failedMethod == null ? request.getMethod() : failedMethod),
                String.valueOf(failedPath == null ? request.getServletPath() : failedPath),
                SpokenProtocols.of(request));
    }

    /** Where the request leads that this preflight asks for. */
    public static RequestPath ofPreFlight(HttpServletRequest request) {
        return new RequestPath(
                String.valueOf(request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)),
                String.valueOf(request.getServletPath()),
                SpokenProtocols.of(request));
    }

    /** The protocol whose route it is; empty if it is one of our own, or none at all. */
    public Optional<Protocol> protocol() {
        if (isImage()) {
            return Optional.empty();
        }
        String route = method + " " + path;
        return ROUTES.entrySet().stream()
                .filter(routes -> spoken.contains(routes.getKey())
                        && routes.getValue().matcher(route).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isOfOthers(Set<String> paths) {
        return paths.contains(path) && protocol().isPresent();
    }

    /** Whether it leads to the API, and not to a page or a picture. */
    public boolean isApi() {
        return path.startsWith(API) || protocol().isPresent();
    }

    /** Whether it leads to the page for people, or to what that is made of. */
    public boolean isApp() {
        return path.startsWith(APP);
    }

    /** Whether it asks whether the service works. */
    public boolean isHealth() {
        return path.equals(HEALTH);
    }

    /** Whether it leads to what everybody sees of albums. */
    public boolean isPublicAlbum() {
        return path.startsWith(ImageLinks.ALBUM_PATH) || path.equals(RANDOM);
    }

    /** Whether it leads to a picture. */
    public boolean isImage() {
        return path.startsWith(ImageLinks.PATH);
    }

    /** Whether it uploads pictures. */
    public boolean isUpload() {
        boolean isPost = HttpMethod.POST.matches(method) && !path.startsWith(CHECK_OF_DIGESTS);
        return (path.startsWith(UPLOAD) && (isPost || HttpMethod.PUT.matches(method))) || isOfOthers(UPLOADS_OF_OTHERS);
    }

    /** Whether its form may name a link in place of a file. */
    public boolean isUploadThatMayNameLink() {
        return path.equals(CHEVERETO_UPLOAD);
    }

    /** With PUT, what follows is the name of a picture. */
    public boolean isUploadOfLink() {
        return HttpMethod.POST.matches(method) && path.startsWith(UPLOAD_OF_LINK);
    }

    /** With PUT, what follows is the name of a picture. */
    public boolean isUploadOfSeveral() {
        return (HttpMethod.POST.matches(method) && path.startsWith(UPLOAD_OF_SEVERAL))
                || isOfOthers(Set.of(PICGO_UPLOAD));
    }

    /** Whether it is one whose clients bring their credential in the address, since they know no other way. */
    public boolean takesCredentialInQuery() {
        return isOfOthers(CREDENTIAL_IN_QUERY);
    }

    /** Whether it is one whose clients bring their credential in the form with the picture. */
    public boolean takesCredentialInForm() {
        return isOfOthers(CREDENTIAL_IN_FORM);
    }
}
