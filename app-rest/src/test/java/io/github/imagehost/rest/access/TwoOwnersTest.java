package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    void noFilterAndNoOrderShowsWhatIsAnotherOwners() throws Exception {
        Set<Long> own = new TreeSet<>();
        JsonNode others = upload(alice, Pictures.uniquePng());
        for (int i = 0; i < 3; i++) {
            own.add(upload(bob, Pictures.uniquePng()).get("id").asLong());
            others = upload(alice, Pictures.uniquePng());
        }
        String othersDigest = others.get("fileHash").asString();
        for (String sortBy :
                List.of("id", "filename", "original_name", "file_size", "mime_type", "upload_time", "updated_at")) {
            for (String order : List.of("asc", "desc")) {
                String list = "/api/images?sortBy=" + sortBy + "&sortOrder=" + order;
                for (String search : List.of("", "picture", "PICTURE.PNG", "png")) {
                    assertThat(idsOnAllPages(list + "&limit=2&search=" + search))
                            .as(list + " " + search)
                            .isEqualTo(own);
                    assertThat(idsByCursor(list + "&limit=1&search=" + search))
                            .as(list + " " + search)
                            .isEqualTo(own);
                }
                for (String search : List.of(
                        othersDigest,
                        others.get("filename").asString(),
                        "%25",
                        "_",
                        "'%20OR%201=1%20--%20",
                        "%5c'%20OR%20''='",
                        "picture.png')%20OR%20(1=1")) {
                    assertThat(idsOnAllPages(list + "&search=" + search))
                            .as(search)
                            .isEmpty();
                }
            }
        }
        for (String owner : List.of("owner=default", "ownerId=1", "owner_id=1", "all=true")) {
            assertThat(idsOnAllPages("/api/images?" + owner)).as(owner).isEqualTo(own);
        }
    }

    /** Where another owner's list goes on says nothing of whose it is. */
    @Test
    void aCursorOfAnotherOwnersLeadsOnInOnesOwn() throws Exception {
        long first = upload(bob, Pictures.uniquePng()).get("id").asLong();
        for (int i = 0; i < 3; i++) {
            upload(alice, Pictures.uniquePng());
        }
        String list = "/api/images?sortBy=id&sortOrder=desc&limit=1";
        String cursor =
                send("GET", list, "", alice).data().at("/pagination/nextCursor").asString();

        JsonNode page = send("GET", list + "&cursor=" + cursor, "", bob)
                .isSuccess("操作成功")
                .data();

        assertThat(page.get("images")).hasSize(1);
        assertThat(page.at("/images/0/id").asLong()).isEqualTo(first);
    }

    private Set<Long> idsOnAllPages(String list) throws Exception {
        Set<Long> ids = new TreeSet<>();
        JsonNode data = send("GET", list, "", bob).isSuccess("操作成功").data();
        long total = data.at("/pagination/totalItems").asLong();
        for (int page = 1; page <= data.at("/pagination/totalPages").asInt(); page++) {
            send("GET", list + "&page=" + page, "", bob)
                    .data()
                    .get("images")
                    .forEach(image -> ids.add(image.get("id").asLong()));
        }
        assertThat(ids).hasSize((int) total);
        return ids;
    }

    private Set<Long> idsByCursor(String list) throws Exception {
        Set<Long> ids = new TreeSet<>();
        String next = list;
        while (!next.isEmpty()) {
            JsonNode data = send("GET", next, "", bob).isSuccess("操作成功").data();
            data.get("images").forEach(image -> ids.add(image.get("id").asLong()));
            JsonNode cursor = data.at("/pagination/nextCursor");
            next = cursor.isNull() ? "" : list + "&cursor=" + cursor.asString();
        }
        return ids;
    }

    @Test
    void tokensAndSessionsListedAreOnesOwn() throws Exception {
        String hers =
                send("GET", "/api/tokens", "", alice).data().at("/tokens/0/id").asString();

        JsonNode tokens = send("GET", "/api/tokens", "", bob).data().get("tokens");

        assertThat(tokens).hasSize(1);
        assertThat(tokens.get(0).get("id").asString()).isNotEqualTo(hers);
        send("POST", "/api/session", "{\"token\":\"" + alice + "\"}", alice).isSuccess("登录成功");
        assertThat(send("GET", "/api/sessions", "", alice).data().get("sessions"))
                .hasSize(1);
        assertThat(send("GET", "/api/sessions", "", bob).data().get("sessions")).isEmpty();
    }

    /** Otherwise the service would answer that it has it, before the picture was sent. */
    @Test
    void aPictureThatAnotherOwnerHasIsAskedFor() throws Exception {
        byte[] picture = Pictures.uniquePng();
        upload(alice, picture);
        for (String token : List.of(alice, bob)) {
            try (RawConnection connection = RawConnection.to(service().port())) {
                connection.head(
                        "PUT /api/upload/a.png HTTP/1.1",
                        "Authorization: Bearer " + token,
                        "Content-Length: " + picture.length,
                        "Expect: 100-continue",
                        "Repr-Digest: sha-256=:" + sha256(picture) + ":");
                assertThat(connection.readHead()).startsWith(token.equals(alice) ? "HTTP/1.1 200" : "HTTP/1.1 100");
            }
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
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
