package io.github.imagehost.rest.compat.easyimages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Uploads as to EasyImages. */
class EasyImagesTest extends ServiceTest {

    private static final String PATH = "/api/index.php";

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
        token = accounts.token(owner, EnumSet.of(Scope.UPLOAD));
    }

    private Answer upload(String name, byte[] content) throws Exception {
        return client().post(PATH, new Multipart().text("token", token).file("image", name, content));
    }

    @Test
    void anUploadIsToldAsThere() throws Exception {
        JsonNode json = upload("猫.png", Pictures.uniquePng()).json();
        assertThat(Answer.names(json)).containsExactly("result", "code", "url", "srcName", "thumb", "del", "id");
        assertThat(json.get("result").asString()).isEqualTo("success");
        assertThat(json.get("code").asInt()).isEqualTo(200);
        assertThat(json.get("srcName").asString()).isEqualTo("猫.png");
        assertThat(json.get("thumb").asString()).isEqualTo(json.get("url").asString() + "/thumb");
        assertThat(json.get("del").asString()).contains("/d/");
    }

    /** EasyImages' own clients take everything else out of it. */
    @Test
    void aTokenHasNothingButCharactersOfWords() {
        assertThat(token).isEqualTo(token.replaceAll("\\W", ""));
    }

    @ParameterizedTest
    @CsvSource({"a.html,205,不支持的文件类型", "large.jpg,205,文件过大", "empty.png,204,请选择要上传的文件"})
    void whatIsRefusedHasItsCode(String name, int code, String reason) throws Exception {
        byte[] content = switch (name) {
            case "a.html" -> Pictures.html();
            case "large.jpg" -> Pictures.jpegOfSize(100_001);
            default -> new byte[0];
        };

        assertFailed(upload(name, content), code, reason);
    }

    @Test
    void whoIsRefusedLearnsWhy() throws Exception {
        Multipart form = new Multipart().file("image", "a.png", Pictures.uniquePng());
        String expired = accounts.issue(owner, EnumSet.of(Scope.UPLOAD), Duration.ofSeconds(1))
                .secret()
                .reveal();
        Thread.sleep(1100);
        assertFailed(client().post(PATH, form.text("token", expired)), 203, "访问令牌已过期");
        OwnerId suspended = accounts.add(Role.USER).id();
        String ofSuspended = accounts.token(suspended, EnumSet.of(Scope.UPLOAD));
        accounts.suspend(suspended);
        assertFailed(
                client().post(
                                PATH,
                                new Multipart()
                                        .text("token", ofSuspended)
                                        .file("image", "a.png", Pictures.uniquePng())),
                202,
                "账号状态异常");
        service().part(QuotaLedger.class).setQuota(owner, new Quota(OptionalLong.of(0), OptionalLong.empty()));
        assertFailed(upload("a.png", Pictures.uniquePng()), 205, "储存空间不足");
    }

    @Test
    void aFormWithoutAPictureIsToldWhatIsExpected() throws Exception {
        assertFailed(client().post(PATH, new Multipart().text("token", token)), 204, "收到的字段: token；");
    }

    private static void assertFailed(Answer answer, int code, String reason) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Answer.names(answer.json())).containsExactly("result", "code", "message");
        assertThat(answer.json().get("result").asString()).isEqualTo("failed");
        assertThat(answer.json().get("code").asInt()).as(answer.text()).isEqualTo(code);
        assertThat(answer.message()).contains(reason);
    }
}
