package io.github.imagehost.rest.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How often the provider is asked for its keys. */
class ProviderKeysTest {

    private final MutableClock clock = new MutableClock();
    private final Inquiries inquiries = new Inquiries(clock);
    private final AtomicInteger fetches = new AtomicInteger();
    private Runnable beforeFetch = () -> {};
    private Optional<JWKSet> published = Optional.of(keys("a"));
    private final ProviderKeys keys = new ProviderKeys(inquiries, this::fetch, clock);

    private JWKSet fetch() {
        beforeFetch.run();
        fetches.incrementAndGet();
        return published.orElseThrow(() -> new IdentityProviderUnavailableException("It is away"));
    }

    private static JWKSet keys(String... ids) {
        return new JWKSet(Stream.of(ids)
                .<JWK>map(id ->
                        new OctetSequenceKey.Builder(new byte[32]).keyID(id).build())
                .toList());
    }

    private List<JWK> get(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    @Test
    void theyAreRememberedForAWhile() throws Exception {
        assertThat(get("a")).hasSize(1);
        published = Optional.of(keys("b"));
        clock.advance(ProviderKeys.LIFE.minusMillis(1));
        assertThat(get("a")).hasSize(1);

        clock.advance(Duration.ofMillis(1));

        assertThat(get("a")).isEmpty();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aKeyThatIsNotThereIsAskedForOnceInAWhile() throws Exception {
        assertThat(get("b")).isEmpty();
        published = Optional.of(keys("a", "b"));
        clock.advance(ProviderKeys.RECENT.minusMillis(1));
        assertThat(get("b")).isEmpty();
        assertThat(fetches).hasValue(1);

        clock.advance(Duration.ofMillis(1));

        assertThat(get("b")).hasSize(1);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aProviderThatIsAwayIsAskedOnceInAWhileAndWhatIsKnownGoesOn() throws Exception {
        get("a");
        published = Optional.empty();
        clock.advance(ProviderKeys.RECENT);
        for (int i = 0; i < 5; i++) {
            assertUnknown("b");
            assertThat(get("a")).hasSize(1);
        }
        assertThat(fetches).hasValue(2);

        published = Optional.of(keys("b"));
        clock.advance(Inquiries.PAUSE);

        assertThat(get("b")).hasSize(1);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void aProviderThatIsAwayLeavesTheOldOnesGoodForAWhile() throws Exception {
        get("a");
        published = Optional.empty();
        clock.advance(ProviderKeys.LIFE);
        for (int i = 0; i < 5; i++) {
            assertThat(get("a")).hasSize(1);
            assertUnknown("b");
        }
        assertThat(fetches).hasValue(2);
        clock.advance(ProviderKeys.GRACE.minusMillis(1));
        assertThat(get("a")).hasSize(1);

        clock.advance(Duration.ofMillis(1));

        assertUnknown("a");
        published = Optional.of(keys("a"));
        clock.advance(Inquiries.PAUSE);
        assertThat(get("a")).hasSize(1);
    }

    @Test
    void whoeverFindsNoPlaceGoesOnWithTheOldOnes() throws Exception {
        get("a");
        clock.advance(ProviderKeys.LIFE);
        CountDownLatch answered = new CountDownLatch(24);
        beforeFetch = () -> awaitAll(answered);

        List<Integer> found = Concurrently.run(Inquiries.PLACES + 24, () -> {
            try {
                return get("a").size();
            } finally {
                answered.countDown();
            }
        });

        assertThat(found).containsOnly(1);
        assertThat(fetches).hasValue(2);
    }

    private void assertUnknown(String id) {
        assertThatExceptionOfType(KeySourceException.class)
                .isThrownBy(() -> get(id))
                .withRootCauseInstanceOf(IdentityProviderUnavailableException.class);
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyOut() throws Exception {
        published = Optional.empty();
        assertThatExceptionOfType(KeySourceException.class).isThrownBy(() -> get("a"));
        published = Optional.of(keys("a"));

        clock.advance(Duration.ofDays(-1));

        assertThat(get("a")).hasSize(1);
    }

    @Test
    void fewWait() throws Exception {
        CountDownLatch refused = new CountDownLatch(10);
        Callable<String> task = () -> {
            try {
                return inquiries.ask(Optional::empty, () -> {
                    awaitAll(refused);
                    return "answer";
                });
            } catch (IdentityProviderUnavailableException e) {
                refused.countDown();
                return String.valueOf(e.getMessage());
            }
        };

        List<String> results = Concurrently.run(Inquiries.PLACES + 10, task);

        assertThat(results).filteredOn("answer"::equals).hasSize(Inquiries.PLACES);
        assertThat(results)
                .filteredOn(result -> result.startsWith("Too many wait"))
                .hasSize(10);
    }

    private static void awaitAll(CountDownLatch others) {
        try {
            others.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
