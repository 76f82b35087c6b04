package io.github.imagehost.rest.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowUploadTest extends ServiceTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("UPLOAD_TIMEOUT", "1s");
    }

    @Test
    void anUploadThatDripsIsCutOff() throws Exception {
        try (RawUpload upload = RawUpload.begin(service().port(), Pictures.jpegOfSize(1_000_000))) {
            String answer = upload.drip();

            assertThat(answer).startsWith("HTTP/1.1 408").contains("upload_too_slow");
        }
        client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
    }
}
