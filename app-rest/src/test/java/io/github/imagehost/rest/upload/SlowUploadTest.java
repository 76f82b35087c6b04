package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    /** A request that a client sends drop by drop, and what its answer begins with and says. */
    private record Dripping(Beginning beginning, String status, List<String> said) {

        interface Beginning {
            RawUpload at(int port) throws IOException;
        }
    }

    private static final byte[] PICTURE = Pictures.jpegOfSize(1_000_000);
    private static final Multipart FORM = new Multipart().file("image", "a.jpg", PICTURE);
    private static final String NUMBERS = ":[" + "1,".repeat(20_000) + "1]}";

    private static final List<Dripping> ALL = List.of(
            new Dripping(port -> RawUpload.begin(port, "/api/upload", FORM), "408", List.of("upload_too_slow")),
            new Dripping(port -> RawUpload.beginRaw(port, PICTURE), "408", List.of("upload_too_slow")),
            new Dripping(
                    port -> RawUpload.beginJson(
                            port, "POST /api/upload/url", "{\"url\":\"data:," + "x".repeat(40_000) + "\"}"),
                    "408",
                    List.of("upload_too_slow", "上传超时，请在1秒内完成")),
            new Dripping(
                    port -> RawUpload.beginJson(port, "POST /api/upload/check", "{\"digests\"" + NUMBERS),
                    "408",
                    List.of("request_too_slow", "请求接收超时，请在1秒内发送完毕")),
            new Dripping(
                    port -> RawUpload.beginJson(port, "DELETE /api/images", "{\"ids\"" + NUMBERS),
                    "408",
                    List.of("request_too_slow", "请求接收超时，请在1秒内发送完毕")),
            // goes on though it is refused
            new Dripping(port -> RawUpload.begin(port, "/api/images", FORM), "405", List.of("method_not_allowed")));

    /** Less than the server reads on after other answers. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({"/api/upload, 408", "/api/index.php, 200", "/api/1/upload, 408"})
    void whoeverWasTooSlowIsCutOffAtOnceWhateverTheStatusSays(String path, String status) throws Exception {
        try (RawUpload upload = RawUpload.begin(service().port(), path, FORM)) {
            String answer = assertTimeoutPreemptively(AT_ONCE, upload::drip);

            assertThat(answer).startsWith("HTTP/1.1 " + status).contains("上传超时");
        }
    }

    @Test
    void whoeverDripsIsCutOff() throws Exception {
        List<String> answers = Concurrently.run(ALL.stream()
                .map(request -> (Callable<String>) () -> {
                    try (RawUpload upload = request.beginning.at(service().port())) {
                        return assertTimeoutPreemptively(LIMIT, upload::drip);
                    }
                })
                .toList());

        for (int i = 0; i < answers.size(); i++) {
            Dripping request = ALL.get(i);
            assertThat(answers.get(i)).startsWith("HTTP/1.1 " + request.status).contains(request.said);
        }
        client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
    }
}
