package io.github.imagehost.rest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowUploadTest extends ServiceTest {

    /** It takes a client that drips half a day to send what the server would read from others. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Override
    protected Map<String, String> settings() {
        return Map.of("UPLOAD_TIMEOUT", "1s");
    }

    @Test
    void whoeverIsRefusedAndGoesOnDrippingIsCutOff() throws Exception {
        Multipart notForUploads = new Multipart().file("image", "a.jpg", Pictures.jpegOfSize(1_000_000));
        try (RawUpload request = RawUpload.begin(service().port(), "/api/images", notForUploads)) {
            String answer = assertTimeoutPreemptively(LIMIT, request::drip);

            assertThat(answer).startsWith("HTTP/1.1 405");
        }
    }

    @Test
    void anUploadThatDripsIsCutOff() throws Exception {
        try (RawUpload upload = RawUpload.begin(service().port(), Pictures.jpegOfSize(1_000_000))) {
            String answer = assertTimeoutPreemptively(LIMIT, upload::drip);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("upload_too_slow");
        }
        client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
    }

    @Test
    void aRawUploadThatDripsIsCutOff() throws Exception {
        try (RawUpload upload = RawUpload.beginRaw(service().port(), Pictures.jpegOfSize(1_000_000))) {
            String answer = assertTimeoutPreemptively(LIMIT, upload::drip);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("upload_too_slow");
        }
    }

    @ParameterizedTest
    @CsvSource({"POST /api/upload/check, digests", "DELETE /api/images, ids"})
    void jsonThatDripsIsCutOff(String methodAndPath, String array) throws Exception {
        String json = "{\"" + array + "\":[" + "1,".repeat(20_000) + "1]}";
        try (RawUpload request = RawUpload.beginJson(service().port(), methodAndPath, json)) {
            String answer = assertTimeoutPreemptively(LIMIT, request::drip);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("request_too_slow", "请求接收超时，请在1秒内发送完毕");
        }
    }
}
