package io.github.imagehost.rest.compat.lsky;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients of Lsky Pro do beside uploading, and what they are told. */
class LskyTest extends ServiceTest {

    private static final String HOST = "http://images.test";

    private Accounts accounts;
    private OwnerId owner;
    private Client alice;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "MAX_FILE_SIZE", "100000", "METADATA_CACHE", "0s");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
        alice = client().with("Authorization", "Bearer " + accounts.token(owner));
    }

    private JsonNode upload(String name, byte[] picture) throws Exception {
        Answer answer = alice.post("/api/v1/upload", new Multipart().file("file", name, picture));
        assertThat(answer.json().get("status").asBoolean()).as(answer.text()).isTrue();
        return answer.data();
    }

    @Test
    void anUploadIsToldAsThere() throws Exception {
        byte[] picture = Pictures.jpegOfSize(2048 + 512);

        Answer answer = alice.post("/api/v1/upload", new Multipart().file("file", "猫.jpg", picture));

        assertThat(Answer.names(answer.json())).containsExactly("status", "message", "data");
        assertThat(answer.message()).isEqualTo("上传成功");
        JsonNode data = answer.data();
        assertThat(Answer.names(data))
                .containsExactly(
                        "key",
                        "name",
                        "pathname",
                        "origin_name",
                        "size",
                        "mimetype",
                        "extension",
                        "md5",
                        "sha1",
                        "links");
        String name = data.get("name").asString();
        assertThat(name).isEqualTo(data.get("key").asString() + ".jpg");
        assertThat(data.get("pathname").asString()).isEqualTo("i/" + name);
        assertThat(data.get("origin_name").asString()).isEqualTo("猫.jpg");
        assertThat(data.get("size").toString()).isEqualTo("2.5");
        assertThat(data.get("mimetype").asString()).isEqualTo("image/jpeg");
        assertThat(data.get("extension").asString()).isEqualTo("jpg");
        JsonNode links = data.get("links");
        assertThat(Answer.names(links))
                .containsExactly(
                        "url", "html", "bbcode", "markdown", "markdown_with_link", "thumbnail_url", "delete_url");
        String url = HOST + "/i/" + name;
        assertThat(links.get("url").asString()).isEqualTo(url);
        assertThat(links.get("html").asString()).isEqualTo("<img src=\"" + url + "\" alt=\"猫.jpg\" title=\"猫.jpg\" />");
        assertThat(links.get("bbcode").asString()).isEqualTo("[img]" + url + "[/img]");
        assertThat(links.get("markdown").asString()).isEqualTo("![猫.jpg](" + url + ")");
        assertThat(links.get("markdown_with_link").asString()).isEqualTo("[![猫.jpg](" + url + ")](" + url + ")");
        assertThat(links.get("thumbnail_url").asString()).isEqualTo(url + "/thumb");
        assertThat(links.get("delete_url").asString()).startsWith(HOST + "/d/" + name + "/");
    }

    @Test
    void aSizeIsANumberWithAPointAlsoIfItIsWhole() throws Exception {
        assertThat(upload("a.jpg", Pictures.jpegOfSize(4096)).get("size").toString())
                .isEqualTo("4.0");
    }

    @Test
    void aNameIsNothingButTextWhereverItIsPasted() throws Exception {
        String name = "\\\"><img src=x onerror=alert(1)>](javascript:x) [a]`*.png";

        JsonNode links = upload(name, Pictures.uniquePng()).get("links");

        String html = links.get("html").asString();
        assertThat(html).matches("<img src=\"[^\"<>]*\" alt=\"[^\"<>]*\" title=\"[^\"<>]*\" />");
        assertThat(html).contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
        assertThat(links.get("markdown").asString())
                .matches("!\\[(?:[^\\[\\]<>()`*\\\\]|\\\\.)*]\\(http://images\\.test/i/[a-z0-9.]*\\)")
                .contains("\\<img src=x onerror=alert\\(1\\)\\>\\]\\(javascript:x\\)");
    }

    @Test
    void listsPageByPageAsLaravelDoes() throws Exception {
        for (int i = 0; i < 41; i++) {
            upload(i == 7 ? "seven up.png" : "n" + i + ".png", Pictures.uniquePng());
        }

        JsonNode first = alice.get("/api/v1/images?order=earliest&page=1").data();
        assertThat(Answer.names(first))
                .containsExactly(
                        "current_page",
                        "data",
                        "first_page_url",
                        "from",
                        "last_page",
                        "last_page_url",
                        "links",
                        "next_page_url",
                        "path",
                        "per_page",
                        "prev_page_url",
                        "to",
                        "total");
        assertThat(first.get("data")).hasSize(40);
        assertThat(first.get("total").asInt()).isEqualTo(41);
        assertThat(first.get("per_page").asInt()).isEqualTo(40);
        assertThat(first.get("last_page").asInt()).isEqualTo(2);
        assertThat(first.get("from").asInt()).isEqualTo(1);
        assertThat(first.get("to").asInt()).isEqualTo(40);
        assertThat(first.get("prev_page_url").isNull()).isTrue();
        assertThat(first.get("path").asString()).isEqualTo(HOST + "/api/v1/images");
        assertThat(first.get("next_page_url").asString()).isEqualTo(HOST + "/api/v1/images?order=earliest&page=2");

        JsonNode second = alice.get("/api/v1/images?order=earliest&page=2").data();
        assertThat(namesIn(second)).containsExactly("n40.png");
        assertThat(second.get("from").asInt()).isEqualTo(41);
        assertThat(second.get("to").asInt()).isEqualTo(41);
        assertThat(second.get("next_page_url").isNull()).isTrue();

        JsonNode item = second.get("data").get(0);
        assertThat(Answer.names(item))
                .containsExactly(
                        "key",
                        "name",
                        "pathname",
                        "origin_name",
                        "size",
                        "mimetype",
                        "extension",
                        "md5",
                        "sha1",
                        "links",
                        "width",
                        "height",
                        "human_date",
                        "date");
        assertThat(item.get("human_date").asString()).matches("刚刚|[0-9]+秒前|1分钟前");
        assertThat(item.get("date").asString()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(alice.get("/api/v1/images?page=2", "Accept-Language", "en")
                        .data()
                        .at("/data/0/human_date")
                        .asString())
                .matches("just now|[0-9]+ seconds? ago|1 minute ago");

        assertThat(namesIn(alice.get("/api/v1/images?keyword=seven%20UP").data()))
                .containsExactly("seven up.png");
        assertThat(namesIn(alice.get("/api/v1/images?order=newest").data())).startsWith("n40.png", "n39.png");
        assertThat(namesIn(alice.get("/api/v1/images?page=9").data())).isEmpty();
    }

    @Test
    void ordersBySize() throws Exception {
        upload("small.jpg", Pictures.jpegOfSize(5000));
        upload("large.jpg", Pictures.jpegOfSize(9000));

        assertThat(namesIn(alice.get("/api/v1/images?order=utmost").data())).containsExactly("large.jpg", "small.jpg");
        assertThat(namesIn(alice.get("/api/v1/images?order=least").data())).containsExactly("small.jpg", "large.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=x",
                "page=99999999999999999999",
                "order=nope",
                "permission=private",
                "permission=public",
                "keyword=",
                "album_id="
            })
    void parametersThatMeanNothingDoNoHarm(String query) throws Exception {
        upload("a.png", Pictures.uniquePng());

        JsonNode page = alice.get("/api/v1/images?" + query).data();

        assertThat(namesIn(page)).containsExactly("a.png");
        assertThat(page.get("current_page").asInt()).isEqualTo(1);
    }

    @Test
    void thereAreNoAlbums() throws Exception {
        upload("a.png", Pictures.uniquePng());

        assertThat(namesIn(alice.get("/api/v1/images?album_id=1").data())).isEmpty();
        JsonNode albums = alice.get("/api/v1/albums").data();
        assertThat(albums.get("data")).isEmpty();
        assertThat(albums.get("total").asInt()).isZero();
        assertThat(albums.get("last_page").asInt()).isEqualTo(1);
        assertThat(albums.get("from").isNull()).isTrue();
        Answer deleted = alice.delete("/api/v1/albums/1");
        assertThat(deleted.text()).isEqualTo("{\"status\":true,\"message\":\"删除成功\",\"data\":{}}");
    }

    @Test
    void albumsAreListedFilledAndDeleted() throws Exception {
        String ferien = addAlbum("Ferien");
        String arbeit = addAlbum("Arbeit");
        for (String album : List.of(ferien, "987654321", "0", "", "x")) {
            alice.post(
                            "/api/v1/upload",
                            new Multipart()
                                    .text("album_id", album)
                                    .file("file", "in" + album + ".png", Pictures.uniquePng()))
                    .data();
        }

        JsonNode albums = alice.get("/api/v1/albums").data();
        assertThat(albums.get("data").toString())
                .isEqualTo("[{\"id\":%s,\"name\":\"Arbeit\",\"intro\":\"\",\"image_num\":0},".formatted(arbeit)
                        + "{\"id\":%s,\"name\":\"Ferien\",\"intro\":\"\",\"image_num\":1}]".formatted(ferien));
        assertThat(albums.get("total").asInt()).isEqualTo(2);
        assertThat(alice.get("/api/v1/albums?order=most&keyword=FER")
                        .data()
                        .at("/data/0/name")
                        .asString())
                .isEqualTo("Ferien");
        assertThat(alice.get("/api/v1/albums?page=2").data().get("data")).isEmpty();
        assertThat(namesIn(alice.get("/api/v1/images?album_id=" + ferien).data()))
                .containsExactly("in" + ferien + ".png");
        assertThat(alice.get("/api/v1/profile").data().get("album_num").asInt()).isEqualTo(2);

        for (int i = 0; i < 2; i++) {
            assertThat(alice.delete("/api/v1/albums/" + ferien).text())
                    .isEqualTo("{\"status\":true,\"message\":\"删除成功\",\"data\":{}}");
        }
        assertThat(alice.get("/api/v1/albums").data().get("total").asInt()).isOne();
        assertThat(namesIn(alice.get("/api/v1/images").data())).hasSize(5);
    }

    private String addAlbum(String name) throws Exception {
        return alice.postJson("/api/albums", "{\"name\":\"" + name + "\"}")
                .json()
                .at("/data/id")
                .asString();
    }

    @Test
    void thereIsOneStrategyWhichEverybodySees() throws Exception {
        assertThat(client().get("/api/v1/strategies").text())
                .isEqualTo("{\"status\":true,\"message\":\"操作成功\",\"data\":{\"strategies\":"
                        + "[{\"id\":1,\"name\":\"default\"}]}}");
    }

    @Test
    void theProfileTellsWhatIsThereInKibibytes() throws Exception {
        upload("a.jpg", Pictures.jpegOfSize(5120));

        JsonNode profile = alice.get("/api/v1/profile").data();

        assertThat(Answer.names(profile))
                .containsExactly(
                        "name",
                        "avatar",
                        "email",
                        "capacity",
                        "used_capacity",
                        "url",
                        "image_num",
                        "album_num",
                        "registered_ip");
        assertThat(profile.get("used_capacity").asDouble()).isEqualTo(5);
        assertThat(profile.get("capacity").asDouble()).isGreaterThan(1e12);
        assertThat(profile.get("image_num").asInt()).isEqualTo(1);
        assertThat(profile.get("url").asString()).isEqualTo(HOST);

        setQuota(10 * 1024);
        assertThat(alice.get("/api/v1/profile").data().get("capacity").asDouble())
                .isEqualTo(10);
    }

    private void setQuota(long bytes) {
        service().part(QuotaLedger.class).setQuota(owner, new Quota(OptionalLong.empty(), OptionalLong.of(bytes)));
    }

    @Test
    void aFullQuotaIsToldLikeAnyOtherRefusal() throws Exception {
        setQuota(1);

        Answer answer = alice.post("/api/v1/upload", new Multipart().file("file", "a.png", Pictures.uniquePng()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"status\":false,\"message\":\"储存空间不足：已达到图片数量或容量上限\",\"data\":{}}");
    }

    @Test
    void whatIsNoFormIsRefusedAsThere() throws Exception {
        Answer answer = alice.postJson("/api/v1/upload", "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"status\":false,\"message\":\"请选择要上传的文件\",\"data\":{}}");
    }

    @Test
    void aKeyDeletesWithAndWithoutTheExtension() throws Exception {
        JsonNode first = upload("a.png", Pictures.uniquePng());
        JsonNode second = upload("b.png", Pictures.uniquePng());

        alice.delete("/api/v1/images/" + first.get("key").asString()).data();
        alice.delete("/api/v1/images/" + second.get("name").asString()).data();

        assertThat(namesIn(alice.get("/api/v1/images").data())).isEmpty();
    }

    @Test
    void whatIsNotThereIsDeletedAsWellAndWhatIsAnotherOwnersStays() throws Exception {
        JsonNode image = upload("a.png", Pictures.uniquePng());
        Client bob =
                client().with("token", accounts.token(accounts.add(Role.USER).id()));

        Answer others = bob.delete("/api/v1/images/" + image.get("key").asString());
        Answer nobodys = bob.delete("/api/v1/images/nothing");

        assertThat(others.text())
                .isEqualTo(nobodys.text())
                .isEqualTo("{\"status\":true,\"message\":\"删除成功\",\"data\":{}}");
        assertThat(namesIn(alice.get("/api/v1/images").data())).containsExactly("a.png");
        assertThat(namesIn(bob.get("/api/v1/images?keyword=a.png").data())).isEmpty();
    }

    @Test
    void whoMayNotDeleteGetsNoLinksForIt() throws Exception {
        JsonNode own = upload("a.png", Pictures.uniquePng());
        Client reader = client().with("token", accounts.token(owner, EnumSet.of(Scope.READ)));

        JsonNode listed = reader.get("/api/v1/images").data().at("/data/0/links");

        assertThat(listed.has("delete_url")).isFalse();
        assertThat(alice.get("/api/v1/images")
                        .data()
                        .at("/data/0/links/delete_url")
                        .asString())
                .isEqualTo(own.at("/links/delete_url").asString());
    }

    private static List<String> namesIn(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("data").forEach(item -> names.add(item.get("origin_name").asString()));
        return names;
    }
}
