package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.LinkSignerContract;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3LinksIT extends LinkSignerContract {

    private static final String PREFIX = "images/";

    private final Map<String, String> settings = S3TestServer.shared().freshBucket();

    @Override
    protected ImageStore createStore() {
        settings.put("S3_PREFIX", PREFIX);
        return S3ImageStore.create(S3Settings.from(Settings.of(settings)));
    }

    @Test
    void whatALinkSaysIsSignedToo() throws Exception {
        store().put(KEY, TestContent.ofSize(5000, 1));
        String link = signer().signedLink(KEY, Duration.ofMinutes(5), HEADERS).toString();
        String forged = link.replace("image%2Fwebp", "text%2Fhtml");

        assertThat(forged).isNotEqualTo(link);
        assertThat(get(URI.create(forged)).statusCode()).isEqualTo(403);
    }

    @Test
    void theObjectItselfSaysItsTypeAndThatItNeverChanges() {
        store().put(KEY, TestContent.ofSize(5000, 1));

        try (S3Client client = S3TestServer.shared().client()) {
            HeadObjectResponse object = client.headObject(
                    head -> head.bucket(settings.get("S3_BUCKET")).key(PREFIX + KEY.value()));
            assertThat(object.contentType()).isEqualTo("image/png");
            assertThat(object.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
        }
    }

    @Test
    void withoutItsSignatureALinkGivesNothing() throws Exception {
        store().put(KEY, TestContent.ofSize(5000, 1));
        String link = signer().signedLink(KEY, Duration.ofMinutes(5), HEADERS).toString();

        assertThat(get(URI.create(link.substring(0, link.indexOf('?')))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aLinkSaysHowLongItIsValid() {
        assertThat(signer().signedLink(KEY, Duration.ofDays(7), HEADERS).getRawQuery())
                .contains("X-Amz-Expires=" + Duration.ofDays(7).toSeconds());
    }
}
