package io.github.imagehost.rest.compat.picgo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The service in the place of the server within PicGo. */
class PicgoServerTest extends ServiceTest {

    private Accounts accounts;
    private OwnerId owner;
    private String token;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "MAX_FILE_SIZE", "100000", "METADATA_CACHE", "0s");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
        token = accounts.token(owner);
    }

    private Answer upload(Multipart form) throws Exception {
        return client().post("/upload?key=" + token, form);
    }

    private Answer delete(String json) throws Exception {
        return client().postJson("/delete?key=" + token, json);
    }

    private long images() throws Exception {
        return client().get("/api/images", "token", token)
                .data()
                .at("/pagination/totalItems")
                .asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void theHeartbeatIsForEverybody(String method) throws Exception {
        Answer answer = client().send(method, "/heartbeat", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"success\":true,\"result\":\"alive\"}");
    }

    @Test
    void severalFilesAreAnsweredInTheirOrder() throws Exception {
        Multipart form = new Multipart();
        for (int i = 0; i < 10; i++) {
            form.file(i % 2 == 0 ? "list" : "file" + i, "p" + i + ".png", Pictures.uniquePng());
        }

        JsonNode answer = upload(form).json();

        assertThat(Answer.names(answer)).containsExactly("success", "result", "fullResult");
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("result")).hasSize(10);
        for (int i = 0; i < 10; i++) {
            JsonNode full = answer.get("fullResult").get(i);
            assertThat(full.get("fileName").asString()).isEqualTo("p" + i + ".png");
            assertThat(full.get("imgUrl")).isEqualTo(answer.get("result").get(i));
        }
        assertThat(Answer.names(answer.at("/fullResult/0")))
                .containsExactly(
                        "fileName",
                        "extname",
                        "width",
                        "height",
                        "size",
                        "mimeType",
                        "imgUrl",
                        "thumbnailUrl",
                        "type",
                        "id",
                        "deleteUrl");
        assertThat(answer.at("/fullResult/0/extname").asString()).isEqualTo(".png");
    }

    @Test
    void theSamePictureTwiceAtOnceIsOne() throws Exception {
        byte[] picture = Pictures.uniquePng();

        JsonNode result = upload(new Multipart().file("a", "a.png", picture).file("b", "b.png", picture))
                .json()
                .get("result");

        assertThat(result).hasSize(2);
        assertThat(result.get(0)).isEqualTo(result.get(1));
        assertThat(images()).isEqualTo(1);
    }

    @Test
    void moreThanTenAreRefusedAsAWhole() throws Exception {
        Multipart form = new Multipart();
        for (int i = 0; i < 11; i++) {
            form.file("list", "p.png", Pictures.uniquePng());
        }

        Answer answer = upload(form);

        assertThat(answer.text()).isEqualTo("{\"success\":false,\"message\":\"单次最多上传10个文件\"}");
        assertThat(images()).isZero();
    }

    @Test
    void oneThatIsRefusedIsNamedAndTheOthersAreToldAllTheSame() throws Exception {
        JsonNode answer = upload(new Multipart()
                        .file("list", "ok.png", Pictures.uniquePng())
                        .file("list", "页.html", Pictures.html()))
                .json();

        assertThat(answer.get("success").asBoolean()).isFalse();
        assertThat(answer.get("message").asString()).startsWith("页.html: 不支持的文件类型");
        assertThat(answer.get("result")).hasSize(1);
        assertThat(delete("{\"list\":" + answer.get("fullResult") + "}")
                        .json()
                        .get("success")
                        .asBoolean())
                .isTrue();
        assertThat(images()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"list\":[\"C:\\\\Users\\\\me\\\\a.png\",\"/etc/passwd\"]}", "{}", "", "[]"})
    void pathsAreNotRead(String body) throws Exception {
        Answer answer = client().postJson("/upload?key=" + token, body, "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(
                        "{\"success\":false,\"message\":\"请求中只有文件路径，服务无法读取您设备上的文件；" + "请以multipart/form-data上传文件内容\"}");
    }

    @Test
    void reasonsAreInTheLanguageOfTheClient() throws Exception {
        assertThat(client().postJson("/upload?key=" + token, "{}", "Accept-Language", "en")
                        .message())
                .startsWith("The request only names paths");
        assertThat(client().postJson("/upload?key=imh_x", "{}", "Accept-Language", "en")
                        .message())
                .isEqualTo("The access token is not valid");
    }

    @Test
    void onlyAPictureWithANameIsAFileInAnyField() throws Exception {
        assertThat(upload(new Multipart().text("list", "C:\\a.png").text("x", "y"))
                        .message())
                .startsWith("请选择要上传的文件。收到的字段: list, x；");
    }

    @Test
    void anIdDeletesWhereThereIsNoLinkAndALinkCountsMore() throws Exception {
        JsonNode first = upload(new Multipart().file("f", "a.png", Pictures.uniquePng()))
                .json()
                .at("/fullResult/0");
        JsonNode second = upload(new Multipart().file("f", "b.png", Pictures.uniquePng()))
                .json()
                .at("/fullResult/0");

        // PicList gives its entries ids of its own
        Answer answer = delete("{\"list\":[{\"id\":" + second.get("id") + ",\"imgUrl\":" + first.get("imgUrl") + "}]}");
        assertThat(answer.text()).isEqualTo("{\"success\":true,\"message\":\"删除成功\"}");
        assertThat(client().get("/api/images/" + second.get("id"), "token", token)
                        .status())
                .isEqualTo(200);
        assertThat(delete("{\"list\":[{\"id\":\"" + second.get("id") + "\",\"type\":\"x\"}]}")
                        .json()
                        .get("success")
                        .asBoolean())
                .isTrue();
        assertThat(images()).isZero();
    }

    @Test
    void aLinkIntoTheStoreDeletesNoPictureThatIsCalledLikeItsKey() throws Exception {
        JsonNode meant = upload(new Multipart().file("f", "a.png", Pictures.uniquePng()))
                .json()
                .at("/fullResult/0");
        JsonNode other = upload(new Multipart().file("f", "b.png", Pictures.uniquePng()))
                .json()
                .at("/fullResult/0");
        String inStore = other.get("imgUrl").asString().replace("http://images.test/i/", "https://cdn.test/2025/");

        assertThat(delete("{\"list\":[{\"imgUrl\":\"" + inStore + "\"}]}")
                        .json()
                        .get("success")
                        .asBoolean())
                .isFalse();
        assertThat(delete("{\"list\":[{\"imgUrl\":\"" + inStore + "\",\"deleteUrl\":" + meant.get("deleteUrl") + "}]}")
                        .json()
                        .get("success")
                        .asBoolean())
                .isTrue();
        client().get("/api/images/" + other.get("id"), "token", token).isSuccess("操作成功");
        client().get("/api/images/" + meant.get("id"), "token", token).isError(404, "image_not_found");
    }

    @Test
    void whatIsAnotherOwnersIsAnsweredAsWhatIsNotThere() throws Exception {
        JsonNode image = upload(new Multipart().file("f", "a.png", Pictures.uniquePng()))
                .json()
                .at("/fullResult/0");
        String bob = accounts.token(accounts.add(Role.USER).id());

        for (String reference :
                new String[] {"{\"id\":" + image.get("id") + "}", "{\"imgUrl\":" + image.get("imgUrl") + "}", "" + image
                }) {
            Answer others = client().postJson("/delete?key=" + bob, "{\"list\":[" + reference + "]}");
            Answer nobodys = client().postJson("/delete?key=" + bob, "{\"list\":[{\"id\":987654321}]}");
            assertThat(others.text())
                    .isEqualTo(nobodys.text())
                    .isEqualTo("{\"success\":false,\"message\":\"没有找到要删除的图片\"}");
        }
        assertThat(images()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"x\"",
                "{\"list\":null}",
                "{\"list\":{}}",
                "{\"list\":[]}",
                "{\"list\":\"http://images.test/i/a.png\"}",
                "{\"list\":[null]}",
                "{\"list\":[[]]}",
                "{\"list\":[7]}",
                "{\"list\":[\"http://images.test/i/a.png\"]}",
                "{\"list\":[{}]}",
                "{\"list\":[{\"id\":null}]}",
                "{\"list\":[{\"id\":-1}]}",
                "{\"list\":[{\"id\":1.5}]}",
                "{\"list\":[{\"id\":\"1 OR 1=1\"}]}",
                "{\"list\":[{\"id\":99999999999999999999}]}",
                "{\"list\":[{\"id\":true}]}",
                "{\"list\":[{\"imgUrl\":\"\"}]}",
                "{\"list\":[{\"imgUrl\":\"/\",\"id\":1}]}",
                "{\"list\":[{\"imgUrl\":{\"$ne\":1}}]}",
                "{\"list\":[{\"imgUrl\":\"http://images.test/i/%00\"}]}",
                "{\"list\":[{\"imgUrl\":\"../../../etc/passwd\"}]}",
                "{\"list\":[{\"imgUrl\":\"http://images.test/i/x' OR '1'='1.png\"}]}"
            })
    void nothingIsDeletedByWhatRefersToNothing(String body) throws Exception {
        upload(new Multipart().file("f", "a.png", Pictures.uniquePng()));

        Answer answer = delete(body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Answer.names(answer.json())).containsExactly("success", "message");
        assertThat(answer.json().get("success").asBoolean()).isFalse();
        assertThat(images()).isEqualTo(1);
    }

    @Test
    void aListThatIsTooLongIsRefused() throws Exception {
        String reference = "{\"id\":1}";

        assertThat(delete("{\"list\":[" + (reference + ",").repeat(100) + reference + "]}")
                        .message())
                .isEqualTo("单次最多删除100张图片");
        assertThat(delete("{\"list\":[{\"id\":1,\"x\":\"" + "x".repeat(300_000) + "\"}]}")
                        .message())
                .isEqualTo("请求内容过大");
        assertThat(delete("[".repeat(100_000)).json().get("success").asBoolean())
                .isFalse();
    }

    @Test
    void aTokenForUploadsDeletesNothing() throws Exception {
        String uploadOnly = accounts.token(owner, EnumSet.of(Scope.UPLOAD));
        Client client = client();
        JsonNode full = client.post(
                        "/upload", new Multipart().file("f", "a.png", Pictures.uniquePng()), "token", uploadOnly)
                .json()
                .get("fullResult");

        Answer answer = client.postJson("/delete?key=" + uploadOnly, "{\"list\":" + full + "}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"success\":false,\"message\":\"该令牌没有delete权限\"}");
        assertThat(images()).isEqualTo(1);
    }

    @Test
    void anAddressMayNameOneTokenOnly() throws Exception {
        Multipart form = new Multipart().file("f", "a.png", Pictures.uniquePng());
        String other = accounts.token(owner);

        assertThat(client().post("/upload?key=" + token + "&secret=" + token, form, "token", token)
                        .json()
                        .get("success")
                        .asBoolean())
                .isTrue();
        for (String query :
                new String[] {"key=" + token + "&secret=" + other, "key=" + token + "&key=" + other, "key=" + other}) {
            Answer answer = client().post("/upload?" + query, form, "token", token);
            assertThat(answer.text()).isEqualTo("{\"success\":false,\"message\":\"请求中有多个不同的访问令牌，请只提供一个\"}");
        }
        assertThat(
                        RawRequest.send(
                                service().port(),
                                "POST /upload?key=%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .contains("HTTP/1.1 401", "访问令牌无效");
        assertThat(client().post("/upload?key=&secret", form).message()).isEqualTo("请先登录或提供访问令牌");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/images?key=", "/api/upload?key=", "/api/me?secret=", "/api/v1/images?key="})
    void elsewhereNoTokenIsTakenFromTheAddress(String path) throws Exception {
        assertThat(client().get(path + token).status()).isIn(401, 405);
        assertThat(client().postJson(path + token, "{}").status()).isIn(401, 405);
    }
}
