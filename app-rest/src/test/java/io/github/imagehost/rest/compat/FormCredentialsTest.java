package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.rest.upload.UploadsUnderWay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that come in the form with the picture. Each test is a client of its own. */
class FormCredentialsTest extends ServiceTest {

    private static final String EASYIMAGES = "/api/index.php";
    private static final String CHEVERETO = "/api/1/upload";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static int clients;

    private Accounts accounts;
    private OwnerId owner;
    private String token;
    private Client client;

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "TRUSTED_PROXIES", "127.0.0.1",
                "RATE_LIMIT_MAX", "0",
                "METADATA_CACHE", "0s",
                "UPLOADS_MAX", "8",
                "MAX_FILE_SIZE", "1000000");
    }

    @BeforeEach
    void beAnotherClient() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
        token = accounts.token(owner, EnumSet.of(Scope.UPLOAD));
        client = client().with("X-Forwarded-For", "203.0.113." + ++clients);
    }

    /** The service keeps a place for whoever has left until it sees that. */
    @AfterEach
    void leaveAllPlaces() throws Exception {
        UploadsUnderWay.of(service()).await(0);
    }

    private long images() throws Exception {
        return client().get("/api/images", "token", accounts.token(owner))
                .data()
                .at("/pagination/totalItems")
                .asLong();
    }

    private static Multipart picture() {
        return new Multipart().file("image", "a.png", Pictures.uniquePng());
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "key"})
    void beforeThePictureAndBehindIt(String field) throws Exception {
        for (String path : List.of(EASYIMAGES, CHEVERETO)) {
            Answer before =
                    client.post(path, new Multipart().text(field, token).file("image", "a.png", Pictures.uniquePng()));
            Answer behind = client.post(path, picture().text(field, " " + token + "\n"));
            assertThat(before.text()).contains("http://images.test/i/");
            assertThat(behind.text()).contains("http://images.test/i/");
        }
        assertThat(images()).isEqualTo(4);
    }

    @Test
    void aSessionThatHasEndedIsNothingBesideOne() throws Exception {
        for (String path : List.of(EASYIMAGES, CHEVERETO)) {
            Answer answer = client.post(path, picture().text("token", token), "Cookie", "imagehost=ended");
            assertThat(answer.text()).as(path).contains("http://images.test/i/");

            Answer without = client.post(path, picture(), "Cookie", "imagehost=ended");
            assertThat(without.status()).isEqualTo(path.equals(CHEVERETO) ? 401 : 200);
            assertThat(without.text()).contains("请先登录或提供访问令牌");
            assertThat(without.header("Set-Cookie")).startsWith("imagehost=;").contains("Max-Age=0");
        }
        assertThat(images()).isEqualTo(2);
    }

    @Test
    void nowhereElse() throws Exception {
        for (String path : List.of("/api/upload", "/api/upload/multiple", "/api/v1/upload", "/upload")) {
            assertThat(client.post(
                                    path,
                                    new Multipart().text("token", token).file("image", "a.png", Pictures.uniquePng()))
                            .status())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void theSameTwiceIsOneAndTwoAreOneTooMany() throws Exception {
        String other = accounts.token(owner, EnumSet.of(Scope.UPLOAD));

        assertThat(client.post(
                                CHEVERETO + "?key=" + token,
                                picture().text("key", token).text("token", token))
                        .status())
                .isEqualTo(200);
        List<Answer> refused = new ArrayList<>();
        refused.add(client.post(CHEVERETO + "?key=" + token, picture().text("key", other)));
        refused.add(client.post(CHEVERETO, picture().text("key", other), "X-API-Key", token));
        refused.add(client.post(CHEVERETO, picture().text("key", token).text("token", other)));
        refused.add(client.post(
                CHEVERETO,
                new Multipart()
                        .text("key", token)
                        .file("image", "a", Pictures.uniquePng())
                        .text("key", other)));
        refused.add(client.post(
                CHEVERETO, picture().text("key", token).text("key", other).text("key", token)));
        for (Answer answer : refused) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/error/message").asString()).isEqualTo("请求中有多个不同的访问令牌，请只提供一个");
        }
        assertThat(images()).isEqualTo(1);
    }

    @Test
    void aWrongOneIsRefusedBeforeThePictureIsRead() throws Exception {
        try (RawConnection connection = RawConnection.to(service().port())) {
            connection.head(
                    "POST " + EASYIMAGES + " HTTP/1.1",
                    "X-Forwarded-For: 203.0.113.250",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Content-Length: 900000");
            connection.send(("--b\r\nContent-Disposition: form-data; name=token\r\n\r\nimh_wrong\r\n"
                            + "--b\r\nContent-Disposition: form-data; name=image; filename=a.png\r\n\r\n"
                            + "x".repeat(20_000))
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(connection.readHead()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void nothingIsStoredWithoutOne() throws Exception {
        Spool spool = Spool.in(dataDirectory());
        for (String path : List.of(EASYIMAGES, CHEVERETO)) {
            for (Multipart form : List.of(
                    picture(),
                    picture().text("token", ""),
                    new Multipart(),
                    new Multipart().text("source", "https://example.com/a.png"),
                    new Multipart().file("image", "a.png", Pictures.html()))) {
                Answer answer = client.post(path, form);
                assertThat(answer.status()).isEqualTo(path.equals(CHEVERETO) ? 401 : 200);
                assertThat(answer.text()).contains("请先登录或提供访问令牌");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
        assertThat(client.postJson(EASYIMAGES, "{}").json().get("code").asInt()).isEqualTo(202);
        spool.await(0);
    }

    @Test
    void wrongOnesCountLikeAnyOthers() throws Exception {
        Answer last = client.post(CHEVERETO, picture().text("key", "imh_0"));
        for (int i = 1; i < 11; i++) {
            assertThat(last.status()).isEqualTo(401);
            assertThat(last.json().at("/error/code").asInt()).isEqualTo(100);
            last = client.post(
                    i % 2 == 0 ? CHEVERETO : CHEVERETO + "?x=", picture().text("key", "imh_" + i));
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isEqualTo("600");
        assertThat(last.json().at("/error/message").asString()).isEqualTo("错误的密码或访问令牌过多，请稍后再试");
        Answer easy = client.post(EASYIMAGES, picture().text("token", "imh_x"));
        assertThat(easy.json().get("message").asString()).isEqualTo("错误的密码或访问令牌过多，请稍后再试");
    }

    @Test
    void strangersWhoTakeTheirTimeLeaveRoomForOthers() throws Exception {
        List<RawConnection> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                strangers.add(slow("203.0.113.25" + i, "name=image; filename=a.png\r\n\r\n"));
            }
            assertThat(client.post(EASYIMAGES, picture().text("token", token))
                            .json()
                            .get("code")
                            .asInt())
                    .isEqualTo(201);

            assertThat(client.post(EASYIMAGES, picture(), "token", token)
                            .json()
                            .get("code")
                            .asInt())
                    .isEqualTo(200);
        } finally {
            for (RawConnection stranger : strangers) {
                stranger.close();
            }
        }
        Waiting.until(
                "they have left",
                LIMIT,
                () -> client.post(EASYIMAGES, picture().text("token", token))
                                .json()
                                .get("code")
                                .asInt()
                        == 200);
    }

    @Test
    void oneStrangerLeavesRoomForOtherOnes() throws Exception {
        try (RawConnection first = slow("203.0.113.252", "name=image; filename=a.png\r\n\r\n");
                RawConnection second = begin("203.0.113.252")) {
            assertThat(second.readHead()).startsWith("HTTP/1.1 200");

            assertThat(client.post(EASYIMAGES, picture().text("token", token))
                            .json()
                            .get("code")
                            .asInt())
                    .isEqualTo(200);
            first.send(new byte[1]);
        }
    }

    @Test
    void whoHasShownATokenIsNoStrangerAnyMore() throws Exception {
        List<RawConnection> known = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                known.add(slow(
                        "203.0.113.251",
                        "name=token\r\n\r\n" + token
                                + "\r\n--b\r\nContent-Disposition: form-data; name=image; filename=a.png\r\n\r\n"));
                Waiting.until(
                        "others come in",
                        LIMIT,
                        () -> client.post(EASYIMAGES, picture().text("token", token))
                                        .json()
                                        .get("code")
                                        .asInt()
                                == 200);
            }
        } finally {
            for (RawConnection connection : known) {
                connection.close();
            }
        }
    }

    /** An upload that is let in, and does not end. */
    private RawConnection slow(String address, String partHeader) throws Exception {
        RawConnection connection = begin(address);
        assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
        return connection.send(("--b\r\nContent-Disposition: form-data; " + partHeader + "x".repeat(20_000))
                .getBytes(StandardCharsets.UTF_8));
    }

    private RawConnection begin(String address) throws Exception {
        return RawConnection.to(service().port())
                .head(
                        "POST " + EASYIMAGES + " HTTP/1.1",
                        "X-Forwarded-For: " + address,
                        "Expect: 100-continue",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: 900000");
    }
}
