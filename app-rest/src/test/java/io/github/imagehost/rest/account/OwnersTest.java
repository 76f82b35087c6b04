package io.github.imagehost.rest.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OwnersTest extends ServiceTest {

    private String name;
    private Accounts accounts;
    private String admin;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "1h");
    }

    @BeforeEach
    void becomeAdministrator() {
        name = "o" + UUID.randomUUID();
        accounts = new Accounts(service());
        admin = accounts.token(OwnerId.DEFAULT);
    }

    @Test
    void anOwnerIsAddedListedAndFound() throws Exception {
        Answer added = send("POST", "/api/admin/owners", "{\"name\":\"" + name.toUpperCase(Locale.ROOT) + "\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("data").get("name").asString()).isEqualTo(name);
        assertThat(added.json().get("data").get("role").asString()).isEqualTo("user");
        assertThat(added.json().get("data").get("state").asString()).isEqualTo("active");
        JsonNode owners =
                send("GET", "/api/admin/owners", "").isSuccess("操作成功").data().get("owners");
        assertThat(owners.get(0).get("id").asLong()).isEqualTo(OwnerId.DEFAULT.value());
        assertThat(owners).contains(added.json().get("data"));
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        send("POST", "/api/admin/owners", "{\"name\":\"" + name + "\"}");
        Owner other = accounts.add(Role.USER);

        send("POST", "/api/admin/owners", "{\"name\":\"" + name + "\"}").isError(409, "name_taken");
        change(other, "{\"name\":\"" + name + "\"}").isError(409, "name_taken");
    }

    @Test
    void whatChangesHoldsAtOnce() throws Exception {
        Owner owner = accounts.add(Role.USER);
        String token = accounts.token(owner.id());
        as(token, "GET", "/api/admin/owners", "").isError(403, "forbidden");

        change(owner, "{\"role\":\"admin\"}").isSuccess("操作成功");
        as(token, "GET", "/api/admin/owners", "").isSuccess("操作成功");

        change(owner, "{\"role\":\"user\"}").isSuccess("操作成功");
        as(token, "GET", "/api/admin/owners", "").isError(403, "forbidden");

        assertThat(change(owner, "{\"state\":\"suspended\"}")
                        .data()
                        .get("state")
                        .asString())
                .isEqualTo("suspended");
        as(token, "GET", "/api/images", "").isError(403, "owner_suspended");

        change(owner, "{\"state\":\"active\"}").isSuccess("操作成功");
        as(token, "GET", "/api/images", "").isSuccess("操作成功");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"state\":\"suspended\"}", "{\"role\":\"user\"}"})
    void theFirstOwnerStaysAnActiveAdministrator(String body) throws Exception {
        send("PATCH", "/api/admin/owners/1", body).isError(409, "first_owner_stays");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"7\"} | invalid_parameter",
                "{\"name\":\"a b\"} | invalid_parameter",
                "{\"name\":\"<script>\"} | invalid_parameter",
                "{\"role\":\"root\"} | invalid_parameter",
                "{\"role\":null} | invalid_parameter",
                "{\"state\":\"gone\"} | invalid_parameter",
                "{\"id\":1} | invalid_parameter",
                "{\"quota\":1} | invalid_parameter",
                "{\"maxImages\":-1} | invalid_parameter",
                "{\"maxImages\":\"1\"} | invalid_parameter",
                "{\"maxBytes\":1.5} | invalid_parameter",
                "{\"maxBytes\":99999999999999999999} | invalid_parameter",
                "no json | object_required"
            })
    void whatIsNotLegalChangesNothing(String body, String code) throws Exception {
        Owner owner = accounts.add(Role.USER);
        JsonNode before = send("GET", "/api/admin/owners", "").data();

        change(owner, body).isError(400, code);
        as(admin, "POST", "/api/admin/owners", body).isError(400, code);

        assertThat(send("GET", "/api/admin/owners", "").data()).isEqualTo(before);
    }

    @Test
    void aQuotaHoldsForUploadsOfAllKinds() throws Exception {
        Owner owner = accounts.add(Role.USER);
        String token = accounts.token(owner.id());
        byte[] first = Pictures.uniquePng();
        byte[] others = Pictures.uniquePng();
        upload(admin, others).isSuccess("上传成功");
        JsonNode limited = change(owner, "{\"maxImages\":1}").isSuccess("操作成功").data();
        assertThat(limited.get("quota").toString()).isEqualTo("{\"images\":1,\"bytes\":null}");
        assertThat(limited.get("usage").toString()).isEqualTo("{\"images\":0,\"bytes\":0}");

        upload(token, first).isSuccess("上传成功");
        upload(token, first).isSuccess("图片已存在，返回已有链接");
        upload(token, Pictures.uniquePng()).isError(403, "quota_exceeded");
        upload(token, others).isError(403, "quota_exceeded");
        Answer several = client().post(
                        "/api/upload/multiple",
                        new Multipart().file("images", "a.png", first).file("images", "b.png", Pictures.uniquePng()),
                        "Authorization",
                        "Bearer " + token);
        assertThat(several.data().get("totalUploaded").asInt()).isEqualTo(1);
        assertThat(several.data().get("failed").get(0).get("code").asString()).isEqualTo("quota_exceeded");

        JsonNode me = as(token, "GET", "/api/me", "").data();
        assertThat(me.get("usage").get("images").asInt()).isEqualTo(1);
        assertThat(me.get("usage").get("bytes").asInt()).isEqualTo(first.length);
        change(owner, "{\"maxImages\":null,\"maxBytes\":" + (first.length + others.length) + "}");
        upload(token, others).isSuccess("上传成功");
        upload(token, Pictures.uniquePng()).isError(403, "quota_exceeded");
    }

    @Test
    void whoIsNotThereIsNotChanged() throws Exception {
        for (String id : new String[] {"987654", "0", "x", "99999999999999999999"}) {
            send("PATCH", "/api/admin/owners/" + id, "{}").isError(404, "owner_not_found");
        }
    }

    private Answer upload(String token, byte[] picture) throws Exception {
        return client().post(
                        "/api/upload",
                        new Multipart().file("image", "a.png", picture),
                        "Authorization",
                        "Bearer " + token);
    }

    private Answer change(Owner owner, String body) throws Exception {
        return send("PATCH", "/api/admin/owners/" + owner.id().value(), body);
    }

    private Answer send(String method, String path, String body) throws Exception {
        return as(admin, method, path, body);
    }

    private Answer as(String token, String method, String path, String body) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }
}
