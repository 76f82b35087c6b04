package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RawAnswer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every client gets what it looks for, and whoever uses it gets to know why something is refused. */
class RecordedClientsTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 100_000;
    private static final String NAME = "图片 测试.png";

    private static int clients;

    private String token;
    private String address;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS",
                "token",
                "MAX_FILE_SIZE",
                String.valueOf(MAX_FILE_SIZE),
                "CORS_ORIGINS",
                "app://obsidian.md,https://blog.example",
                "TRUSTED_PROXIES",
                "127.0.0.1",
                "RATE_LIMIT_MAX",
                "0");
    }

    static Stream<RecordedRequest> requests() {
        return RecordedRequests.all();
    }

    @BeforeEach
    void beAnotherClient() {
        Accounts accounts = new Accounts(service());
        token = accounts.token(accounts.add(Role.USER).id(), EnumSet.of(Scope.UPLOAD, Scope.DELETE));
        address = "192.0.2." + ++clients;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void uploadsGetsTheSameLinkForADuplicateAndDeletes(RecordedRequest request) throws Exception {
        byte[] picture = Pictures.uniquePng();

        JsonNode first = uploaded(request, token, picture);
        String link = request.reading().link(first);

        assertThat(link).startsWith("http://images.test/i/").endsWith(".png");
        assertThat(client().get(Client.pathOf(link)).bytes()).hasSizeGreaterThan(50);
        assertThat(request.reading().link(uploaded(request, token, picture))).isEqualTo(link);

        request.reading().delete(client(), first, token);
        assertThat(client().get(Client.pathOf(link)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void needsATokenForUploadsOnlyAndKeepsChineseNames(RecordedRequest request) throws Exception {
        Accounts accounts = new Accounts(service());
        var owner = accounts.add(Role.USER).id();
        byte[] picture = Pictures.uniquePng();

        uploaded(request, accounts.token(owner, EnumSet.of(Scope.UPLOAD)), picture);

        JsonNode images = client().get("/api/images", "Authorization", accounts.token(owner))
                .data()
                .get("images");
        assertThat(images).hasSize(1);
        assertThat(images.get(0).get("originalName").asString()).isEqualTo(request.isBase64() ? "image.png" : NAME);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void showsThatTheTokenIsWrong(RecordedRequest request) throws Exception {
        String wrong = TokenSecret.PREFIX + "0".repeat(38);

        RawAnswer answer = request.send(service().port(), address, wrong, NAME, Pictures.uniquePng());

        assertRefused(request, answer, request.reading().wrongToken, "访问令牌无效");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void showsThatThePictureIsTooLarge(RecordedRequest request) throws Exception {
        byte[] picture = Pictures.jpegOfSize(MAX_FILE_SIZE + 1);

        RawAnswer answer = request.send(service().port(), address, token, NAME, picture);

        assertRefused(request, answer, request.reading().tooLarge, "文件过大，单个文件最大" + MAX_FILE_SIZE + "字节");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void showsThatTheFileIsNoPicture(RecordedRequest request) throws Exception {
        RawAnswer answer = request.send(service().port(), address, token, NAME, Pictures.html());

        assertRefused(request, answer, request.reading().wrongType, "不支持的文件类型");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void getsNowhereByATokenThatIsGoodForSomethingElse(RecordedRequest request) throws Exception {
        Accounts accounts = new Accounts(service());
        String readOnly = accounts.token(accounts.add(Role.USER).id(), EnumSet.of(Scope.READ));

        RawAnswer answer = request.send(service().port(), address, readOnly, NAME, Pictures.uniquePng());

        int status = request.reading() == Reading.EASYIMAGES ? 200 : 403;
        assertRefused(request, answer, status, "该令牌没有upload权限");
    }

    private static void assertRefused(RecordedRequest request, RawAnswer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.head()).containsIgnoringCase("Content-Type: application/json");
        assertThat(request.reading().succeeded(answer.status(), answer.json())).isFalse();
        assertThat(request.reading().reason(answer.json())).contains(reason);
    }

    private JsonNode uploaded(RecordedRequest request, String credential, byte[] picture) throws Exception {
        RawAnswer answer = request.send(service().port(), address, credential, NAME, picture);
        assertThat(answer.status()).as(answer.head() + answer.body()).isEqualTo(200);
        assertThat(request.reading().succeeded(200, answer.json()))
                .as(answer.body())
                .isTrue();
        return answer.json();
    }
}
