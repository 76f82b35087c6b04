package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.zaxxer.hikari.HikariDataSource;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Every route with an id, for an id of another owner's: the answer, and the work for it, is as for none that exists.
 */
class ForeignIdsTest extends ServiceTest {

    private static final String NOBODYS = "987654321";

    /** In the form that the service gives. */
    private static final String NOBODYS_KEY = "a".repeat(26);

    /** The service works by itself, too, but not as often. */
    private static final int TIMES = 20;

    /** Whom or what an id stands for is not asked there: administrators see all of it. */
    private static final String ADMINISTRATION = " /api/admin/";

    private static final String ALBUMS = "/albums/";

    /** It says that something is deleted, whatever it was. */
    private static final Pattern OF_LSKY = Pattern.compile("DELETE /api/v1/.*");

    private String others;
    private String token;
    private JsonNode picture;
    private String tokenId;
    private String albumId;

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "0s", "SWEEP_INTERVAL", "1d");
    }

    @BeforeEach
    void addOwners() throws Exception {
        Accounts accounts = new Accounts(service());
        others = accounts.token(accounts.add(Role.USER).id());
        token = accounts.token(accounts.add(Role.USER).id());
        picture = client().post(
                        "/api/upload",
                        new Multipart().file("image", "a.png", Pictures.uniquePng()),
                        "Authorization",
                        "Bearer " + others)
                .data();
        tokenId = client().get("/api/tokens", "Authorization", "Bearer " + others)
                .data()
                .at("/tokens/0/id")
                .asString();
        albumId = client().postJson("/api/albums", "{\"name\":\"a\"}", "Authorization", "Bearer " + others)
                .json()
                .at("/data/id")
                .asString();
    }

    @ParameterizedTest
    @CsvSource({"DELETE, images_not_found", "PATCH, image_not_found"})
    void inABodyIsAnsweredAsIfItWereNotThereAfterTheSameWork(String method, String code) throws Exception {
        countStatements();
        String route = method + " /api/images";
        String ids = "{\"ids\":[%s]" + (method.equals("PATCH") ? ",\"visibility\":\"private\"}" : "}");
        String foreign = ids.formatted(picture.get("id").asString());
        String nobodys = ids.formatted(NOBODYS);

        assertThat(withoutTimeAndId(sendBody(route, foreign).isError(404, code)))
                .isEqualTo(withoutTimeAndId(sendBody(route, nobodys)));
        assertThat(statementsFor(() -> sendBody(route, foreign)))
                .isNotEmpty()
                .isEqualTo(statementsFor(() -> sendBody(route, nobodys)));
        assertThat(client().get(Client.pathOf(picture.get("url").asString())).status())
                .isEqualTo(200);
    }

    @Test
    void isAnsweredAsIfItWereNotThereAfterTheSameWork() throws Exception {
        countStatements();
        List<String> routes = RouteTable.permissions().keySet().stream()
                .filter(route -> route.contains("{id}") || route.contains("{key}"))
                .filter(route -> route.contains(" /api/"))
                .filter(route -> !route.contains(ADMINISTRATION))
                .toList();
        assertThat(routes).hasSizeGreaterThan(4);
        for (String route : routes) {
            String id = idFor(route);
            Answer others = send(route, id);
            String nobodysId = route.contains("{key}") ? NOBODYS_KEY : NOBODYS;
            Answer nobodys = send(route, nobodysId);

            assertThat(others.status())
                    .as(route)
                    .isEqualTo(OF_LSKY.matcher(route).matches() ? 200 : 404);
            assertThat(withoutTimeAndId(others)).as(route).isEqualTo(withoutTimeAndId(nobodys));
            assertThat(statementsFor(() -> send(route, id)))
                    .as(route)
                    .isNotEmpty()
                    .isEqualTo(statementsFor(() -> send(route, nobodysId)));
        }
    }

    private String idFor(String route) {
        if (route.contains("{key}")) {
            return picture.get("filename").asString().replace(".png", "");
        }
        if (route.contains(ALBUMS)) {
            return albumId;
        }
        return route.contains("/api/tokens/") ? tokenId : picture.get("id").asString();
    }

    private static String withoutTimeAndId(Answer answer) {
        return answer.text().replaceAll("\"(requestId|timestamp)\":\"[^\"]*\"", "");
    }

    private Answer send(String route, String id) throws Exception {
        return sendBody(route.replace("{id}", id).replace("{key}", id), bodyFor(route));
    }

    private Answer sendBody(String route, String body) throws Exception {
        List<String> parts = Splitter.on(' ').splitToList(route);
        return client().send(
                        parts.get(0), parts.get(1), BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }

    private static String bodyFor(String route) {
        if (route.startsWith("PATCH")) {
            return "{\"visibility\":\"private\"}";
        }
        return route.contains(ALBUMS) ? "{\"ids\":[" + NOBODYS + "]}" : "{}";
    }

    /** What the database is asked for one request, and how often. */
    private Map<String, Long> statementsFor(Callable<Answer> request) throws Exception {
        Map<String, Long> before = statements();
        for (int i = 0; i < TIMES; i++) {
            request.call();
        }
        Map<String, Long> ofOne = new TreeMap<>();
        statements().forEach((sql, count) -> {
            long times = (count - before.getOrDefault(sql, 0L)) / TIMES;
            if (times > 0) {
                ofOne.put(sql, times);
            }
        });
        return ofOne;
    }

    private void countStatements() throws SQLException {
        try (Connection connection = service().part(HikariDataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
            statement.execute("SET QUERY_STATISTICS TRUE");
        }
    }

    private Map<String, Long> statements() throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (Connection connection = service().part(HikariDataSource.class).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT SQL_STATEMENT, EXECUTION_COUNT FROM INFORMATION_SCHEMA.QUERY_STATISTICS")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }
}
