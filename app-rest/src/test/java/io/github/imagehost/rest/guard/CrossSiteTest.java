package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossSiteTest extends ServiceTest {

    private static final String FRIEND = "https://friend.example";
    /** As Obsidian, Capacitor, Tauri and extensions of browsers send them. */
    private static final List<String> APPLICATIONS = List.of(
            "app://obsidian.md",
            "capacitor://localhost",
            "tauri://localhost",
            "chrome-extension://cjpalhdlnbpafiamejdnhcphjbkeiagm",
            "moz-extension://2f7c5a3e-6c1d-4f35-9a2b-0b1c2d3e4f50");

    private static final String STRANGER = "https://stranger.example";

    @Override
    protected Map<String, String> settings() {
        return Map.of("CORS_ORIGINS", FRIEND + ", http://localhost:5173, " + String.join(",", APPLICATIONS));
    }

    @Test
    void pagesOfAllowedOriginsMayUseTheApi() throws Exception {
        Answer preFlight = preFlight(FRIEND);
        assertThat(preFlight.status()).isEqualTo(200);
        assertThat(preFlight.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(preFlight.header("Access-Control-Allow-Methods")).contains("DELETE", "PUT");

        Answer list = client().get("/api/images", "Origin", FRIEND).isSuccess("操作成功");
        assertThat(list.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(list.header("Access-Control-Expose-Headers")).contains("Retry-After");
        assertThat(list.header("Access-Control-Allow-Credentials")).isEmpty();
        upload("Origin", FRIEND, "Sec-Fetch-Site", "cross-site").isSuccess("上传成功");
    }

    @Test
    void pagesOfAllowedApplicationsMayUseTheApi() throws Exception {
        for (String application : APPLICATIONS) {
            Answer preFlight = preFlight(application);
            assertThat(preFlight.status()).as(application).isEqualTo(200);
            assertThat(preFlight.header("Access-Control-Allow-Origin")).isEqualTo(application);

            Answer upload = upload("Origin", application, "Sec-Fetch-Site", "cross-site")
                    .isSuccess("上传成功");
            assertThat(upload.header("Access-Control-Allow-Origin")).isEqualTo(application);
        }
        preFlight("app://stranger.example").isError(403, "cross_site_refused");
    }

    @Test
    void whatAllowedOriginsMayNotDoIsAnsweredInTheEnvelope() throws Exception {
        client().send(
                        "OPTIONS",
                        "/api/images/1",
                        HttpRequest.BodyPublishers.noBody(),
                        "Origin",
                        FRIEND,
                        "Access-Control-Request-Method",
                        "TRACK")
                .isError(403, "cross_site_refused");
        client().send("PUT", "/api/images", HttpRequest.BodyPublishers.noBody(), "Origin", FRIEND)
                .isError(405, "method_not_allowed");
    }

    @Test
    void pagesOfOtherSitesMayNot() throws Exception {
        Answer preFlight = preFlight(STRANGER).isError(403, "cross_site_refused");
        assertThat(preFlight.header("Access-Control-Allow-Origin")).isEmpty();

        long id = upload().data().get("id").asLong();
        client().send("DELETE", "/api/images/" + id, HttpRequest.BodyPublishers.noBody(), "Origin", STRANGER)
                .isError(403, "cross_site_refused");
        client().send("DELETE", "/api/images/" + id, HttpRequest.BodyPublishers.noBody(), "Origin", "null")
                .isError(403, "cross_site_refused");
        client().send(
                        "DELETE",
                        "/api/images/" + id,
                        HttpRequest.BodyPublishers.noBody(),
                        "Sec-Fetch-Site",
                        "cross-site")
                .isError(403, "cross_site_refused");
        client().send("DELETE", "/api/images/" + id, HttpRequest.BodyPublishers.noBody(), "Sec-Fetch-Site", "same-site")
                .isError(403, "cross_site_refused");
        upload("Origin", STRANGER).isError(403, "cross_site_refused");
        client().put("cat.png", Pictures.uniquePng(), "Origin", STRANGER).isError(403, "cross_site_refused");
        client().postJson("/api/upload/check", "{\"digests\":[]}", "Origin", STRANGER)
                .isError(403, "cross_site_refused");
        client().get("/api/images/" + id).isSuccess("操作成功");
    }

    @Test
    void whatOtherSitesReadTheyCannotSee() throws Exception {
        Answer list = client().get("/api/images", "Origin", STRANGER).isSuccess("操作成功");

        assertThat(list.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(list.header("Vary")).containsIgnoringCase("Origin");
    }

    @Test
    void otherSitesMayShowImages() throws Exception {
        String path = Client.pathOf(upload().data().get("url").asString());

        Answer answer = client().get(path, "Origin", STRANGER, "Sec-Fetch-Site", "cross-site");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    }

    @Test
    void ourOwnPagesAndProgramsMayUseTheApi() throws Exception {
        upload("Origin", client().base().toString()).isSuccess("上传成功");
        upload("Origin", "http://images.test").isSuccess("上传成功");
        upload("Origin", STRANGER, "Sec-Fetch-Site", "same-origin").isSuccess("上传成功");
        upload("Sec-Fetch-Site", "none").isSuccess("上传成功");
        upload().isSuccess("上传成功");
    }

    private Answer preFlight(String origin) throws Exception {
        return client().send(
                        "OPTIONS",
                        "/api/images/1",
                        HttpRequest.BodyPublishers.noBody(),
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "DELETE");
    }

    private Answer upload(String... headers) throws Exception {
        return client().post("/api/upload", new Multipart().file("image", "a.png", Pictures.uniquePng()), headers);
    }
}
