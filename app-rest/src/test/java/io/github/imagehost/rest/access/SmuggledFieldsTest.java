package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nobody becomes more, or somebody else, by a field that he was not asked for. */
class SmuggledFieldsTest extends ServiceTest {

    private static final List<String> FIELDS =
            List.of("id", "role", "state", "quota", "usage", "owner", "ownerId", "owner_id", "epoch", "isAdmin");

    /** What may be said where. */
    private static final Map<String, Set<String>> LEGAL = Map.of(
            "POST /api/admin/owners", Set.of("role"),
            "PATCH /api/admin/owners/{id}", Set.of("role", "state"));

    /** Those that take no object of fields. */
    private static final Set<String> WITHOUT_FIELDS = Set.of(
            "POST /api/upload",
            "POST /api/upload/multiple",
            "POST /api/upload/check",
            "PUT /api/upload/{name}",
            "POST /api/admin/owners/{id}/login-link");

    private Accounts accounts;
    private Owner alice;
    private String admin;
    private String token;
    private JsonNode picture;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @BeforeEach
    void addOwner() throws Exception {
        accounts = new Accounts(service());
        alice = accounts.add(Role.USER);
        admin = accounts.token(OwnerId.DEFAULT);
        token = accounts.token(alice.id());
        picture = upload(new Multipart()).data();
    }

    @Test
    void everyFieldThatNobodyAskedForIsRefused() throws Exception {
        JsonNode owners = get("/api/admin/owners", admin);
        JsonNode images = get("/api/images", token);
        List<String> routes = RouteTable.permissions().keySet().stream()
                .filter(route -> route.matches("(POST|PUT|PATCH) /api/.*"))
                .filter(route -> !WITHOUT_FIELDS.contains(route) && !RouteTable.isOfOthers(route))
                .toList();
        assertThat(routes).contains("POST /api/session", "POST /api/invitation", "PATCH /api/images/{id}");
        for (String route : routes) {
            for (String field : FIELDS) {
                if (!LEGAL.getOrDefault(route, Set.of()).contains(field)) {
                    Answer refused = send(route, "{\"" + field + "\":1}").isError(400, "invalid_parameter");
                    assertThat(refused.message()).as(route).contains(" " + field + " ");
                }
            }
        }

        assertThat(get("/api/admin/owners", admin)).isEqualTo(owners);
        assertThat(get("/api/images", token)).isEqualTo(images);
    }

    /** Clients of other image hosts send fields that mean nothing here. */
    @Test
    void noFieldOfAnUploadGivesItToSomebodyElse() throws Exception {
        long before = get("/api/images", admin).at("/pagination/totalItems").asLong();
        Multipart form = new Multipart();
        for (String field : FIELDS) {
            form = form.text(field, "1");
        }

        JsonNode uploaded = upload(form).isSuccess("上传成功").data();

        assertThat(get("/api/images/" + uploaded.get("id").asLong(), token)).isNotNull();
        assertThat(get("/api/images", admin).at("/pagination/totalItems").asLong())
                .isEqualTo(before);
        assertThat(get("/api/me", token).get("role").asString()).isEqualTo("user");
    }

    private Answer upload(Multipart form) throws Exception {
        return client().post(
                        "/api/upload",
                        form.file("image", "a.png", Pictures.uniquePng()),
                        "Authorization",
                        "Bearer " + token);
    }

    private Answer send(String route, String body) throws Exception {
        List<String> parts = Splitter.on(' ').splitToList(route);
        boolean isForAdministrators = parts.get(1).startsWith("/api/admin/");
        String id = isForAdministrators
                ? String.valueOf(alice.id().value())
                : picture.get("id").asString();
        return client().send(
                        parts.get(0),
                        parts.get(1).replace("{id}", id),
                        BodyPublishers.ofString(body),
                        "Authorization",
                        "Bearer " + (isForAdministrators ? admin : token),
                        "Accept-Language",
                        "en");
    }

    private JsonNode get(String path, String sender) throws Exception {
        return client().get(path, "Authorization", "Bearer " + sender).data();
    }
}
