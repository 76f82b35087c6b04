package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.RawS3;
import io.github.imagehost.s3.testing.RawS3.Head;
import io.github.imagehost.s3.testing.RawS3.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Stores that do not know, or do not like, to be asked before a body is sent to them. */
class ExpectContinueTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final TestContent LARGE = TestContent.ofSize(8_000_000, 1);
    private static final String LISTING = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
    private static final Reply OK = new Reply(false, true, "200 OK", Map.of(), LISTING);

    @Test
    void losesNoTimeWithAStoreThatIgnoresIt() throws IOException {
        try (RawS3 server = new RawS3(head -> OK);
                S3ImageStore store = store(server)) {
            for (int put = 0; put < 3; put++) {
                store.put(KEY, LARGE);
            }
            // which would cost the three seconds that the client waits for an answer
            assertThat(server.requests())
                    .noneMatch(head -> head.header("Expect").isPresent());
        }
    }

    @Test
    void storesInAStoreThatRefusesIt() throws IOException {
        Function<Head, Reply> refusing = head -> head.header("Expect").isPresent()
                ? new Reply(false, false, "417 Expectation Failed", Map.of(), "")
                : OK;
        try (RawS3 server = new RawS3(refusing);
                S3ImageStore store = store(server)) {
            store.put(KEY, LARGE);
        }
    }

    @Test
    void hearsWhyAStoreRefusesABodyThatItDoesNotRead() throws IOException {
        Reply full = new Reply(
                false, false, "507 Insufficient Storage", Map.of(), "<Error><Code>XMinioStorageFull</Code></Error>");
        try (RawS3 server = new RawS3(head -> head.method().equals("PUT") ? full : OK);
                S3ImageStore store = store(server)) {
            assertThatThrownBy(() -> store.put(KEY, LARGE))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("507 XMinioStorageFull");
        }
    }

    private static S3ImageStore store(RawS3 server) {
        return S3ImageStore.create(S3Settings.from(Settings.of(Map.of(
                "S3_ENDPOINT",
                server.endpoint(),
                "S3_BUCKET",
                "pictures",
                "S3_ACCESS_KEY",
                "access",
                "S3_SECRET_KEY",
                "hush-hush"))));
    }
}
