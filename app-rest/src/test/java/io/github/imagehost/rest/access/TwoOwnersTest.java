package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is another owner's is answered as what is not there. */
class TwoOwnersTest extends ServiceTest {

    private static final long NOBODYS = 987_654_321;

    private String alice;
    private String bob;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @BeforeEach
    void addOwners() {
        Accounts accounts = new Accounts(service());
        alice = accounts.token(accounts.add(Role.USER).id());
        bob = accounts.token(accounts.add(Role.USER).id());
    }

    @Test
    void anotherOwnersIdIsAnsweredAsOneThatIsNotThere() throws Exception {
        long id = upload(alice, Pictures.uniquePng()).get("id").asLong();
        for (String method : List.of("GET", "HEAD", "DELETE")) {
            Answer others = send(method, "/api/images/" + id, "", bob);
            assertSame(others, send(method, "/api/images/" + NOBODYS, "", bob));
            assertThat(others.status()).isEqualTo(404);
        }
        assertSame(
                send("DELETE", "/api/images", "{\"ids\":[" + id + "]}", bob),
                send("DELETE", "/api/images", "{\"ids\":[" + NOBODYS + "]}", bob));

        send("GET", "/api/images/" + id, "", alice).isSuccess("操作成功");
    }

    @Test
    void listsAndSearchesShowWhatIsOnesOwn() throws Exception {
        JsonNode image = upload(alice, Pictures.uniquePng());
        String filename = image.get("filename").asString();
        String digest = image.get("fileHash").asString();
        for (String query : List.of("", "?search=" + filename, "?search=" + digest, "?search=picture", "?limit=1")) {
            JsonNode list = send("GET", "/api/images" + query, "", bob)
                    .isSuccess("操作成功")
                    .data();
            assertThat(list.get("images")).as(query).isEmpty();
            assertThat(list.get("pagination").get("totalItems").asLong()).isZero();
        }
        assertThat(send("GET", "/api/images?search=" + digest, "", alice).data().get("images"))
                .hasSize(1);
    }

    @Test
    void aDigestThatAnotherOwnerHasIsUnknown() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String digest = upload(alice, picture).get("fileHash").asString();

        JsonNode answer = send("POST", "/api/upload/check", "{\"digests\":[\"" + digest + "\"]}", bob)
                .data();

        assertThat(answer.get("known")).isEmpty();
        assertThat(answer.get("unknown").get(0).asString()).isEqualTo(digest);
    }

    @Test
    void anUploadOfWhatAnotherOwnerHasIsAnsweredAsNew() throws Exception {
        byte[] picture = Pictures.uniquePng();
        JsonNode first = upload(alice, picture);

        Answer answer = post(bob, picture).isSuccess("上传成功");

        assertThat(answer.data().get("id").asLong())
                .isNotEqualTo(first.get("id").asLong());
        assertThat(answer.data().get("filename")).isNotEqualTo(first.get("filename"));
        post(bob, picture).isSuccess("图片已存在，返回已有链接");

        long id = answer.data().get("id").asLong();
        send("DELETE", "/api/images/" + id, "", bob).isSuccess("删除成功");
        assertThat(client().get("/i/" + first.get("filename").asString()).status())
                .isEqualTo(200);
    }

    private JsonNode upload(String token, byte[] picture) throws Exception {
        return post(token, picture).isSuccess("上传成功").data();
    }

    private Answer post(String token, byte[] picture) throws Exception {
        return client().post(
                        "/api/upload",
                        new Multipart().file("image", "picture.png", picture),
                        "Authorization",
                        "Bearer " + token);
    }

    private Answer send(String method, String path, String body, String token) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }

    private static void assertSame(Answer one, Answer other) {
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(withoutTimeAndId(one.text())).isEqualTo(withoutTimeAndId(other.text()));
        assertThat(withoutDate(one)).isEqualTo(withoutDate(other));
    }

    private static String withoutTimeAndId(String text) {
        return text.replaceAll("\"(requestId|timestamp)\":\"[^\"]*\"", "");
    }

    private static Map<String, List<String>> withoutDate(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        headers.remove("date");
        return headers;
    }
}
