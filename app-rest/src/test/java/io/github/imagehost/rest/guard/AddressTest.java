package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which addresses the service may be used. */
class AddressTest extends ServiceTest {

    private static final String ALLOWED = "10.1.2.3";
    private static final String OTHER = "192.0.2.1";
    private static final String BLOCKED = "10.6.6.6";

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ALLOW_FROM", "10.0.0.0/8, 2001:db8::/32",
                "BLOCK_FROM", "10.6.6.0/24",
                "TRUSTED_PROXIES", "127.0.0.0/8",
                "RATE_LIMIT_MAX", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 200",
        "::ffff:10.1.2.3, 200",
        "::FFFF:0A01:0203, 200",
        "2001:DB8::7, 200",
        "10.1.2.3:51234, 200",
        "[2001:db8::7]:51234, 200",
        "[2001:db8::7], 200",
        "192.0.2.1:443, 403",
        "10.6.6.6:443, 403",
        "192.0.2.1, 403",
        "::ffff:192.0.2.1, 403",
        "2001:db9::7, 403",
        "10.6.6.6, 403",
        "::ffff:10.6.6.6, 403",
        "::FFFF:A06:606, 403"
    })
    void anAddressIsWhateverItsSpelling(String client, int status) throws Exception {
        Answer answer = get("/api/images", client);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.isError(403, "address_refused").text()).doesNotContain("10.0.0.0");
        }
    }

    @Test
    void onlyWhatIsBlockedMayNotLookAtPictures() throws Exception {
        String path = Client.pathOf(client().put("a.png", Pictures.uniquePng(), "X-Forwarded-For", ALLOWED)
                .data()
                .get("url")
                .asString());

        for (String open : new String[] {path, path + "/thumb", "/health"}) {
            assertThat(get(open, ALLOWED).status()).isEqualTo(200);
            assertThat(get(open, OTHER).status()).as(open).isEqualTo(200);
            assertThat(get(open, BLOCKED).isError(403, "address_refused").header("Cache-Control"))
                    .isEqualTo("no-store");
        }
        for (String other :
                new String[] {"/", "/docs/index.html", "/v3/api-docs", "/api/nothing", "/healthy", "/nothing"}) {
            get(other, OTHER).isError(403, "address_refused");
        }
        // it is not the beginning of the path that counts, but where it leads
        get("/i/../api/images", OTHER).isError(403, "address_refused");
        get("/i/%2e%2e/api/images", OTHER).isError(403, "address_refused");
        assertThat(get("/api/images;/i/", OTHER).status()).isEqualTo(403);
    }

    @Test
    void whatAClientSaysOfItselfDoesNotCount() throws Exception {
        client().get("/api/images", "X-Real-IP", ALLOWED).isError(403, "address_refused");
        client().get("/api/images", "Forwarded", "for=" + ALLOWED).isError(403, "address_refused");
        get("/api/images", ALLOWED + ", " + OTHER).isError(403, "address_refused");
        assertThat(get("/api/images", OTHER + ", " + ALLOWED).status()).isEqualTo(200);
        client().get("/api/images", "X-Forwarded-For", OTHER, "X-Real-IP", ALLOWED)
                .isError(403, "address_refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "10.1.2.3:port",
                "10.1.2.3:443:443",
                "10.1.2.3%eth0",
                "192.0.2.1, unknown",
                "unknown, 127.0.0.2"
            })
    void whoCantBeToldIsNotTakenForTheProxy(String hops) throws Exception {
        for (String path : new String[] {"/api/images", "/", "/health", "/i/nobody.png"}) {
            Answer refused = get(path, hops).isError(400, "client_unknown");
            assertThat(refused.message()).contains("X-Forwarded-For");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void whatComesFromTheProxyItselfDoes() throws Exception {
        for (String nobody : new String[] {"", ",", "127.0.0.2"}) {
            assertThat(get("/health", nobody).status()).isEqualTo(200);
            get("/api/images", nobody).isError(403, "address_refused");
        }
    }

    @Test
    void whoMadeUpAHopIsKnownByTheNextOne() throws Exception {
        assertThat(get("/api/images", "unknown, " + ALLOWED).status()).isEqualTo(200);
        get("/api/images", "unknown, " + OTHER).isError(403, "address_refused");
    }

    private Answer get(String path, String client) throws Exception {
        return client().get(path, "X-Forwarded-For", client);
    }
}
