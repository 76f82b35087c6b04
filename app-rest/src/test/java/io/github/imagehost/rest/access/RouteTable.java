package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All routes of the service, and who may get to them. */
final class RouteTable {

    static final String EVERYBODY = "everybody";
    static final String CREDENTIAL = "a credential";

    /** What a route answers that does not let somebody in, or fails. */
    static final Set<Integer> REFUSALS = Set.of(401, 403, 429, 500);

    /** Who may get to what. It is exact: a route that is not in it fails the build. */
    private static final String PERMISSIONS = """
            GET /: everybody
            GET /app: everybody
            GET /app/: everybody
            GET /app/service-worker.js: everybody
            GET /d/{filename}/{signature}: everybody
            GET /a/{key}: everybody
            GET /a/{key}/feed: everybody
            GET /random: everybody
            GET /health: everybody
            GET /i/{filename}/{preset}: everybody
            GET /i/{filename}: everybody
            GET /v3/api-docs: everybody
            POST /d/{filename}/{signature}: everybody
            GET /api/login: everybody
            GET /api/login/callback: everybody
            DELETE /api/session: everybody
            POST /api/session: everybody
            POST /api/invitation: everybody
            GET /api/me: a credential
            GET /api/statistics: read
            GET /api/admin/statistics: admin
            DELETE /api/images/{id}: delete
            DELETE /api/images: delete
            DELETE /api/images/{id}/links: manage
            PATCH /api/images/{id}: manage
            PATCH /api/images: manage
            POST /api/images/{id}/links: manage
            GET /api/images/{id}: read
            GET /api/images: read
            POST /api/upload/check: read
            POST /api/upload/multiple: upload
            POST /api/upload/url: upload
            POST /api/upload: upload
            PUT /api/upload/{name}: upload
            GET /api/albums: read
            POST /api/albums: manage
            GET /api/albums/{id}: read
            PATCH /api/albums/{id}: manage
            DELETE /api/albums/{id}: manage
            GET /api/albums/{id}/images: read
            PUT /api/albums/{id}/images: manage
            DELETE /api/albums/{id}/images: manage
            GET /api/tags: read
            DELETE /api/tokens/{id}: account
            GET /api/tokens: account
            POST /api/tokens: account
            DELETE /api/sessions: account
            GET /api/sessions: account
            PUT /api/me/password: account
            GET /api/admin/audit: admin
            GET /api/admin/owners: admin
            PATCH /api/admin/owners/{id}: admin
            POST /api/admin/owners/{id}/login-link: admin
            POST /api/admin/owners: admin
            GET /api/info: everybody
            GET /api/clients: everybody
            GET /api/clients/{name}: everybody
            DELETE /api/admin/invitations/{id}: admin
            GET /api/admin/invitations: admin
            POST /api/admin/invitations: admin
            POST /api/v1/upload: upload
            POST /api/v1/tokens: everybody
            DELETE /api/v1/tokens: a credential
            GET /api/v1/profile: read
            GET /api/v1/strategies: everybody
            GET /api/v1/images: read
            DELETE /api/v1/images/{key}: delete
            GET /api/v1/albums: read
            DELETE /api/v1/albums/{id}: manage
            POST /upload: upload
            POST /delete: delete
            GET /heartbeat: everybody
            POST /heartbeat: everybody
            POST /api/index.php: upload
            POST /api/1/upload: upload
            """;

    /** The routes of other protocols, which tell errors in their own ways. */
    private static final Pattern OF_OTHERS =
            Pattern.compile(".* (/api/(v1|1)/.*|/api/index\\.php|/upload|/delete|/heartbeat)");

    /** Answers every request with 200. */
    private static final String EASYIMAGES = "POST /api/index.php";

    /** What it tells of whoever may not upload. */
    private static final Set<Integer> REFUSALS_OF_EASYIMAGES = Set.of(202, 203);

    /** Whoever sends this has no token any more. */
    private static final String ENDS_TOKEN = "DELETE /api/v1/tokens";

    private RouteTable() {}

    /** All routes, in an order in which one token opens them. */
    static List<String> inOrder() {
        List<String> routes = new ArrayList<>(permissions().keySet());
        routes.remove(ENDS_TOKEN);
        routes.add(ENDS_TOKEN);
        return routes;
    }

    /** Whether a route is not in our own protocol. */
    static boolean isOfOthers(String route) {
        return OF_OTHERS.matcher(route).matches();
    }

    /** Whether this answer does not let somebody in. */
    static boolean isRefused(String route, Answer answer) {
        return REFUSALS.contains(answer.status())
                || (route.equals(EASYIMAGES)
                        && REFUSALS_OF_EASYIMAGES.contains(
                                answer.json().get("code").asInt()));
    }

    /** Fails unless this answer asks for a credential, in whatever protocol. */
    static void assertAsksForCredential(String route, Answer answer) {
        if (!isOfOthers(route)) {
            answer.isError(401, "login_required");
        }
        assertThat(isRefused(route, answer)).as(route + answer.text()).isTrue();
        assertThat(answer.text()).as(route).contains("请先登录或提供访问令牌");
    }

    /** The permissions, by their routes. */
    static Map<String, String> permissions() {
        return new TreeMap<>(PERMISSIONS
                .lines()
                .map(Splitter.on(": ")::splitToList)
                .collect(Collectors.toMap(parts -> parts.get(0), parts -> parts.get(1))));
    }

    static Set<String> routesFor(Set<String> allowed) {
        return permissions().entrySet().stream()
                .filter(route -> allowed.contains(route.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Sends as little as gets to the controller, which then finds that there is no such thing, or no body. */
    static Answer send(Client client, String contextPath, String route, String... headers) throws Exception {
        List<String> parts = Splitter.on(' ').splitToList(route);
        String path = parts.get(1).replace("{preset}", "thumb").replaceAll("\\{[a-z]+}", "987654321");
        return client.send(parts.get(0), contextPath + path, BodyPublishers.noBody(), headers);
    }

    /** The routes that this sender gets to; fails if one fails. */
    static Set<String> opened(Client client, String contextPath, String... headers) throws Exception {
        Set<String> opened = new TreeSet<>();
        for (String route : inOrder()) {
            Answer answer = send(client, contextPath, route, headers);
            int status = answer.status();
            if (status == 429 || status >= 500) {
                throw new AssertionError(route + " is answered with " + status);
            }
            if (!isRefused(route, answer)) {
                opened.add(route);
            }
        }
        return opened;
    }
}
