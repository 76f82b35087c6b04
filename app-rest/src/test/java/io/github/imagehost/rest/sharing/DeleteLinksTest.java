package io.github.imagehost.rest.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deleting without a login, by a link. */
class DeleteLinksTest extends ServiceTest {

    private Accounts accounts;
    private Owner owner;
    private String uploadOnly;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "1h");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        uploadOnly = accounts.token(owner.id(), Set.of(Scope.UPLOAD));
    }

    @Test
    void whoHasTheLinkIsAskedAndDeletesTheImage() throws Exception {
        JsonNode image = upload(uploadOnly, "cat.png", Pictures.uniquePng());
        String path = deletePath(image);

        Answer page = client().get(path, "Accept-Language", "en");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text()).contains("Do you want to delete “cat.png”?", "<html lang=\"en\">", "method=\"post\"");
        assertThat(client().get(Client.pathOf(image.get("url").asString())).status())
                .isEqualTo(200);

        Answer deleted = post(path);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text()).contains("删除成功").doesNotContain("<form");

        client().get(Client.pathOf(image.get("url").asString())).isError(404, "image_not_found");
        post(path).isError(404, "image_not_found");
        client().get(path).isError(404, "image_not_found");
    }

    @Test
    void aBrowserThatTellsWhereItComesFromMayDelete() throws Exception {
        String path = deletePath(upload(uploadOnly, "a.png", Pictures.uniquePng()));

        assertThat(client().get(path).header("Referrer-Policy")).isEqualTo("same-origin");
        Answer deleted = client().send(
                        "POST",
                        path,
                        BodyPublishers.noBody(),
                        "Origin",
                        client().base().toString());

        assertThat(deleted.status()).isEqualTo(200);
    }

    @Test
    void aNameIsNoPartOfThePage() throws Exception {
        String path = deletePath(upload(uploadOnly, "<script>alert(1){form}.png", Pictures.uniquePng()));

        String page = client().get(path).text();

        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;").containsOnlyOnce("<form");
    }

    @Test
    void everyWrongLinkIsAnsweredAsOneToAnImageThatIsNotThere() throws Exception {
        JsonNode image = upload(uploadOnly, "a.png", Pictures.uniquePng());
        JsonNode other = upload(uploadOnly, "b.png", Pictures.uniquePng());
        String filename = image.get("filename").asString();
        String signature = deletePath(image).replaceAll(".*/", "");
        String othersSignature = deletePath(other).replaceAll(".*/", "");

        for (String wrong : new String[] {
            filename + "/" + othersSignature,
            filename + "/" + signature.substring(1),
            filename + "/" + signature + "A",
            filename + "/x",
            "abcdefghijklmnopqrstuvwxyz.png/" + signature
        }) {
            client().get("/d/" + wrong).isError(404, "image_not_found");
            post("/d/" + wrong).isError(404, "image_not_found");
        }
        assertThat(client().get("/i/" + filename).status()).isEqualTo(200);
    }

    @Test
    void aSuspendedOwnersLinkDeletesNothing() throws Exception {
        JsonNode image = upload(uploadOnly, "a.png", Pictures.uniquePng());
        accounts.suspend(owner.id());

        post(deletePath(image)).isError(404, "image_not_found");

        assertThat(client().get(Client.pathOf(image.get("url").asString())).status())
                .isEqualTo(200);
    }

    /** Otherwise whoever may upload could delete every picture of which he has a copy. */
    @Test
    void whatWasThereBeforeIsDeletedByThoseAloneWhoMayDelete() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String all = accounts.token(owner.id());
        JsonNode first = upload(all, "a.png", picture);

        assertThat(upload(uploadOnly, "a.png", picture).get("deleteUrl").isNull())
                .isTrue();
        assertThat(upload(all, "a.png", picture).get("deleteUrl")).isEqualTo(first.get("deleteUrl"));
        String digests = "{\"digests\":[\"" + first.get("fileHash").asString() + "\"]}";
        assertThat(check(accounts.token(owner.id(), Set.of(Scope.READ)), digests)
                        .get("deleteUrl")
                        .isNull())
                .isTrue();
        assertThat(check(all, digests).get("deleteUrl")).isEqualTo(first.get("deleteUrl"));
    }

    @Test
    void whoMayDeleteIsToldTheLinkOfEachOfHisImages() throws Exception {
        String all = accounts.token(owner.id());
        String readOnly = accounts.token(owner.id(), Set.of(Scope.READ, Scope.MANAGE));
        JsonNode image = upload(uploadOnly, "a.png", Pictures.uniquePng());
        String path = "/api/images/" + image.get("id").asLong();

        for (String[] way :
                new String[][] {{"GET", path, ""}, {"PATCH", path, "{\"maxViews\":7}"}, {"DELETE", path + "/links", ""}
                }) {
            JsonNode told = send(way[0], way[1], way[2], all);
            assertThat(Answer.names(told)).endsWith("viewsLeft", "tags", "albums", "deleteUrl");
            assertThat(told.get("deleteUrl")).isEqualTo(image.get("deleteUrl"));
            assertThat(send(way[0], way[1], way[2], readOnly).get("deleteUrl").isNull())
                    .isTrue();
        }
        assertThat(send("GET", "/api/images", "", all).at("/images/0/deleteUrl"))
                .isEqualTo(image.get("deleteUrl"));
        assertThat(send("GET", "/api/images", "", readOnly)
                        .at("/images/0/deleteUrl")
                        .isNull())
                .isTrue();
        assertThat(post(deletePath(send("GET", path, "", all))).status()).isEqualTo(200);
    }

    private JsonNode send(String method, String path, String body, String token) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token)
                .data();
    }

    private JsonNode check(String token, String digests) throws Exception {
        return client().postJson("/api/upload/check", digests, "Authorization", "Bearer " + token)
                .data()
                .get("known")
                .get(0);
    }

    private JsonNode upload(String token, String name, byte[] picture) throws Exception {
        return client().post(
                        "/api/upload", new Multipart().file("image", name, picture), "Authorization", "Bearer " + token)
                .data();
    }

    private Answer post(String path) throws Exception {
        return client().send("POST", path, BodyPublishers.noBody());
    }

    private static String deletePath(JsonNode image) {
        return Client.pathOf(image.get("deleteUrl").asString());
    }
}
