package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.AriaRole;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs upload by the settings that the page shows, until their tokens are revoked there. */
@Tag("deep")
class ProgramsBrowserIT extends BrowserTest {

    private static final Pattern TOKEN = Pattern.compile("imh_\\w+");
    private static final Pattern JSON_PATH = Pattern.compile("\\{json:([\\w.]+)}");

    private Visitor visitor;

    /** A program that has been given its settings. */
    private interface Program {

        /**
         * Uploads a picture, and answers the link that the program takes from the answer; fails with what it is told.
         */
        String upload(byte[] picture) throws IOException, InterruptedException, RefusedException;
    }

    /** What a program says when the service does not do as it was told. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    @BeforeEach
    void openPrograms() {
        visitor = visitor().open("#/clients");
    }

    @Test
    void shareX() throws Exception {
        JsonNode sxcu = JsonMapper.shared().readTree(settingsOf("ShareX"));
        assertThat(sxcu.get("Body").asString()).isEqualTo("MultipartFormData");
        assertThat(sxcu.get("RequestMethod").asString()).isEqualTo("POST");

        check("ShareX", picture -> {
            Answer answer = post(
                    sxcu.get("RequestURL").asString(),
                    new Multipart().file(sxcu.get("FileFormName").asString(), "screen.png", picture),
                    headers(sxcu.get("Headers")));
            return found(answer, jsonPath(sxcu.get("URL")), jsonPath(sxcu.get("ErrorMessage")));
        });
    }

    @Test
    void picGo() throws Exception {
        JsonNode uploader = JsonMapper.shared().readTree(settingsOf("PicGo")).at("/picBed/lsky-uploader");

        check("PicGo", picture -> {
            Answer answer = post(
                    uploader.get("Url").asString() + "/api/v1/upload",
                    new Multipart().file("file", "图片 测试.png", picture).text("ssl", "true"),
                    "Accept",
                    "application/json",
                    "User-Agent",
                    "PicGo",
                    "Authorization",
                    "Bearer " + uploader.get("Token").asString());
            return found(answer, "data.links.url", "message");
        });
    }

    @Test
    void picList() throws Exception {
        JsonNode uploader = JsonMapper.shared().readTree(settingsOf("PicList")).at("/picBed/advancedplist");
        assertThat(uploader.get("method").asString()).isEqualTo("POST");
        JsonNode headers = JsonMapper.shared().readTree(uploader.get("headers").asString());

        check("PicList", picture -> {
            Answer answer = post(
                    uploader.get("endpoint").asString(),
                    new Multipart().file(uploader.get("formDataKey").asString(), "a.png", picture),
                    headers(headers));
            return found(answer, uploader.get("resDataPath").asString(), "message");
        });
    }

    /** By curl, as a process. */
    @Test
    void typora(@TempDir Path directory) throws Exception {
        Path script = directory.resolve("imagehost-upload.sh");
        Files.writeString(script, settingsOf("Typora"));
        Path file = directory.resolve("picture.png");

        check("Typora", picture -> {
            Files.write(file, picture);
            Process process = new ProcessBuilder("sh", script.toString(), file.toString()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new RefusedException(told);
            }
            return out.strip();
        });
    }

    /** Makes a token on the page, and answers the text in which it stands; the page has it only that once. */
    private String settingsOf(String program) {
        visitor.button("Settings for " + program).click();
        String settings = visitor.find(".secret").inputValue();
        visitor.find("dialog").getByRole(AriaRole.BUTTON).first().click();
        assertThat(visitor.find("dialog")).hasCount(0);
        Matcher token = TOKEN.matcher(settings);
        assertThat(token.find()).as(settings).isTrue();
        visitor.open("#/tokens");
        assertThat(visitor.find(".cards")).containsText(program);
        String kept = visitor.page().content() + visitor.page().evaluate("""
                async () => JSON.stringify(localStorage) + await (await fetch('../api/tokens')).text()""");
        assertThat(kept).doesNotContain(token.group());
        return settings;
    }

    private void check(String name, Program program) throws Exception {
        byte[] picture = Pictures.uniquePng();

        String link = program.upload(picture);

        assertThat(client(link).get(URI.create(link).getRawPath()).bytes()).isEqualTo(picture);
        visitor.button("Revoke " + name).click();
        visitor.find("dialog .danger").click();
        assertThat(visitor.find(".page")).containsText("There are no tokens yet");
        assertThatThrownBy(() -> program.upload(Pictures.uniquePng()))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("(?s).*(The access token is not valid|访问令牌无效).*");
    }

    private static Answer post(String url, Multipart form, String... headers) throws IOException, InterruptedException {
        return client(url).post(URI.create(url).getRawPath(), form, headers);
    }

    private static Client client(String url) {
        return new Client(URI.create("http://" + URI.create(url).getRawAuthority()));
    }

    /** What stands there in the answer, or else what the program says. */
    private static String found(Answer answer, String path, String messagePath) throws RefusedException {
        if (answer.status() == 401) {
            throw new RefusedException(at(answer, messagePath));
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return at(answer, path);
    }

    private static String at(Answer answer, String path) {
        return answer.json().at("/" + path.replace('.', '/')).asString();
    }

    /** Of ShareX's syntax, what is used here. */
    private static String jsonPath(JsonNode syntax) {
        Matcher matcher = JSON_PATH.matcher(syntax.asString());
        assertThat(matcher.matches()).as(syntax.asString()).isTrue();
        return matcher.group(1);
    }

    private static String[] headers(JsonNode headers) {
        return headers.properties().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue().asString()))
                .toArray(String[]::new);
    }
}
