package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.LinkSigner;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.StoreException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to that gives out links. */
public abstract class LinkSignerContract {

    /** What the links of the tests say of the object. */
    protected static final AnswerHeaders HEADERS = new AnswerHeaders(
            "image/webp", "attachment; filename=\"a;b.webp\"; filename*=UTF-8''%E7%8C%AB.webp", "private, max-age=60");

    /** What the links of the tests lead to. */
    protected static final ObjectKey KEY = new ObjectKey("derived/cat.png");

    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final TestContent content = TestContent.ofSize(5000, 1);
    private final HttpClient client = HttpClient.newHttpClient();
    private ImageStore store = new InMemoryImageStore(new MutableClock());

    /** An empty store, which the contract closes. */
    protected abstract ImageStore createStore();

    /** The signer of the store that is under test. */
    protected final LinkSigner signer() {
        return store.linkSigner().orElseThrow();
    }

    /** The store that is under test. */
    protected final ImageStore store() {
        return store;
    }

    @BeforeEach
    final void openStore() {
        store = createStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    void aSignedLinkGivesTheObjectToAnybody() throws Exception {
        store.put(KEY, content);

        HttpResponse<byte[]> answer = get(signer().signedLink(KEY, VALIDITY, HEADERS));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content.bytes());
    }

    @Test
    void aSignedLinkSaysOfTheObjectWhatItWasToldTo() throws Exception {
        store.put(KEY, content);

        HttpHeaders headers = get(signer().signedLink(KEY, VALIDITY, HEADERS)).headers();

        assertThat(headers.firstValue("Content-Type")).contains(HEADERS.contentType());
        assertThat(headers.firstValue("Content-Disposition")).contains(HEADERS.contentDisposition());
        assertThat(headers.firstValue("Cache-Control")).contains(HEADERS.cacheControl());
    }

    @Test
    void aLinkMayBeMadeBeforeItsObject() throws Exception {
        URI link = signer().signedLink(KEY, VALIDITY, HEADERS);
        assertThat(get(link).statusCode()).isEqualTo(404);

        store.put(KEY, content);

        assertThat(get(link).body()).isEqualTo(content.bytes());
    }

    @Test
    void aLinkIsValidForASecondToSevenDays() {
        for (Duration legal : List.of(Duration.ofSeconds(1), Duration.ofDays(7))) {
            assertThat(signer().signedLink(KEY, legal, HEADERS)).isNotNull();
        }
        for (Duration illegal :
                List.of(Duration.ofMillis(999), Duration.ofDays(7).plusSeconds(1))) {
            assertThatThrownBy(() -> signer().signedLink(KEY, illegal, HEADERS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(illegal.toString());
        }
    }

    @Test
    void aClosedStoreSignsNothing() {
        LinkSigner signer = signer();
        store.close();

        assertThatThrownBy(() -> signer.signedLink(KEY, VALIDITY, HEADERS)).isInstanceOf(StoreException.class);
    }

    /** Follows a link, without any rights. */
    protected final HttpResponse<byte[]> get(URI link) throws Exception {
        return client.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
