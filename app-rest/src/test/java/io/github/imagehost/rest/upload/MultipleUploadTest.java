package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MultipleUploadTest extends ServiceTest {

    private static final String PATH = "/api/upload/multiple";
    private static final int MAX_FILE_SIZE = 1_000_000;

    @Override
    protected Map<String, String> settings() {
        return Map.of("MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE));
    }

    @Test
    void severalImagesAreStoredInTheOrderOfTheRequest() throws Exception {
        Answer answer = client().post(
                        PATH,
                        new Multipart()
                                .file("images", "a.png", Pictures.uniquePng())
                                .file("images", "b.jpg", Pictures.uniqueJpeg()))
                .isSuccess("上传完成: 成功2个，失败0个");

        JsonNode data = answer.data();
        assertThat(Answer.names(data)).containsExactly("successful", "failed", "totalUploaded", "totalFailed");
        assertThat(Answer.names(data.at("/successful/0"))).containsExactly("success", "duplicate", "data");
        assertThat(data.at("/successful/0/success").asBoolean()).isTrue();
        assertThat(data.at("/successful/0/duplicate").asBoolean()).isFalse();
        assertThat(data.at("/successful/0/data/originalName").asString()).isEqualTo("a.png");
        assertThat(data.at("/successful/1/data/originalName").asString()).isEqualTo("b.jpg");
        assertThat(data.get("failed")).isEmpty();
        assertThat(data.get("totalUploaded").asInt()).isEqualTo(2);
        assertThat(data.get("totalFailed").asInt()).isZero();
        assertThat(Answer.names(data.at("/successful/0/data"))).contains("id", "url", "fileHash");
    }

    @Test
    void aBadFileDoesNotSpoilTheOthers() throws Exception {
        Answer answer = client().post(
                        PATH,
                        new Multipart()
                                .file("images", "../../x/bad.png", Pictures.html())
                                .file("images", "good.png", Pictures.uniquePng())
                                .file("images", "huge.jpg", Pictures.jpegOfSize(5 * MAX_FILE_SIZE))
                                .file("images", "empty.png", new byte[0])
                                .file("images", "fine.gif", Pictures.uniqueGif()))
                .isSuccess("上传完成: 成功2个，失败3个");

        JsonNode failed = answer.data().get("failed");
        assertThat(Answer.names(failed.get(0))).containsExactly("success", "index", "originalName", "code", "message");
        assertThat(failed).extracting(failure -> failure.get("index").asInt()).containsExactly(0, 2, 3);
        assertThat(failed)
                .extracting(failure -> failure.get("originalName").asString())
                .containsExactly("bad.png", "huge.jpg", "empty.png");
        assertThat(failed)
                .extracting(failure -> failure.get("code").asString())
                .containsExactly("unsupported_image", "file_too_large", "file_empty");
        assertThat(failed).allSatisfy(failure -> {
            assertThat(failure.get("success").asBoolean()).isFalse();
            assertThat(failure.get("message").asString()).isNotBlank();
        });
        assertThat(answer.data().get("totalUploaded").asInt()).isEqualTo(2);
        assertThat(answer.data().get("totalFailed").asInt()).isEqualTo(3);
    }

    @Test
    void theSameFileTenTimesIsOneImage() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Multipart request = new Multipart();
        for (int i = 0; i < 10; i++) {
            request.file("images", "copy" + i + ".png", picture);
        }

        JsonNode successful = client().post(PATH, request).data().get("successful");

        assertThat(successful).hasSize(10);
        assertThat(successful)
                .extracting(one -> one.at("/data/id").asLong())
                .containsOnly(successful.at("/0/data/id").asLong());
        assertThat(successful)
                .filteredOn(one -> !one.get("duplicate").asBoolean())
                .hasSize(1);
        assertThat(successful)
                .allSatisfy(one -> assertThat(one.get("duplicate")).isEqualTo(one.at("/data/duplicate")));
    }

    @Test
    void withoutFilesTheRequestIsRefused() throws Exception {
        assertThat(client().post(PATH, new Multipart().text("images", "x"))
                        .isError(400, "file_required")
                        .message())
                .startsWith("请选择要上传的文件")
                .endsWith(": images, image, image[], images[], file, file[], files, files[], source, smfile");
        client().send("POST", PATH, HttpRequest.BodyPublishers.noBody()).isError(400, "not_multipart");
    }

    @Test
    void filesMayComeInAnyFieldForFiles() throws Exception {
        JsonNode data = client().post(
                        PATH,
                        new Multipart()
                                .file("images", "a.png", Pictures.uniquePng())
                                .text("folder", "cats")
                                .file("files[]", "b.png", Pictures.uniquePng())
                                .text("file", "no picture")
                                .text("image", "no picture"))
                .isSuccess("上传完成: 成功2个，失败0个")
                .data();

        assertThat(data.at("/successful"))
                .extracting(one -> one.at("/data/originalName").asString())
                .containsExactly("a.png", "b.png");
    }

    @Test
    void aFileThatCannotBeDecodedDoesNotSpoilTheOthers() throws Exception {
        byte[] picture = Pictures.uniquePng();
        byte[] base64 = Base64.getMimeEncoder().encode(picture);
        byte[] broken = base64.clone();
        broken[100] = '*';

        JsonNode data = client().post(
                        PATH,
                        new Multipart()
                                .encoded("form-data; name=images; filename=broken.png", "base64", broken)
                                .encoded("form-data; name=images; filename=unknown.png", "quoted-printable", picture)
                                .encoded("form-data; name=images; filename=good.png", "base64", base64))
                .isSuccess("上传完成: 成功1个，失败2个")
                .data();

        assertThat(data.at("/successful/0/data/originalName").asString()).isEqualTo("good.png");
        assertThat(data.at("/failed"))
                .extracting(failure -> failure.get("code").asString())
                .containsExactly("malformed_base64", "invalid_parameter");
        assertThat(data.at("/failed/1/message").asString()).contains("Content-Transfer-Encoding", "7bit");
    }

    @Test
    void moreThanTenFilesAreRefusedAndNoneIsStored() throws Exception {
        byte[] first = Pictures.uniquePng();
        Multipart request = new Multipart().file("images", "first.png", first);
        for (int i = 0; i < 10; i++) {
            request.file("images", "more.png", Pictures.uniquePng());
        }

        client().post(PATH, request).isError(400, "too_many_files");

        assertThat(client().upload("first.png", first).data().get("duplicate").asBoolean())
                .isFalse();
    }

    @Test
    void aTruncatedRequestStoresNothing() throws Exception {
        byte[] first = Pictures.uniquePng();
        Multipart request =
                new Multipart().file("images", "first.png", first).file("images", "second.png", Pictures.uniquePng());
        byte[] body = request.bytes();

        client().send(
                        "POST",
                        PATH,
                        HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOf(body, body.length - 60)),
                        "Content-Type",
                        request.contentType())
                .isError(400, "body_incomplete");

        assertThat(client().upload("first.png", first).data().get("duplicate").asBoolean())
                .isFalse();
    }

    @Test
    void ifNoneSucceedsTheFirstFailureDecidesTheStatus() throws Exception {
        Answer answer = client().post(
                        PATH,
                        new Multipart()
                                .file("images", "huge.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE + 1))
                                .file("images", "bad.png", Pictures.svg()));

        answer.isError(413, "file_too_large");
        JsonNode data = answer.json().get("data");
        assertThat(data.get("totalUploaded").asInt()).isZero();
        assertThat(data.get("totalFailed").asInt()).isEqualTo(2);
        assertThat(data.at("/failed/1/code").asString()).isEqualTo("unsupported_image");

        client().post(PATH, new Multipart().file("images", "bad.png", Pictures.svg()))
                .isError(415, "unsupported_image");
        client().post(PATH, new Multipart().file("images", "empty.png", new byte[0]))
                .isError(400, "file_empty");
    }
}
