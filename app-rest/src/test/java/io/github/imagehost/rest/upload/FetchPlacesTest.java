package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.web.testing.TestWebServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many links are fetched at once, and for whom. */
class FetchPlacesTest extends ServiceTest {

    private static final int PLACES = 16;
    private static final int SHARE = PLACES / 2;

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore asked = new Semaphore(0);
    private final TestWebServer web = start();
    private final ExecutorService uploads = Executors.newCachedThreadPool();
    private Client greedy;
    private Client other;
    private Client third;

    private TestWebServer start() {
        try {
            return TestWebServer.start((request, out) -> {
                if (request.startsWith("GET /slow")) {
                    asked.release();
                    await(released);
                }
                TestWebServer.picture(Pictures.uniquePng()).answer(request, out);
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody has released it");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "RATE_LIMIT_MAX", "0",
                "FETCH_TIMEOUT", "5m",
                "FETCH_ALLOW", "127.0.0.1:" + web.port());
    }

    @BeforeAll
    void makeOwners() {
        Accounts accounts = new Accounts(service());
        greedy = newOwner(accounts);
        other = newOwner(accounts);
        third = newOwner(accounts);
    }

    private Client newOwner(Accounts accounts) {
        String token = accounts.token(accounts.add(Role.USER).id());
        return client().with("Authorization", "Bearer " + token, "Accept-Language", "en");
    }

    @AfterAll
    void stop() {
        uploads.shutdownNow();
        web.close();
    }

    @Test
    void oneOwnerHasHalfOfThePlacesAndOthersGetIn() throws Exception {
        List<Future<Answer>> held = new ArrayList<>(beginSlow(greedy, SHARE));

        assertTooMany(upload(greedy, "/quick"));
        assertThat(upload(other, "/quick").status()).isEqualTo(200);

        held.addAll(beginSlow(other, SHARE));
        assertTooMany(upload(third, "/quick"));

        released.countDown();
        for (Future<Answer> answer : held) {
            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        assertThat(upload(greedy, "/quick").status()).isEqualTo(200);
        assertThat(upload(third, "/quick").status()).isEqualTo(200);
    }

    private List<Future<Answer>> beginSlow(Client client, int count) throws InterruptedException {
        List<Future<Answer>> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            begun.add(uploads.submit(() -> upload(client, "/slow")));
        }
        assertThat(asked.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("all of them wait for their pictures")
                .isTrue();
        return begun;
    }

    private static void assertTooMany(Answer answer) {
        answer.isError(503, "too_many_fetches");
        assertThat(answer.message())
                .isEqualTo("Too many pictures are being fetched by their links, please try again later");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    private Answer upload(Client client, String path) throws Exception {
        return client.postJson("/api/upload/url", "{\"url\":\"" + web.url(path) + "\"}");
    }
}
