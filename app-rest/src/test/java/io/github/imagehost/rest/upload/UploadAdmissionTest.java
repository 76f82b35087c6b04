package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadAdmissionTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 3_000_000;
    private static final int MAX_REQUEST_SIZE = 10 * MAX_FILE_SIZE;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE),
                "UPLOADS_MAX", "2",
                "UPLOADS_MAX_BYTES", String.valueOf(MAX_REQUEST_SIZE));
    }

    @Test
    void moreUploadsThanThereIsRoomForAreRefusedAtOnce() throws Exception {
        byte[] picture = Pictures.jpegOfSize(MAX_FILE_SIZE);
        try (RawUpload first = begun(picture);
                RawUpload second = begun(Pictures.jpegOfSize(MAX_FILE_SIZE))) {
            UploadsUnderWay.of(service()).await(2);

            isRefused(client().upload("a.png", Pictures.uniquePng()));
            isRefused(client().post("/api/upload/multiple", new Multipart().file("images", "a.png", new byte[1])));
            isRefused(client().put("a.png", Pictures.uniquePng()));
            isRefused(client().postJson("/api/upload/url", "{\"url\":\"data:,x\"}"));
            client().get("/api/images").isSuccess("操作成功");
            client().postJson("/api/upload/check", "{}").isError(400, "digests_required");

            assertThat(first.finish()).startsWith("HTTP/1.1 200");
            client().upload("a.jpg", picture).isSuccess("图片已存在，返回已有链接");
            assertThat(second.finish()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void moreBytesThanThereIsRoomForAreRefusedAtOnce() throws Exception {
        Multipart large = new Multipart();
        for (int i = 0; i < 10; i++) {
            large.file("images", "a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE - 1000));
        }
        try (RawUpload upload = RawUpload.begin(service().port(), "/api/upload/multiple", large)) {
            upload.send(MAX_FILE_SIZE);
            UploadsUnderWay.of(service()).await(1);

            isRefused(client().upload("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE)));
            isRefused(client().put("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE)));
            isRefused(client().postJson("/api/upload/url", "{\"url\":\"data:,x\"}"));

            assertThat(upload.finish()).startsWith("HTTP/1.1 200").contains("成功10个");
            client().upload("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE)).isSuccess("上传成功");
        }
    }

    @Test
    void aRawUploadOfUnknownLengthCountsForOneFileWhateverItIsCalled() throws Exception {
        byte[] picture = Pictures.uniquePng();
        try (RawUpload upload = begun(Pictures.jpegOfSize(MAX_FILE_SIZE))) {
            UploadsUnderWay.of(service()).await(1);

            client().send(
                            "PUT",
                            "/api/upload/multiple",
                            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(picture)))
                    .isSuccess("上传成功");

            assertThat(upload.finish()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aClientThatLeavesGivesItsPlaceBack() throws Exception {
        RawUpload first = begun(Pictures.jpegOfSize(MAX_FILE_SIZE));
        RawUpload second = begun(Pictures.jpegOfSize(MAX_FILE_SIZE));
        UploadsUnderWay.of(service()).await(2);

        first.close();
        second.close();

        Waiting.until(
                "there is room again",
                LIMIT,
                () -> client().upload("a.png", Pictures.uniquePng()).status() == 200);
    }

    private RawUpload begun(byte[] picture) throws Exception {
        RawUpload upload = RawUpload.begin(service().port(), picture);
        upload.send(picture.length / 2);
        return upload;
    }

    private static void isRefused(Answer answer) {
        answer.isError(503, "too_many_uploads");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }
}
