package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.sharing.SharingFields;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people may do who bring no credential, where they may upload. Each test is a client of its own. */
class GuestUploadTest extends ServiceTest {

    private static final int LARGEST = 5000;
    private static final int RATE = 5;

    private static int clients;

    private String address;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "GUEST_UPLOAD", "true",
                "GUEST_MAX_SIZE", String.valueOf(LARGEST),
                "GUEST_TYPES", "image/png",
                "GUEST_RATE_LIMIT", String.valueOf(RATE),
                "RATE_LIMIT_MAX", "0",
                "METADATA_CACHE", "1h",
                "TRUSTED_PROXIES", "127.0.0.1");
    }

    @BeforeEach
    void beAnotherClient() {
        address = "2001:db8:0:%x::1".formatted(++clients);
    }

    @Test
    void aGuestUploadsForTheOwnerOfGuests() throws Exception {
        byte[] picture = Pictures.uniquePng();

        JsonNode told = upload(picture, "cat.png").isSuccess("上传成功").data();

        assertThat(client().get(Client.pathOf(told.get("url").asString())).bytes())
                .isEqualTo(picture);
        assertThat(told.get("originalName").asString()).isEqualTo("cat.png");
        assertThat(names(guest())).contains("cat.png");
        assertThat(names(OwnerId.DEFAULT)).doesNotContain("cat.png");
        put(Pictures.uniquePng()).isSuccess("上传成功");
    }

    private List<String> names(OwnerId owner) throws Exception {
        List<String> names = new ArrayList<>();
        service()
                .part(ImageHost.class)
                .list(ImageQuery.of(owner))
                .images()
                .forEach(image -> names.add(image.originalName()));
        return names;
    }

    @Test
    void nobodyIsToldWhatAnotherGuestHasUploaded() throws Exception {
        byte[] picture = Pictures.uniquePng();
        JsonNode first = upload(picture, "first.png").isSuccess("上传成功").data();
        beAnotherClient();

        JsonNode second = upload(picture, "second.png").isSuccess("上传成功").data();
        JsonNode fresh =
                upload(Pictures.uniquePng(), "second.png").isSuccess("上传成功").data();

        assertThat(Answer.names(second)).isEqualTo(Answer.names(fresh));
        for (JsonNode told : List.of(first, second, fresh)) {
            assertThat(told.get("id").isNull()).isTrue();
            assertThat(told.get("duplicate").asBoolean()).isFalse();
        }
        assertThat(second.get("originalName").asString()).isEqualTo("second.png");
        assertThat(second.get("uploadTime").asString())
                .isGreaterThanOrEqualTo(first.get("uploadTime").asString());
        assertThat(second.get("url")).isEqualTo(first.get("url"));
        assertThat(put(picture).isSuccess("上传成功").data().get("originalName").asString())
                .isEqualTo("raw.png");
    }

    @Test
    void norInARequestWithSeveral() throws Exception {
        byte[] picture = Pictures.uniquePng();
        upload(picture, "first.png").isSuccess("上传成功");
        Multipart several = new Multipart()
                .file("images", "again.png", picture)
                .file("images", "again.png", picture)
                .file("images", "fresh.png", Pictures.uniquePng());

        JsonNode data =
                client().post("/api/upload/multiple", several, headers()).data();

        assertThat(data.get("totalUploaded").asInt()).isEqualTo(3);
        for (JsonNode success : data.get("successful")) {
            assertThat(success.get("duplicate").asBoolean()).isFalse();
            assertThat(success.get("data").get("id").isNull()).isTrue();
            assertThat(success.get("data").get("originalName").asString()).isIn("again.png", "fresh.png");
        }
    }

    /** A duplicate would be answered as the first guest wanted. */
    @Test
    void norByWhatAnImageIsSharedAs() throws Exception {
        for (String field : SharingFields.NAMES) {
            Multipart form =
                    new Multipart().file("image", "a.png", Pictures.uniquePng()).text(field, "1");
            client().post("/api/upload", form, headers()).isError(403, "forbidden");
        }
        beAnotherClient();
        client().put("a.png?visibility=private", Pictures.uniquePng(), headers("Content-Type", "image/png"))
                .isError(403, "forbidden");

        JsonNode told = upload(Pictures.uniquePng(), "a.png").data();

        assertThat(told.get("visibility").asString()).isEqualTo("public");
        assertThat(List.of(told.get("deleteUrl"), told.get("expiresAt"), told.get("viewsLeft")))
                .allMatch(JsonNode::isNull);
    }

    @Test
    void norByAQuotaThatIsFull() throws Exception {
        byte[] picture = Pictures.uniquePng();
        upload(picture, "first.png").isSuccess("上传成功");
        QuotaLedger quotas = service().part(QuotaLedger.class);
        long images = quotas.usage(guest()).images();

        quotas.setQuota(guest(), new Quota(OptionalLong.of(images), OptionalLong.empty()));
        try {
            upload(picture, "second.png").isError(403, "quota_exceeded");
            upload(Pictures.uniquePng(), "fresh.png").isError(403, "quota_exceeded");
        } finally {
            quotas.setQuota(guest(), Quota.NONE);
        }
        upload(picture, "second.png").isSuccess("上传成功");
    }

    @Test
    void guestsMayUploadLessThanOthers() throws Exception {
        byte[] large = Pictures.png(200, 200);
        assertThat(large.length).isGreaterThan(LARGEST);

        Answer refused = upload(large, "large.png").isError(413, "file_too_large");
        assertThat(refused.message()).contains(String.valueOf(LARGEST));
        put(large).isError(413, "file_too_large");
        Answer wrongType = upload(Pictures.uniqueJpeg(), "a.jpg").isError(415, "unsupported_image");
        assertThat(wrongType.message()).contains("image/png").doesNotContain("image/gif");

        JsonNode data = client().post(
                        "/api/upload/multiple",
                        new Multipart()
                                .file("images", "large.png", large)
                                .file("images", "a.jpg", Pictures.uniqueJpeg())
                                .file("images", "small.png", Pictures.uniquePng()),
                        headers())
                .data();
        assertThat(data.get("totalUploaded").asInt()).isEqualTo(1);
        assertThat(data.get("failed").findValuesAsString("code"))
                .containsExactly("file_too_large", "unsupported_image");

        String[] token = headers("X-API-Key", accounts().token(OwnerId.DEFAULT));
        client().post("/api/upload", new Multipart().file("image", "large.png", large), token)
                .isSuccess("上传成功");
        client().put("a.jpg", Pictures.uniqueJpeg(), token).isSuccess("上传成功");
    }

    @Test
    void eachGuestMayDoSoOnlyAFewTimes() throws Exception {
        for (int i = 0; i < RATE; i++) {
            assertThat(put(Pictures.uniquePng()).isSuccess("上传成功").header("RateLimit-Remaining"))
                    .isEqualTo(String.valueOf(RATE - 1 - i));
        }
        put(Pictures.uniquePng()).isError(429, "rate_limited");
        client().put("a.png", Pictures.uniquePng(), headers("token", accounts().token(OwnerId.DEFAULT)))
                .isSuccess("上传成功");

        beAnotherClient();
        put(Pictures.uniquePng()).isSuccess("上传成功");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/images",
                "GET /api/images/1",
                "DELETE /api/images/1",
                "DELETE /api/images",
                "POST /api/upload/check",
                "GET /api/me",
                "GET /api/tokens",
                "POST /api/tokens",
                "GET /api/sessions",
                "PUT /api/me/password",
                "GET /api/admin/owners"
            })
    void guestsMayDoNothingElse(String route) throws Exception {
        String[] parts = route.split(" ", 2);

        client().send(parts[0], parts[1], BodyPublishers.noBody(), headers()).isError(401, "login_required");
    }

    @Test
    void aWrongCredentialMakesNoGuest() throws Exception {
        byte[] picture = Pictures.uniquePng();

        client().put("a.png", picture, headers("token", "nonsense")).isError(401, "token_invalid");
        client().put("a.png", picture, headers("Cookie", "imagehost=" + "x".repeat(43)))
                .isError(401, "login_required");
        client().put("a.png", picture, headers("Origin", "https://stranger.example"))
                .isError(403, "cross_site_refused");
    }

    @Test
    void nobodyActsForTheOwnerOfGuestsInPerson() throws Exception {
        String admin = accounts().token(OwnerId.DEFAULT);
        String path = "/api/admin/owners/" + guest().value();

        client().postJson(path + "/login-link", "", headers("token", admin)).isError(409, "guest_owner");
        patch(path, "{\"role\":\"user\"}", admin).isError(409, "guest_owner");
        patch(path, "{\"role\":\"guest\"}", admin).isError(400, "invalid_parameter");
        client().postJson("/api/session", "{\"name\":\"guest\",\"password\":\"\"}", headers())
                .isError(401, "login_failed");
        assertThat(patch(path, "{\"maxImages\":1000000}", admin)
                        .data()
                        .get("role")
                        .asString())
                .isEqualTo("guest");
    }

    private Answer patch(String path, String json, String token) throws Exception {
        return client().send("PATCH", path, BodyPublishers.ofString(json), headers("token", token));
    }

    @Test
    void anAdministratorKeepsGuestsOut() throws Exception {
        String admin = accounts().token(OwnerId.DEFAULT);
        String path = "/api/admin/owners/" + guest().value();

        patch(path, "{\"state\":\"suspended\"}", admin).isSuccess("操作成功");
        put(Pictures.uniquePng()).isError(401, "login_required");

        patch(path, "{\"state\":\"active\"}", admin).isSuccess("操作成功");
        put(Pictures.uniquePng()).isSuccess("上传成功");
    }

    private OwnerId guest() {
        return service().part(Guests.class).owner().id();
    }

    private Accounts accounts() {
        return new Accounts(service());
    }

    private Answer upload(byte[] picture, String name) throws Exception {
        return client().post("/api/upload", new Multipart().file("image", name, picture), headers());
    }

    private Answer put(byte[] picture) throws Exception {
        return client().put("raw.png", picture, headers());
    }

    private String[] headers(String... further) {
        List<String> all = new ArrayList<>(List.of("X-Forwarded-For", address));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }
}
