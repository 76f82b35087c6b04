package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Spool;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UploadTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 2_000_000;

    @Override
    protected Map<String, String> settings() {
        return Map.of("MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE));
    }

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @AfterEach
    void nothingIsLeftInTheSpool() throws IOException {
        assertThat(Spool.in(dataDirectory()).files()).isEmpty();
    }

    @Test
    void theAnswerComesInOnePiece() throws Exception {
        Answer answer = client().upload("cat.png", Pictures.uniquePng()).isSuccess("上传成功");

        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(answer.bytes().length));
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    void aNewImageIsStoredAndServedByteForByte() throws Exception {
        byte[] picture = Pictures.png(30, 20);

        Answer answer = client().upload("cat.png", picture).isSuccess("上传成功");

        JsonNode image = answer.data();
        assertThat(Answer.names(image))
                .containsExactly(
                        "id",
                        "url",
                        "filename",
                        "originalName",
                        "fileSize",
                        "uploadTime",
                        "duplicate",
                        "mimeType",
                        "fileHash",
                        "width",
                        "height",
                        "thumbnailUrl",
                        "visibility",
                        "expiresAt",
                        "viewsLeft",
                        "deleteUrl");
        assertThat(image.get("id").isIntegralNumber()).isTrue();
        assertThat(image.get("url").asString())
                .isEqualTo("http://images.test/i/" + image.get("filename").asString());
        assertThat(image.get("filename").asString()).matches("[a-z2-7]{26}\\.png");
        assertThat(image.get("originalName").asString()).isEqualTo("cat.png");
        assertThat(image.get("fileSize").asLong()).isEqualTo(picture.length);
        assertThat(image.get("uploadTime").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(image.get("duplicate").asBoolean()).isFalse();
        assertThat(image.get("mimeType").asString()).isEqualTo("image/png");
        assertThat(image.get("fileHash").asString())
                .isEqualTo(TestContent.digestOf(picture).hex());
        assertThat(image.get("width").asInt()).isEqualTo(30);
        assertThat(image.get("height").asInt()).isEqualTo(20);
        assertThat(client().get(Client.pathOf(image.get("url").asString())).bytes())
                .isEqualTo(picture);
    }

    @Test
    void aDuplicateIsAnsweredWithTheFirstUpload() throws Exception {
        byte[] picture = Pictures.uniqueJpeg();
        JsonNode first = client().upload("first.jpg", picture).data();

        JsonNode second =
                client().upload("second.jpg", picture).isSuccess("图片已存在，返回已有链接").data();

        assertThat(second.get("duplicate").asBoolean()).isTrue();
        for (String property : List.of("id", "url", "filename", "originalName", "fileSize", "uploadTime")) {
            assertThat(second.get(property)).as(property).isEqualTo(first.get(property));
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void theTypeIsTheContents(ImageType type) throws Exception {
        JsonNode image = client().upload("a.html", Pictures.unique(type)).data();

        assertThat(image.get("mimeType").asString()).isEqualTo(type.mimeType());
        assertThat(image.get("filename").asString()).endsWith("." + type.extension());
        assertThat(client().get(Client.pathOf(image.get("url").asString())).header("Content-Type"))
                .isEqualTo(type.mimeType());
    }

    @Test
    void messagesAreEnglishForThoseWhoPreferIt() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Multipart request = new Multipart().file("image", "a.png", picture);

        assertThat(client().post("/api/upload", request, "Accept-Language", "en-GB,zh;q=0.5")
                        .message())
                .isEqualTo("Uploaded");
        assertThat(client().post("/api/upload", request, "Accept-Language", "fr")
                        .message())
                .isEqualTo("图片已存在，返回已有链接");
        assertThat(client().post("/api/upload", request, "Accept-Language", "zh-TW, en;q=0.1")
                        .message())
                .isEqualTo("图片已存在，返回已有链接");
        assertThat(client().post("/api/upload", request, "Accept-Language", ";;=")
                        .message())
                .isEqualTo("图片已存在，返回已有链接");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script></html>",
                "GIF",
                "%PDF-1.7",
                "<svg xmlns='http://www.w3.org/2000/svg'/>"
            })
    void whatIsNoImageIsRefusedWhateverItIsCalled(String content) throws Exception {
        client().upload("innocent.png", content.getBytes(StandardCharsets.UTF_8))
                .isError(415, "unsupported_image");
    }

    @Test
    void anImageOfATypeThatIsNotAllowedIsRefused(@TempDir Path other) throws Exception {
        try (RunningService strict = RunningService.with(other, Map.of("ALLOWED_MIME_TYPES", "image/png"))) {
            Answer answer = strict.client().upload("a.png", Pictures.uniqueGif());

            assertThat(answer.isError(415, "unsupported_image").message()).contains("image/png");
            strict.client().upload("a.gif", Pictures.uniquePng()).isSuccess("上传成功");
        }
    }

    @Test
    void theLargestFileIsStoredAndOneByteMoreIsRefused() throws Exception {
        client().upload("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE)).isSuccess("上传成功");

        Answer answer = client().upload("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE + 1));

        assertThat(answer.isError(413, "file_too_large").message()).contains(String.valueOf(MAX_FILE_SIZE));
    }

    @Test
    void aRequestThatIsFarTooLargeIsRefused() throws Exception {
        client().upload("a.jpg", Pictures.jpegOfSize(3 * MAX_FILE_SIZE)).isError(413, "file_too_large");
        client().post("/api/upload", new Multipart().text("other", "x".repeat(3 * MAX_FILE_SIZE)))
                .isError(413, "file_too_large");
    }

    @Test
    void aRequestWithoutAFileIsRefused() throws Exception {
        assertThat(client().post("/api/upload", new Multipart().text("image", "no file"))
                        .isError(400, "file_required")
                        .message())
                .startsWith("请选择要上传的文件");
        client().post("/api/upload", new Multipart()).isError(400, "file_required");
        client().post("/api/upload", new Multipart().file("picture", "a.png", Pictures.uniquePng()))
                .isError(400, "file_required");
        client().post("/api/upload", new Multipart().file("image", "", new byte[0]))
                .isError(400, "file_required");
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        assertThat(client().upload("a.png", new byte[0])
                        .isError(400, "file_empty")
                        .message())
                .isEqualTo("请选择要上传的文件");
    }

    @Test
    void severalFilesAreRefusedAndNoneIsStored() throws Exception {
        byte[] picture = Pictures.uniquePng();

        client().post(
                        "/api/upload",
                        new Multipart().file("image", "a.png", picture).file("image", "b.png", Pictures.uniquePng()))
                .isError(400, "too_many_files");

        assertThat(client().upload("a.png", picture).data().get("duplicate").asBoolean())
                .isFalse();
    }

    @Test
    void otherFieldsAreNoHindrance() throws Exception {
        client().post(
                        "/api/upload",
                        new Multipart()
                                .text("title", "cat")
                                .file("image", "a.png", Pictures.uniquePng())
                                .text("folder", "cats"))
                .isSuccess("上传成功");
    }

    @ParameterizedTest
    @CsvSource({"application/json,{}", "image/png,x", "multipart/form-data,x", "text/plain,''"})
    void whatIsNotMultipartIsRefused(String contentType, String body) throws Exception {
        Answer answer = client().send(
                        "POST", "/api/upload", HttpRequest.BodyPublishers.ofString(body), "Content-Type", contentType);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("请选择要上传的文件");
        assertThat(answer.code()).isIn("not_multipart", "body_incomplete");
    }

    @Test
    void aTruncatedBodyIsRefusedAndNothingIsStored() throws Exception {
        byte[] picture = Pictures.jpegOfSize(1_000_000);
        Multipart request = new Multipart().file("image", "a.jpg", picture);
        byte[] whole = request.bytes();

        for (int length : new int[] {whole.length - 1_000_050, whole.length / 2, whole.length - 40, whole.length - 5}) {
            Answer answer = client().send(
                            "POST",
                            "/api/upload",
                            HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOf(whole, length)),
                            "Content-Type",
                            request.contentType());

            assertThat(answer.status()).as("cut at %d", length).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("请选择要上传的文件");
        }
        assertThat(client().upload("a.jpg", picture).data().get("duplicate").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"image\"; filename=\"图片测试.png\" | 图片测试.png",
                "form-data; name=\"image\"; filename=\"😀.png\" | 😀.png",
                "form-data; name=\"image\"; filename*=UTF-8''%E5%9B%BE%E7%89%87%E6%B5%8B%E8%AF%95.png | 图片测试.png",
                "form-data; name=\"image\"; filename=\"fallback.png\"; filename*=UTF-8''%F0%9F%98%80.png | 😀.png",
                "form-data; name=\"image\"; filename*=UTF-8''%F0%9F%98%80.png; filename=\"fallback.png\" | 😀.png",
                "form-data; name=\"image\"; filename=\"../../etc/passwd.png\" | passwd.png",
                "form-data; name=\"image\"; filename=\"C:\\\\photos\\\\cat.png\" | cat.png",
                "form-data; name=\"image\"; filename=\"a;b.png\" | a;b.png",
                "form-data; name=\"image\"; filename=\"/\" | image.png",
            })
    void fileNamesAreKeptWithoutTheirPath(String contentDisposition, String expected) throws Exception {
        Answer answer = client().post("/api/upload", new Multipart().part(contentDisposition, Pictures.uniquePng()));

        assertThat(answer.data().get("originalName").asString()).isEqualTo(expected);
        long id = answer.data().get("id").asLong();
        assertThat(client().get("/api/images/" + id).data().get("originalName").asString())
                .isEqualTo(expected);
    }

    @Test
    void longFileNamesAreShortenedAndKeepTheirExtension() throws Exception {
        String name = client().upload("图".repeat(300) + ".png", Pictures.uniquePng())
                .data()
                .get("originalName")
                .asString();

        assertThat(name).hasSize(255).startsWith("图图").endsWith("图.png");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void ofManyUploadsOfOneNewImageExactlyOneIsNew(int clients) throws Exception {
        for (int round = 0; round < 3; round++) {
            byte[] picture = Pictures.uniquePng();

            List<JsonNode> images = Concurrently.run(
                    clients, () -> client().upload("a.png", picture).data());

            assertThat(images)
                    .extracting(image -> image.get("id").asLong())
                    .containsOnly(images.get(0).get("id").asLong());
            assertThat(images)
                    .extracting(image -> image.get("url").asString())
                    .containsOnly(images.get(0).get("url").asString());
            assertThat(images)
                    .filteredOn(image -> !image.get("duplicate").asBoolean())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de,en,fr,es,it,pt,nl,sv,da,fi,pl,cs,sk,hu", "-"})
    void noLanguageKeepsAnUploadFromBeingAnswered(String languages) throws Exception {
        Multipart request = new Multipart().file("image", "a.png", Pictures.uniquePng());

        assertThat(client().post("/api/upload", request, "Accept-Language", languages)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aConnectionThatBreaksOffInTheBodyIsToldSoAndNothingIsStored() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Multipart request = new Multipart().file("image", "a.png", picture);
        byte[] body = request.bytes();
        byte[] head = ("POST /api/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                        + request.contentType() + "\r\nContent-Length: " + (body.length + 50) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        for (int length : new int[] {10, body.length / 2, body.length - 4, body.length}) {
            String answer = RawRequest.send(service().port(), Bytes.concat(head, Arrays.copyOf(body, length)));

            assertThat(answer)
                    .as("cut at %d", length)
                    .startsWith("HTTP/1.1 400")
                    .contains("请选择要上传的文件");
        }
        assertThat(client().upload("a.png", picture).data().get("duplicate").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=\"image\"; filename*=UTF-16''x; filename=\"a\0b.png\"",
                "form-data; name=\"image\"; filename=\"=?UTF-8?B?5Zu+AAAAA?=\"",
                "form-data; name=\"image\"; filename*=UTF-8''%zz.png",
            })
    void aNameThatCannotBeReadIsNoName(String contentDisposition) throws Exception {
        Answer answer = client().post("/api/upload", new Multipart().part(contentDisposition, Pictures.uniquePng()));

        assertThat(answer.status()).as(answer.text()).isIn(200, 400);
        assertThat(answer.code()).isIn("", "body_incomplete", "file_required");
    }

    @Test
    void headersOfAPartThatAreFarTooLongAreMalformed() throws Exception {
        client().upload("x".repeat(20_000) + ".png", Pictures.uniquePng()).isError(400, "bad_request");
    }
}
