package io.github.imagehost.rest.compat.chevereto;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Uploads as to Chevereto and imgBB. */
class CheveretoTest extends ServiceTest {

    private static final String PATH = "/api/1/upload";
    private static final int MAX_FILE_SIZE = 200_000;

    @Override
    protected Map<String, String> settings() {
        return Map.of("MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE), "FETCH_URLS", "false");
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    private String hashBehind(JsonNode image) throws Exception {
        JsonNode found = client().get("/api/images/" + image.get("id_encoded").asString())
                .data();
        return found.get("fileHash").asString();
    }

    @Test
    void anUploadIsToldAsThere() throws Exception {
        Answer answer = client().post(PATH, new Multipart().file("source", "猫.png", Pictures.uniquePng()));

        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Answer.names(json)).containsExactly("status_code", "success", "image", "status_txt");
        assertThat(json.get("success").toString()).isEqualTo("{\"message\":\"上传成功\",\"code\":200}");
        assertThat(json.get("status_txt").asString()).isEqualTo("OK");
        JsonNode image = json.get("image");
        assertThat(Answer.names(image))
                .containsExactly(
                        "name",
                        "extension",
                        "size",
                        "width",
                        "height",
                        "date",
                        "date_gmt",
                        "mime",
                        "filename",
                        "original_filename",
                        "id_encoded",
                        "url",
                        "url_viewer",
                        "display_url",
                        "image",
                        "thumb",
                        "medium",
                        "delete_url");
        assertThat(image.get("url_viewer")).isEqualTo(image.get("url"));
        assertThat(image.get("original_filename").asString()).isEqualTo("猫.png");
        assertThat(image.get("date").asString()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(image.at("/thumb/url").asString()).isEqualTo(image.get("url").asString() + "/thumb");
    }

    static Stream<String> textsOfAPicture() {
        String base64 = base64(Pictures.jpegOfSize(60_001));
        return Stream.of(
                base64,
                base64.replace("=", ""),
                Base64.getMimeEncoder().encodeToString(Base64.getDecoder().decode(base64)),
                "  \r\n" + base64 + "\r\n",
                "data:image/jpeg;base64," + base64,
                "DATA:image/png;charset=utf-8;BASE64, " + base64,
                "data:;base64," + base64);
    }

    @ParameterizedTest
    @MethodSource("textsOfAPicture")
    void aTextStandsForAPicture(String text) throws Exception {
        for (String field : List.of("source", "image")) {
            JsonNode answer =
                    client().post(PATH, new Multipart().text(field, text)).json();
            JsonNode image = answer.get(field.equals("source") ? "image" : "data");
            assertThat(image).as(answer.toString()).isNotNull();
            byte[] picture = Base64.getMimeDecoder().decode(text.substring(text.indexOf(',') + 1));
            assertThat(hashBehind(image))
                    .isEqualTo(TestContent.digestOf(picture).hex());
        }
    }

    @Test
    void aTextIsAPictureNowhereElse() throws Exception {
        for (String path : List.of("/api/upload", "/api/v1/upload", "/upload", "/api/index.php")) {
            assertThat(client().post(path, new Multipart().text("source", base64(Pictures.uniquePng())))
                            .text())
                    .as(path)
                    .contains("请选择要上传的文件");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "http://127.0.0.1/a.png",
                " ftp://example.com/a.png",
                "file:///etc/passwd",
                "javascript:alert(1)"
            })
    void noLinkIsFetchedWhereThatIsOff(String link) throws Exception {
        Answer answer = client().post(PATH, new Multipart().text("source", link));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo("{\"status_code\":400,\"error\":{\"message\":\"此服务不通过链接抓取图片，请直接上传图片\",\"code\":120},"
                        + "\"status_txt\":\"Bad Request\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "iVBORw0KGgo*", "iVBOR", "data:image/png;base64", "data:", "iVBORw0KGgo=iVBORw0KGgo=", "图片"
            })
    void whatIsNoBase64IsRefused(String text) throws Exception {
        Answer answer = client().post(PATH, new Multipart().text("source", text));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(120);
        assertThat(answer.json().at("/error/message").asString()).contains("不是有效的Base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "data:image/png;base64,"})
    void aTextThatIsEmptyIsNone(String text) throws Exception {
        Answer answer = client().post(PATH, new Multipart().text("source", text));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(130);
    }

    @Test
    void theLimitIsForWhatATextStandsFor() throws Exception {
        byte[] largest = Pictures.jpegOfSize(MAX_FILE_SIZE);
        byte[] larger = Pictures.jpegOfSize(MAX_FILE_SIZE + 1);
        byte[] huge = Pictures.randomBytes(3 * MAX_FILE_SIZE);

        assertThat(client().post(PATH, new Multipart().text("source", base64(largest)))
                        .status())
                .isEqualTo(200);
        for (byte[] picture : new byte[][] {larger, huge}) {
            Answer answer = client().post(PATH, new Multipart().text("source", base64(picture)));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/error/message").asString()).startsWith("文件过大");
        }
    }

    @Test
    void theClientChoosesTheFormOfTheAnswer() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String url = client().post(PATH, new Multipart().file("source", "a.png", picture))
                .json()
                .at("/image/url")
                .asString();

        for (Answer text : List.of(
                client().post(PATH + "?format=txt", new Multipart().file("source", "a.png", picture)),
                client().post(
                                PATH,
                                new Multipart().file("source", "a.png", picture).text("format", "txt")))) {
            assertThat(text.header("Content-Type")).startsWith("text/plain");
            assertThat(text.text()).isEqualTo(url);
        }
        Answer redirect =
                client().post(PATH, new Multipart().text("format", "redirect").file("source", "a.png", picture));
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("Location")).isEqualTo(url);
        assertThat(client().post(PATH + "?format=xml", new Multipart().file("source", "a.png", picture))
                        .json()
                        .get("status_code")
                        .asInt())
                .isEqualTo(200);
    }

    @Test
    void anErrorIsJsonInWhateverForm() throws Exception {
        Answer answer = client().post(PATH + "?format=txt", new Multipart().file("source", "a.png", Pictures.html()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/message").asString()).startsWith("不支持的文件类型");
    }

    @Test
    void aPictureInImageIsAnsweredAsByImgbb() throws Exception {
        JsonNode answer = client().post(PATH, new Multipart().file("image", "a.png", Pictures.uniquePng()))
                .json();

        assertThat(Answer.names(answer)).containsExactly("data", "success", "status");
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(answer.get("status").asInt()).isEqualTo(200);
        assertThat(answer.at("/data/delete_url").asString()).contains("/d/");
    }

    @Test
    void oneRequestHasOnePicture() throws Exception {
        Answer answer = client().post(
                        PATH,
                        new Multipart()
                                .file("source", "a.png", Pictures.uniquePng())
                                .text("image", base64(Pictures.uniquePng())));

        assertThat(answer.json().at("/error/message").asString()).isEqualTo("单次最多上传1个文件");
    }

    @Test
    void theSamePictureManyTimesAtOnceIsOne() throws Exception {
        byte[] picture = Pictures.uniquePng();
        List<Callable<String>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Multipart form = i % 2 == 0
                    ? new Multipart().text("source", base64(picture))
                    : new Multipart().file("source", "a.png", picture);
            uploads.add(() -> client().post(PATH, form).json().at("/image/url").asString());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<String> links = new ArrayList<>();
            for (Future<String> link : threads.invokeAll(uploads)) {
                links.add(link.get());
            }
            assertThat(links).doesNotContain("").containsOnly(links.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFormThatBreaksOffIsNone() throws Exception {
        Multipart form = new Multipart().text("source", base64(Pictures.uniquePng()));
        byte[] half = Arrays.copyOf(form.bytes(), form.bytes().length / 2);

        Answer answer =
                client().send("POST", PATH, BodyPublishers.ofByteArray(half), "Content-Type", form.contentType());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(130);
    }
}
