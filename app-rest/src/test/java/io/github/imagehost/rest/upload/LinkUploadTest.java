package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.web.testing.TestWebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pictures that are behind links, or in them. Whatever is refused leaves nothing: no image, no file, no connection. */
class LinkUploadTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 3_000_000;

    private final Map<String, TestWebServer.Handler> pages = new ConcurrentHashMap<>();
    private final TestWebServer web =
            start((request, out) -> Objects.requireNonNull(pages.get(request.replaceFirst("(?s)GET (/[^ ?]*).*", "$1")))
                    .answer(request, out));
    private Owner owner;
    private Client friend;

    private static TestWebServer start(TestWebServer.Handler handler) {
        try {
            return TestWebServer.start(handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "GUEST_UPLOAD", "true",
                "RATE_LIMIT_MAX", "0",
                "MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE),
                "FETCH_TIMEOUT", "1s",
                "FETCH_ALLOW", "127.0.0.1:" + web.port());
    }

    @BeforeAll
    void makeFriend() {
        Accounts accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        friend = client().with("Authorization", "Bearer " + accounts.token(owner.id()), "Accept-Language", "en");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        web.awaitNoConnection();
        assertThat(Spool.in(dataDirectory()).files()).isEmpty();
    }

    @AfterAll
    void stop() {
        web.close();
    }

    private List<Image> images() {
        return service()
                .part(ImageHost.class)
                .list(ImageQuery.of(owner.id()).limit(100))
                .images();
    }

    private static String json(String url) {
        return "{\"url\":\"" + url + "\"}";
    }

    private static Answer upload(Client client, String json) throws Exception {
        return client.postJson("/api/upload/url", json);
    }

    private void refused(int status, String code, String json, String... said) throws Exception {
        List<Image> before = images();

        Answer answer = upload(friend, json).isError(status, code);

        assertThat(answer.message()).doesNotContain("{", "127.0.0.1");
        for (String part : said) {
            assertThat(answer.message()).contains(part);
        }
        assertThat(images()).isEqualTo(before);
    }

    @Test
    void aPictureIsFetchedAndStoredOnce() throws Exception {
        byte[] picture = Pictures.uniquePng();
        pages.put(
                "/a/%E7%8C%AB.txt",
                (request, out) -> out.write(TestWebServer.answer("200 OK", "Content-Type: text/plain\r\n", picture)));
        pages.put("/moved", TestWebServer.redirect("/a/猫.txt"));

        JsonNode told =
                upload(friend, json(web.url("/moved"))).isSuccess("Uploaded").data();
        JsonNode again = upload(friend, json(web.url("/a/猫.txt?w=1")))
                .isSuccess("The image exists already, this is its link")
                .data();

        assertThat(told.get("originalName").asString()).isEqualTo("猫.txt");
        assertThat(told.get("mimeType").asString()).isEqualTo("image/png");
        assertThat(client().get(Client.pathOf(told.get("url").asString())).bytes())
                .isEqualTo(picture);
        assertThat(again.get("id")).isEqualTo(told.get("id"));
        friend.upload("same.png", picture).isSuccess("The image exists already, this is its link");
    }

    @Test
    void itIsSharedAsAnyUploadMayBe() throws Exception {
        pages.put("/cat.png", TestWebServer.picture(Pictures.uniquePng()));
        String fields = ",\"visibility\":\"private\",\"expiresIn\":\"7d\",\"maxViews\":3,\"expiresAt\":null}";

        JsonNode told = upload(friend, json(web.url("/cat.png")).replace("}", fields))
                .isSuccess("Uploaded")
                .data();

        assertThat(told.get("visibility").asString()).isEqualTo("private");
        assertThat(told.get("viewsLeft").asInt()).isEqualTo(3);
        assertThat(told.get("expiresAt").isNull()).isFalse();
    }

    @Test
    void whatIsWrongBesideALinkIsToldBeforeItIsFollowed() throws Exception {
        int before = web.connections();

        refused(400, "invalid_parameter", json(web.url("/")).replace("}", ",\"visibility\":\"x\"}"), "visibility");
        refused(400, "invalid_parameter", json(web.url("/")).replace("}", ",\"size\":1}"), "size", "url, visibility");

        assertThat(web.connections()).isEqualTo(before);
    }

    @Test
    void clientsOfCheveretoMaySendALinkForTheFile() throws Exception {
        byte[] picture = Pictures.uniquePng();
        pages.put("/cat.png", TestWebServer.picture(picture));
        pages.put("/away", TestWebServer.redirect("http://10.0.0.1/cat.png"));

        Answer stored = friend.post("/api/1/upload", new Multipart().text("source", web.url("/cat.png")));
        Answer refused = friend.post("/api/1/upload", new Multipart().text("source", web.url("/away")));
        // short enough if it were cut, and without the blanks
        String longLink = " ".repeat(100) + web.url("/cat.png?") + "x".repeat(9_000);
        Answer tooLong = friend.post("/api/1/upload", new Multipart().text("source", longLink));
        Answer ofGuest = client().post("/api/1/upload", new Multipart().text("source", web.url("/cat.png")));

        assertThat(stored.json().at("/image/original_filename").asString()).isEqualTo("cat.png");
        assertThat(client().get(Client.pathOf(stored.json().at("/image/url").asString()))
                        .bytes())
                .isEqualTo(picture);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/message").asString()).contains("not in the public internet");
        assertThat(tooLong.json().at("/error/message").asString()).contains("it is no link");
        assertThat(ofGuest.status()).isEqualTo(400);
        assertThat(ofGuest.json().at("/error/code").asInt()).isEqualTo(120);
    }

    @Test
    void aPictureMayBeInTheRequestItself() throws Exception {
        byte[] picture = Pictures.jpegOfSize(MAX_FILE_SIZE);
        String base64 = Base64.getEncoder().encodeToString(picture);

        JsonNode told = upload(friend, json("data:image\\/png;base64," + base64.replace("/", "\\/")))
                .isSuccess("Uploaded")
                .data();
        JsonNode bare = upload(friend, json(base64))
                .isSuccess("The image exists already, this is its link")
                .data();

        assertThat(told.get("originalName").asString()).isEqualTo("image.jpg");
        assertThat(told.get("fileSize").asInt()).isEqualTo(MAX_FILE_SIZE);
        assertThat(bare.get("id")).isEqualTo(told.get("id"));
    }

    @Test
    void noFileIsLargerThanFilesMayBe() throws Exception {
        byte[] large = Pictures.jpegOfSize(MAX_FILE_SIZE + 1);
        String base64 = Base64.getEncoder().encodeToString(large);
        pages.put(
                "/announced",
                TestWebServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: " + (MAX_FILE_SIZE + 1) + "\r\n\r\n"));
        pages.put("/endless", (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(large);
            }
        });

        for (String url : List.of(
                "data:;base64," + base64,
                base64,
                "data:;base64," + "x".repeat(3 * MAX_FILE_SIZE),
                web.url("/announced"),
                web.url("/endless"))) {
            refused(413, "file_too_large", json(url), String.valueOf(MAX_FILE_SIZE));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            file:///etc/passwd                     | http:// or https://
            ftp://example.com/cat.png              | http:// or https://
            cat.example/cat.png                    | http:// or https://
            http:/example.com                      | no link
            data:image/png                         | no link
            http://user:secret@example.com/cat.png | a user name or a password
            http://2130706433/                     | an address as it is usually written
            http://0x7f.1/                         | an address as it is usually written
            http://127.0.0.1:1/                    | 80 or 443
            http://example.com:22/                 | 80 or 443
            http://127.0.0.1/                      | not in the public internet
            https://localhost/                     | not in the public internet
            http://[::1]/                          | not in the public internet
            http://[::ffff:169.254.169.254]/       | not in the public internet
            http://[64:ff9b::10.0.0.1]/            | not in the public internet
            http://169.254.169.254/latest/         | not in the public internet
            """)
    void whatMayNotBeFetchedIsRefusedWithItsReason(String link, String reason) throws Exception {
        refused(400, "url_refused", json(link), reason);
        pages.put("/leads", TestWebServer.redirect(link));
        if (!link.startsWith("data:") && !link.startsWith("cat.")) {
            refused(400, "url_refused", json(web.url("/leads")), reason);
        }
    }

    /** Nobody learns what is in a private network: not whether a host is there, nor whether it listens. */
    @Test
    void theAnswersToWhatMayNotBeAskedAreTheSame() throws Exception {
        try (ServerSocket open = new ServerSocket(0)) {
            String here = answerTo("http://127.0.0.1/");

            assertThat(answerTo("http://127.0.0.9/")).isEqualTo(here);
            assertThat(answerTo("https://localhost/")).isEqualTo(here);
            assertThat(answerTo("http://127.0.0.2:" + web.port() + "/")).isEqualTo(here);
            assertThat(answerTo("http://127.0.0.1:" + open.getLocalPort() + "/"))
                    .isEqualTo(answerTo("http://127.0.0.1:1/"));
        }
    }

    private String answerTo(String link) throws Exception {
        Answer answer = upload(friend, json(link)).isError(400, "url_refused");
        return answer.text().replaceAll("\"(timestamp|requestId)\":\"[^\"]*\"", "");
    }

    @Test
    void whatCanNotBeFetchedIsToldToBeSo() throws Exception {
        pages.put("/gone", (request, out) -> out.write(TestWebServer.answer("404 Not Found", "", new byte[0])));
        pages.put(
                "/gzip",
                (request, out) ->
                        out.write(TestWebServer.answer("200 OK", "Content-Encoding: gzip\r\n", Pictures.uniquePng())));
        pages.put(
                "/short",
                (request, out) ->
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx".getBytes(StandardCharsets.UTF_8)));
        pages.put("/loop", TestWebServer.redirect("/loop"));
        pages.put("/slow", (request, out) -> drip(out));

        refused(422, "url_unreachable", json(web.url("/gone")), "HTTP status 404");
        refused(422, "url_unreachable", json(web.url("/gzip")), "compressed");
        refused(422, "url_unreachable", json(web.url("/short")), "broke off");
        refused(400, "url_refused", json(web.url("/loop")), "too often");
        refused(422, "url_too_slow", json(web.url("/slow")), "longer than 1 seconds");
        assertThat(upload(
                                client().with("Authorization", "Bearer " + new Accounts(service()).token(owner.id())),
                                json(web.url("/gone")))
                        .message())
                .isEqualTo("图片抓取失败：对方服务器返回HTTP状态404");
    }

    private static void drip(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        while (true) {
            out.write('x');
            Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
        }
    }

    @Test
    void itsContentSaysWhatItIs() throws Exception {
        byte[] picture = Pictures.uniquePng();
        pages.put("/cat.png", TestWebServer.picture(Pictures.html()));
        pages.put("/cut.png", TestWebServer.picture(Arrays.copyOf(picture, picture.length / 2)));
        pages.put("/empty.png", TestWebServer.picture(new byte[0]));

        refused(415, "unsupported_image", json(web.url("/cat.png")));
        refused(422, "image_truncated", json(web.url("/cut.png")));
        refused(400, "file_empty", json(web.url("/empty.png")));
        refused(400, "file_empty", json("data:,"));
        refused(415, "unsupported_image", json("data:image/png,hello"));
        refused(400, "malformed_base64", json("data:image/png;base64,=x="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "\"x\"", "{", "{\"url\":\"data:,x\"", "{\"url\":\"data:,x", "{\"url\":\"data:,x\"} x"})
    void whatIsNoObjectIsRefused(String json) throws Exception {
        refused(400, "object_required", json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":1}",
                "{\"url\":null}",
                "{\"url\":[\"data:,x\"]}",
                "{\"url\":\"data:,x\",\"url\":\"data:,x\"}",
                "{\"url\":\"data:,x\",\"visibility\":{}}",
                "{\"url\":\"data:,x\",\"maxViews\":1.5}",
                "{\"maxViews\":0,\"url\":\"data:,x\"}"
            })
    void aFieldThatIsNotLegalIsNamed(String json) throws Exception {
        refused(400, "invalid_parameter", json);
    }

    @Test
    void aFieldIsShort() throws Exception {
        refused(
                400,
                "invalid_parameter",
                json("data:,x").replace("}", ",\"visibility\":\"" + "x".repeat(100_000) + "\"}"),
                "1000");
    }

    @Test
    void nothingIsFetchedForWhoeverSharesAnOwner() throws Exception {
        Accounts accounts = new Accounts(service());
        String published = accounts.token(
                owner.id(),
                List.of(Scope.UPLOAD),
                new TokenBinding(Set.of(new Origin("https://blog.example")), Set.of()));
        Client guest = client();
        Client visitor = client().with("Authorization", "Bearer " + published, "Origin", "https://blog.example");
        int before = web.connections();

        for (Client shared : List.of(guest, visitor)) {
            upload(shared, json(web.url("/cat.png"))).isError(403, "fetch_forbidden");
            String picture = Base64.getEncoder().encodeToString(Pictures.uniquePng());
            upload(shared, json("data:image/png;base64," + picture)).isSuccess("上传成功");
        }

        assertThat(web.connections()).isEqualTo(before);
    }
}
