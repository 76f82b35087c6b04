package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens that are good only from somewhere, and those that are made to be published. */
class BoundTokensTest extends ServiceTest {

    private static final String BLOG = "https://blog.example";
    private static final String STRANGER = "https://stranger.example";
    private static final EnumSet<Scope> ALL = EnumSet.allOf(Scope.class);

    private Accounts accounts;
    private OwnerId owner;

    /** What this service makes and revokes it knows at once, however long others may take to notice. */
    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "1h", "TRUSTED_PROXIES", "127.0.0.1");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
    }

    @Test
    void aTokenIsGoodOnThePagesOfItsOriginsAndNowhereElse() throws Exception {
        String token = bound(BLOG, "app://obsidian.md");

        for (String origin : new String[] {BLOG, "app://obsidian.md"}) {
            Answer answer =
                    get(token, "Origin", origin, "Sec-Fetch-Site", "cross-site").isSuccess("操作成功");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.header("Vary")).contains("Origin");
        }
        Answer fromElsewhere = get(token, "Origin", STRANGER).isError(403, "origin_refused");
        assertThat(fromElsewhere.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(fromElsewhere.text()).doesNotContain("blog").doesNotContain("obsidian");
        get(token).isError(403, "origin_refused");
        get(token, "Origin", "null").isError(403, "origin_refused");
        get(token, "Origin", "https://blog.example.evil").isError(403, "origin_refused");
    }

    @Test
    void browsersAreToldThatTheyMaySendIt() throws Exception {
        bound(BLOG);

        for (String path : new String[] {"/api/upload", "/api/upload/multiple", "/api/images"}) {
            Answer preFlight = preFlight(path, BLOG);
            assertThat(preFlight.status()).isEqualTo(200);
            assertThat(preFlight.header("Access-Control-Allow-Origin")).isEqualTo(BLOG);
            assertThat(preFlight.header("Access-Control-Allow-Headers")).isEqualTo("x-api-key");
            assertThat(preFlight.header("Access-Control-Allow-Credentials")).isEmpty();
        }
        preFlight("/api/upload", STRANGER).isError(403, "cross_site_refused");
        preFlight("/i/cat.png", BLOG).isError(403, "cross_site_refused");
    }

    @Test
    void alsoWhereOtherProtocolsAreSpoken() throws Exception {
        String token = bound(BLOG);

        for (String path :
                new String[] {"/upload", "/delete", "/heartbeat", "/api/v1/upload", "/api/index.php", "/api/1/upload"
                }) {
            Answer preFlight = preFlight(path, BLOG);
            assertThat(preFlight.status()).as(path).isEqualTo(200);
            assertThat(preFlight.header("Access-Control-Allow-Origin")).isEqualTo(BLOG);
            preFlight(path, STRANGER).isError(403, "cross_site_refused");
        }
        Answer uploaded = client().post("/upload", file(Pictures.uniquePng()), with(token, "Origin", BLOG));
        assertThat(uploaded.json().get("success").asBoolean()).isTrue();
        assertThat(uploaded.header("Access-Control-Allow-Origin")).isEqualTo(BLOG);
    }

    /** Whether it is there is known only when the form is read, and who may read the answer before. */
    @Test
    void inAFormItIsGoodForNothingElsewhere() throws Exception {
        String token = bound(BLOG);

        for (String path : new String[] {"/api/index.php", "/api/1/upload"}) {
            Answer answer = client().post(
                            path,
                            new Multipart().text("token", token).file("image", "a.png", new byte[1]),
                            "Origin",
                            BLOG);
            assertThat(answer.text()).contains("拒绝跨站请求");
        }
    }

    @Test
    void anOriginCountsFromTheTokenOnAndUntilItIsRevoked() throws Exception {
        String origin = "https://a" + owner.value() + ".example";
        String account = accounts.token(owner);
        preFlight("/api/upload", origin).isError(403, "cross_site_refused");

        JsonNode made =
                issue(account, "\"origins\":[\"" + origin + "\"]").json().get("data");
        assertThat(preFlight("/api/upload", origin).status()).isEqualTo(200);

        client().send("DELETE", "/api/tokens/" + made.get("id").asLong(), BodyPublishers.noBody(), "X-API-Key", account)
                .isSuccess("令牌已撤销");
        preFlight("/api/upload", origin).isError(403, "cross_site_refused");
    }

    @Test
    void pagesOfItsOriginsMayDoNothingElse() throws Exception {
        bound(BLOG);
        String free = accounts.token(owner);
        String elsewhere = bound("https://shop.example");

        get(free, "Origin", BLOG).isError(403, "cross_site_refused");
        upload(free, "Origin", BLOG).isError(403, "cross_site_refused");
        upload(elsewhere, "Origin", BLOG).isError(403, "origin_refused");
        upload("imh_" + "x".repeat(38), "Origin", BLOG).isError(401, "token_invalid");
        Answer withCookie = client().post("/api/upload", file(Pictures.uniquePng()), "Origin", BLOG, "Cookie", cookie())
                .isError(403, "cross_site_refused");
        assertThat(withCookie.header("Access-Control-Allow-Origin")).isEmpty();
        Answer list =
                client().get("/api/images", "Origin", BLOG, "Cookie", cookie()).isSuccess("操作成功");
        assertThat(list.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private String cookie() {
        return "imagehost=" + accounts.session(owner);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "::ffff:10.1.2.3, true",
        "::FFFF:A01:203, true",
        "2001:DB8:0:0::7, true",
        "192.0.2.1, false",
        "::ffff:192.0.2.1, false",
        "2001:db9::7, false"
    })
    void aTokenIsGoodForClientsInItsNetworks(String client, boolean isGood) throws Exception {
        TokenBinding binding =
                new TokenBinding(Set.of(), Set.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")));
        String token = token(ALL, binding);

        Answer answer = get(token, "X-Forwarded-For", client, "X-Real-IP", "10.1.2.3", "Forwarded", "for=10.1.2.3");

        if (isGood) {
            answer.isSuccess("操作成功");
        } else {
            assertThat(answer.isError(403, "address_refused").text()).doesNotContain("10.0.0.0");
        }
    }

    @Test
    void aSessionIsNoWayAroundIt() throws Exception {
        String ofNetwork = token(ALL, new TokenBinding(Set.of(), Set.of(Network.parse("10.0.0.0/8"))));
        String body = "{\"token\":\"%s\"}";

        client().postJson("/api/session", body.formatted(ofNetwork)).isError(403, "address_refused");
        client().postJson("/api/session", body.formatted(bound(BLOG)), "X-Forwarded-For", "10.0.0.1")
                .isError(403, "origin_refused");

        Answer started = client().postJson("/api/session", body.formatted(ofNetwork), "X-Forwarded-For", "10.0.0.1");
        String cookie = started.header("Set-Cookie").replaceAll(";.*", "");
        client().get("/api/images", "Cookie", cookie, "X-Forwarded-For", "10.0.0.1")
                .isSuccess("操作成功");
        client().get("/api/images", "Cookie", cookie).isError(403, "address_refused");
        Multipart form = new Multipart().text("visibility", "private").file("image", "a.png", Pictures.uniquePng());
        JsonNode image = client().post("/api/upload", form, "Authorization", "Bearer " + accounts.token(owner))
                .data();
        String path = "/i/" + image.get("filename").asString();
        assertThat(client().get(path, "Cookie", cookie, "X-Forwarded-For", "10.0.0.1")
                        .status())
                .isEqualTo(200);
        client().get(path, "Cookie", cookie).isError(404, "image_not_found");
    }

    @Test
    void whatATokenIsBoundToIsTold() throws Exception {
        String account = accounts.token(owner);

        JsonNode made = issue(account, "\"origins\":[\"" + BLOG + "\"],\"networks\":[\"10.1.2.3/8\",\"::1\"]")
                .json()
                .get("data");

        assertThat(made.get("origins").toString()).isEqualTo("[\"" + BLOG + "\"]");
        assertThat(made.get("networks").toString()).isEqualTo("[\"0:0:0:0:0:0:0:1/128\",\"10.0.0.0/8\"]");
        JsonNode listed =
                client().get("/api/tokens", "X-API-Key", account).data().get("tokens");
        assertThat(listed.get(0).get("origins").isNull()).isTrue();
        assertThat(listed.get(0).get("networks").isNull()).isTrue();
        assertThat(listed.get(1).get("origins")).isEqualTo(made.get("origins"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"origins\":[]",
                "\"origins\":\"https://blog.example\"",
                "\"origins\":[\"*\"]",
                "\"origins\":[\"blog.example\"]",
                "\"origins\":[\"https://blog.example/\"]",
                "\"origins\":[7]",
                "\"networks\":[\"office\"]",
                "\"networks\":[\"10.0.0.0/33\"]",
                "\"networks\":{}"
            })
    void whatIsNoBindingMakesNoToken(String fields) throws Exception {
        String account = accounts.token(owner);

        issue(account, fields).isError(400, "invalid_parameter");

        assertThat(client().get("/api/tokens", "X-API-Key", account).data().get("tokens"))
                .hasSize(1);
    }

    @Test
    void aTokenMakesNoneThatIsGoodFromElsewhere() throws Exception {
        String token = token(ALL, new TokenBinding(Set.of(new Origin(BLOG)), Set.of(Network.parse("127.0.0.0/8"))));
        String[] here = {"Origin", BLOG};

        Answer wider = issue(token, "\"networks\":[\"0.0.0.0/0\"]", here).isError(400, "invalid_parameter");
        assertThat(wider.message()).contains("127.0.0.0/8");
        issue(token, "\"origins\":[\"" + BLOG + "\",\"" + STRANGER + "\"]", here)
                .isError(400, "invalid_parameter");

        JsonNode same = issue(token, "\"networks\":null", here).json().get("data");
        assertThat(same.get("origins").toString()).isEqualTo("[\"" + BLOG + "\"]");
        assertThat(same.get("networks").toString()).isEqualTo("[\"127.0.0.0/8\"]");
        JsonNode smaller =
                issue(token, "\"networks\":[\"127.0.0.1\"]", here).json().get("data");
        assertThat(smaller.get("networks").toString()).isEqualTo("[\"127.0.0.1/32\"]");
    }

    @Test
    void whoeverReadsAPublishedTokenLearnsNothingOfItsOwner() throws Exception {
        byte[] known = Pictures.uniquePng();
        byte[] unknown = Pictures.uniquePng();
        JsonNode first = upload(known, accounts.token(owner)).isSuccess("上传成功").data();
        String published = token(Set.of(Scope.UPLOAD), new TokenBinding(Set.of(new Origin(BLOG)), Set.of()));

        JsonNode again =
                upload(known, published, "Origin", BLOG).isSuccess("上传成功").data();
        JsonNode fresh =
                upload(unknown, published, "Origin", BLOG).isSuccess("上传成功").data();

        assertThat(again.get("url")).isEqualTo(first.get("url"));
        for (JsonNode told : new JsonNode[] {again, fresh}) {
            assertThat(told.get("id").isNull()).isTrue();
            assertThat(told.get("duplicate").asBoolean()).isFalse();
        }
        client().get("/api/me", "X-API-Key", published, "Origin", BLOG).isError(403, "scope_missing");
    }

    private String bound(String... origins) {
        Set<Origin> parsed = Arrays.stream(origins).map(Origin::new).collect(Collectors.toSet());
        return token(ALL, new TokenBinding(parsed, Set.of()));
    }

    /** Made past the service, which would notice in an hour. */
    private String token(Set<Scope> scopes, TokenBinding binding) {
        String token = accounts.token(owner, scopes, binding);
        service().part(TokenOrigins.class).forget();
        return token;
    }

    private Answer get(String token, String... headers) throws Exception {
        return client().get("/api/images", with(token, headers));
    }

    private static String[] with(String token, String... headers) {
        return Stream.concat(Stream.of("X-API-Key", token), Arrays.stream(headers))
                .toArray(String[]::new);
    }

    private Answer upload(String token, String... headers) throws Exception {
        return upload(Pictures.uniquePng(), token, headers);
    }

    private Answer upload(byte[] picture, String token, String... headers) throws Exception {
        return client().post("/api/upload", file(picture), with(token, headers));
    }

    private static Multipart file(byte[] picture) {
        return new Multipart().file("image", "cat.png", picture);
    }

    private Answer issue(String by, String fields, String... headers) throws Exception {
        String body = "{\"name\":\"t\",\"scopes\":[\"upload\"]," + fields + "}";
        return client().postJson("/api/tokens", body, with(by, headers));
    }

    private Answer preFlight(String path, String origin) throws Exception {
        return client().send(
                        "OPTIONS",
                        path,
                        BodyPublishers.noBody(),
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "x-api-key");
    }
}
