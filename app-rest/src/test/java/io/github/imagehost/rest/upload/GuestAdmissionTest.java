package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Waiting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many guests upload at once. */
class GuestAdmissionTest extends ServiceTest {

    /** More than is kept in memory. */
    private static final int LARGE = 3_000_000;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "GUEST_UPLOAD", "true",
                "GUEST_MAX_SIZE", String.valueOf(LARGE),
                "GUEST_RATE_LIMIT", "1000",
                "UPLOADS_MAX", "7");
    }

    @Test
    void guestsWhoTakeTheirTimeKeepNobodyElseOut() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String token = new Accounts(service()).token(OwnerId.DEFAULT);
        try (RawUpload slow = RawUpload.beginRaw(service().port(), Pictures.jpegOfSize(LARGE))) {
            slow.send(LARGE - 1);
            UploadsUnderWay.of(service()).await(1);

            client().put("a.png", picture).isError(503, "too_many_uploads");
            client().put("a.png", picture, "token", token).isSuccess("上传成功");

            assertThat(slow.finish()).startsWith("HTTP/1.1 200");
        }
        Waiting.until(
                "the place is free again",
                LIMIT,
                () -> client().put("a.png", picture).status() == 200);
    }
}
