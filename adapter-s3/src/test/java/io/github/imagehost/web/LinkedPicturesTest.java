package io.github.imagehost.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.fetch.LinkedPicture;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.fetch.NameResolver;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.web.testing.TestWebServer;
import io.github.imagehost.web.testing.TestWebServer.Handler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that are fetched from real servers. Whatever happens, no connection is left. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkedPicturesTest {

    private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);
    private static final int PLACES = 2;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> lookedUp = new ArrayList<>();

    private TestWebServer server(Handler handler) throws IOException {
        return opened(TestWebServer.start(handler));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            if (resource instanceof TestWebServer server) {
                server.awaitNoConnection();
            }
            resource.close();
        }
    }

    /** What is on these servers may be asked, and nothing else. */
    private LinkedPictures pictures(NameResolver resolver, String timeout, String... allowed) {
        return pictures(resolver, timeout, new SharedPlaces<>(PLACES, PLACES), allowed);
    }

    private LinkedPictures pictures(
            NameResolver resolver, String timeout, SharedPlaces<OwnerId> places, String... allowed) {
        NameResolver noting = name -> {
            lookedUp.add(name);
            return resolver.resolve(name);
        };
        Settings settings = Settings.of(Map.of("FETCH_TIMEOUT", timeout, "FETCH_ALLOW", String.join(",", allowed)));
        return opened(new LinkedPictures(HttpWebClient.create(), FetchSettings.from(settings), noting, places));
    }

    private LinkedPictures pictures(TestWebServer server) {
        return pictures(NameResolver.SYSTEM, "20s", "127.0.0.1:" + server.port());
    }

    private static byte[] read(LinkedPictures pictures, String link) throws IOException {
        try (LinkedPicture picture = pictures.open(OwnerId.DEFAULT, link)) {
            return picture.content().readAllBytes();
        }
    }

    private static void assertReason(Reason reason, LinkedPictures pictures, String link) {
        assertThatThrownBy(() -> read(pictures, link))
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .extracting(FetchException::reason)
                .isEqualTo(reason);
    }

    @Test
    void aPictureIsFetchedWithItsName() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));

        try (LinkedPicture picture = pictures(server).open(OwnerId.DEFAULT, server.url("/a/%E7%8C%AB.png?w=1&x=%20"))) {
            assertThat(picture.originalName()).isEqualTo("猫.png");
            assertThat(picture.size()).hasValue(PICTURE.length);
            assertThat(picture.content().readAllBytes()).isEqualTo(PICTURE);
        }

        server.awaitNoConnection();
        assertThat(lookedUp).isEmpty();
        assertThat(server.requests()).singleElement().asString().satisfies(request -> {
            assertThat(request).startsWith("GET /a/%E7%8C%AB.png?w=1&x=%20 HTTP/1.1\r\n");
            assertThat(request.lines().skip(1).filter(line -> !line.isEmpty()))
                    .containsExactlyInAnyOrder(
                            "Accept: image/*",
                            "Accept-Encoding: identity",
                            "Host: 127.0.0.1:" + server.port(),
                            "User-Agent: imagehost",
                            "Connection: close");
        });
    }

    @Test
    void anAddressMayBeWrittenAsOneOfIpv6() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));

        assertThat(read(pictures(server), "http://[::FFFF:127.0.0.1]:" + server.port() + "//x"))
                .isEqualTo(PICTURE);

        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("GET //x HTTP/1.1\r\n")
                .contains("Host: 127.0.0.1:" + server.port() + "\r\n");
    }

    @Test
    void whoeverLooksAtThePictureNoLongerEndsTheConnection() throws Exception {
        TestWebServer server = server((request, out) -> endless(out));

        try (LinkedPicture picture = pictures(server).open(OwnerId.DEFAULT, server.url("/"))) {
            assertThat(picture.size()).isEmpty();
            assertThat(picture.content().readNBytes(100_000)).hasSize(100_000);
        }

        server.awaitNoConnection();
    }

    private static void endless(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        byte[] some = new byte[8192];
        while (true) {
            out.write(some);
        }
    }

    @Test
    void aBodyMayEndWithItsConnectionOrComeInChunks() throws Exception {
        TestWebServer server = server((request, out) -> out.write((request.contains("/chunked")
                        ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na pi\r\n5\r\ncture\r\n0\r\n\r\n"
                        : "HTTP/1.0 200 OK\r\n\r\na picture")
                .getBytes(StandardCharsets.UTF_8)));

        LinkedPictures pictures = pictures(server);

        assertThat(read(pictures, server.url("/chunked"))).isEqualTo(PICTURE);
        assertThat(read(pictures, server.url("/"))).isEqualTo(PICTURE);
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        TestWebServer target = server(TestWebServer.picture(PICTURE));
        TestWebServer server = server((request, out) -> {
            String location = request.startsWith("GET /1 ") ? "2?猫" : target.url("/cat.png");
            TestWebServer.redirect(location).answer(request, out);
        });
        LinkedPictures pictures =
                pictures(NameResolver.SYSTEM, "20s", "127.0.0.1:" + server.port(), "127.0.0.1:" + target.port());

        try (LinkedPicture picture = pictures.open(OwnerId.DEFAULT, server.url("/1"))) {
            assertThat(picture.originalName()).isEqualTo("cat.png");
            assertThat(picture.content().readAllBytes()).isEqualTo(PICTURE);
        }

        assertThat(server.requests())
                .extracting(request -> request.lines().findFirst().orElse(""))
                .containsExactly("GET /1 HTTP/1.1", "GET /2?%E7%8C%AB HTTP/1.1");
    }

    /** To a server that would give the picture: only its address is not allowed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://127.0.0.2:%d/      | ADDRESS
            http://localhost:%d/      | ADDRESS
            http://[::1]:%d/          | ADDRESS
            http://0.0.0.0:%d/        | ADDRESS
            http://169.254.169.254/   | ADDRESS
            http://2130706433:%d/     | HOST
            http://x@127.0.0.1:%d/    | USER
            http://127.0.0.1:1/       | PORT
            file:///etc/hostname      | SCHEME
            ftp://127.0.0.1:%d/       | SCHEME
            """)
    void aRedirectToWhatMayNotBeAskedIsNotFollowed(String location, Reason reason) throws Exception {
        AtomicReference<Handler> handler = new AtomicReference<>();
        TestWebServer first = server((request, out) -> handler.get().answer(request, out));
        handler.set(TestWebServer.redirect(location.replace("%d", String.valueOf(first.port()))));
        TestWebServer forbidden = opened(TestWebServer.start(
                ServerSocketFactory.getDefault(), "127.0.0.2", first.port(), TestWebServer.picture(PICTURE)));
        NameResolver resolver = name -> List.of(InetAddresses.forString("127.0.0.2"));

        assertReason(reason, pictures(resolver, "20s", "127.0.0.1:" + first.port()), first.url("/"));

        assertThat(first.requests()).hasSize(1);
        assertThat(forbidden.connections()).isZero();
    }

    @Test
    void aLinkLeadsOnFiveTimes() throws Exception {
        TestWebServer server = server((request, out) -> {
            int left = Integer.parseInt(request.replaceFirst("(?s)GET /(\\d+) .*", "$1"));
            Handler handler = left == 0 ? TestWebServer.picture(PICTURE) : TestWebServer.redirect("/" + (left - 1));
            handler.answer(request, out);
        });
        LinkedPictures pictures = pictures(server);

        assertThat(read(pictures, server.url("/5"))).isEqualTo(PICTURE);
        assertReason(Reason.REDIRECTS, pictures, server.url("/6"));
        assertThat(server.connections()).isEqualTo(6 + 6);
    }

    @Test
    void aLinkThatLeadsToItselfHasAnEnd() throws Exception {
        TestWebServer server = server(TestWebServer.redirect("/"));

        assertReason(Reason.REDIRECTS, pictures(server), server.url("/"));
        assertThat(server.connections()).isEqualTo(6);
    }

    @Test
    void whatWasLookedUpIsWhatIsConnectedTo() throws Exception {
        TestWebServer allowed = server(TestWebServer.picture(PICTURE));
        TestWebServer forbidden = opened(TestWebServer.start(
                ServerSocketFactory.getDefault(), "127.0.0.2", allowed.port(), TestWebServer.picture(new byte[1])));
        NameResolver rebinding =
                name -> List.of(InetAddress.getByName(lookedUp.size() == 1 ? "127.0.0.1" : "127.0.0.2"));
        LinkedPictures pictures = pictures(rebinding, "20s", "127.0.0.1:" + allowed.port());

        assertThat(read(pictures, "http://pictures.test:" + allowed.port() + "/"))
                .isEqualTo(PICTURE);

        assertThat(lookedUp).containsExactly("pictures.test");
        assertThat(allowed.requests())
                .singleElement()
                .asString()
                .contains("\r\nHost: pictures.test:" + allowed.port() + "\r\n");
        assertThat(forbidden.connections()).isZero();
    }

    @Test
    void aNameIsLookedUpAgainForARedirect() throws Exception {
        TestWebServer allowed = server(TestWebServer.redirect("/again"));
        TestWebServer forbidden = opened(TestWebServer.start(
                ServerSocketFactory.getDefault(), "127.0.0.2", allowed.port(), TestWebServer.picture(PICTURE)));
        NameResolver rebinding =
                name -> List.of(InetAddress.getByName(lookedUp.size() == 1 ? "127.0.0.1" : "127.0.0.2"));
        LinkedPictures pictures = pictures(rebinding, "20s", "127.0.0.1:" + allowed.port());

        assertReason(Reason.ADDRESS, pictures, "http://pictures.test:" + allowed.port() + "/");

        assertThat(lookedUp).containsExactly("pictures.test", "pictures.test");
        assertThat(allowed.connections()).isEqualTo(1);
        assertThat(forbidden.connections()).isZero();
    }

    @Test
    void anAddressThatDoesNotAnswerIsFollowedByTheNext() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        NameResolver resolver =
                name -> List.of(InetAddresses.forString("127.0.0.3"), InetAddresses.forString("127.0.0.1"));

        assertThat(read(
                        pictures(resolver, "20s", "127.0.0.0/8:" + server.port()),
                        "http://pictures.test:" + server.port() + "/"))
                .isEqualTo(PICTURE);
    }

    @Test
    void oneForbiddenAddressIsEnough() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        NameResolver resolver =
                name -> List.of(InetAddresses.forString("127.0.0.1"), InetAddresses.forString("127.0.0.2"));

        assertReason(
                Reason.ADDRESS,
                pictures(resolver, "20s", "127.0.0.1:" + server.port()),
                "http://pictures.test:" + server.port() + "/");
        assertThat(server.connections()).isZero();
    }

    @Test
    void whatIsRefusedIsNotConnectedTo() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        LinkedPictures pictures = pictures(NameResolver.SYSTEM, "20s");

        assertReason(Reason.PORT, pictures, server.url("/"));
        assertReason(Reason.ADDRESS, pictures, "http://127.0.0.1/");
        assertReason(Reason.ADDRESS, pictures, "http://localhost/");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 Not Found             | ''                             | STATUS
            500 Oops                  | ''                             | STATUS
            206 Partial Content       | Content-Range: bytes 0-3/9     | STATUS
            304 Not Modified          | ''                             | STATUS
            302 Found                 | ''                             | STATUS
            300 Choices               | Location: /                    | STATUS
            401 Unauthorized          | WWW-Authenticate: Basic realm=x | STATUS
            407 Proxy                 | Proxy-Authenticate: Basic realm=x | STATUS
            200 OK                    | Content-Encoding: gzip         | ENCODING
            200 OK                    | Content-Encoding: br           | ENCODING
            200 OK                    | Content-Encoding: identity, gzip | ENCODING
            200 OK                    | Content-Length: 1              | CONNECTION
            200 OK                    | Transfer-Encoding: gzip        | CONNECTION
            """)
    void otherAnswersAreNone(String status, String header, Reason reason) throws Exception {
        TestWebServer server = server((request, out) ->
                out.write(TestWebServer.answer(status, header.isEmpty() ? "" : header + "\r\n", new byte[0])));

        assertReason(reason, pictures(server), server.url("/"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void theStatusIsTold() throws Exception {
        TestWebServer server =
                server((request, out) -> out.write(TestWebServer.answer("404 Gone fishing", "", new byte[0])));

        assertThatThrownBy(() -> read(pictures(server), server.url("/")))
                .hasMessage("The host of the link answers with HTTP status: 404")
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo("url_unreachable"))
                .satisfies(e -> assertThat(e.detail()).isEqualTo("404"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na picture",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\na pict",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\na picture\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            })
    void aBodyThatBreaksOffIsNone(String answer) throws Exception {
        TestWebServer server = server((request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));

        assertReason(Reason.BROKEN, pictures(server), server.url("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "hello\r\n", "HTTP/1.1 OK\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
    void whatIsNoHttpIsNoAnswer(String answer) throws Exception {
        TestWebServer server = server((request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));

        assertReason(Reason.CONNECTION, pictures(server), server.url("/"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y\r\n", "X: 0123456789abcdef"})
    void endlessHeadersHaveAnEnd(String repeated) throws Exception {
        TestWebServer server = server((request, out) -> forever(out, "HTTP/1.1 200 OK\r\n", repeated));

        assertReason(Reason.CONNECTION, pictures(server), server.url("/"));
    }

    @Test
    void andSoHaveEndlessAnswersBeforeTheAnswer() throws Exception {
        TestWebServer server = server((request, out) -> forever(out, "", "HTTP/1.1 100 Continue\r\n\r\n"));

        assertReason(
                Reason.TOO_SLOW, pictures(NameResolver.SYSTEM, "300ms", "127.0.0.1:" + server.port()), server.url("/"));
    }

    private static void forever(OutputStream out, String beginning, String repeated) throws IOException {
        out.write(beginning.getBytes(StandardCharsets.UTF_8));
        byte[] some = repeated.getBytes(StandardCharsets.UTF_8);
        while (true) {
            out.write(some);
        }
    }

    /** Silent at once, or one byte after the other: the time is for all of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nX: ",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
            })
    void whoeverIsTooSlowIsLeft(String beginning) throws Exception {
        Handler slow = (request, out) -> {
            out.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (true) {
                pause(Duration.ofMillis(10));
                out.write('x');
            }
        };
        for (Handler handler : List.of(TestWebServer.silentAfter(beginning), slow)) {
            TestWebServer server = server(handler);
            long start = System.nanoTime();

            assertReason(
                    Reason.TOO_SLOW,
                    pictures(NameResolver.SYSTEM, "300ms", "127.0.0.1:" + server.port()),
                    server.url("/"));

            assertThat(System.nanoTime() - start).isBetween(300_000_000L, 15_000_000_000L);
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theTimeIsForAllRedirectsTogether() throws Exception {
        TestWebServer server = server((request, out) -> {
            pause(Duration.ofMillis(300));
            TestWebServer.redirect("/").answer(request, out);
        });

        assertReason(
                Reason.TOO_SLOW, pictures(NameResolver.SYSTEM, "1s", "127.0.0.1:" + server.port()), server.url("/"));
    }

    @Test
    void aPortWhereNobodyListensDoesNotAnswer() throws Exception {
        int port;
        try (ServerSocket nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }

        assertReason(
                Reason.CONNECTION,
                pictures(NameResolver.SYSTEM, "20s", "127.0.0.1:" + port),
                "http://127.0.0.1:" + port + "/");
    }

    @Test
    void aCompressedAnswerIsNotTaken() throws Exception {
        TestWebServer server = server((request, out) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(new byte[1 << 20]);
            }
            out.write(TestWebServer.answer("200 OK", "Content-Encoding: gzip\r\n", bytes.toByteArray()));
        });

        assertReason(Reason.ENCODING, pictures(server), server.url("/"));
    }

    @Test
    void cookiesAreForgotten() throws Exception {
        TestWebServer server = server((request, out) -> {
            String next =
                    request.startsWith("GET /1 ") ? "HTTP/1.1 302 Found\r\nLocation: /2\r\n" : "HTTP/1.1 200 OK\r\n";
            out.write((next + "Set-Cookie: a=b\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        });
        LinkedPictures pictures = pictures(server);

        read(pictures, server.url("/1"));
        read(pictures, server.url("/1"));

        assertThat(server.requests()).hasSize(4).noneMatch(request -> request.contains("Cookie"));
    }

    @Test
    void aLinkThatIsTooLongIsNotCut() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        String link = server.url("/?") + "x".repeat(9_000);

        assertReason(Reason.MALFORMED, pictures(server), link);
        assertReason(Reason.MALFORMED, pictures(server), " ".repeat(100) + link);
        assertThat(server.connections()).isZero();
    }

    @Test
    void oneSenderHasAShareOfThePlaces() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        String link = server.url("/");
        LinkedPictures pictures = pictures(
                NameResolver.SYSTEM, "20s", new SharedPlaces<>(PLACES, PLACES / 2), "127.0.0.1:" + server.port());

        try (LinkedPicture held = pictures.open(OwnerId.DEFAULT, link)) {
            assertReason(Reason.BUSY, pictures, link);
            pictures.open(OwnerId.DEFAULT, "data:,cat").close();
            try (LinkedPicture other = pictures.open(new OwnerId(2), link)) {
                assertThat(other.content().readAllBytes()).isEqualTo(PICTURE);
            }
            assertThat(held.content().readAllBytes()).isEqualTo(PICTURE);
        }
        assertThat(read(pictures, link)).isEqualTo(PICTURE);
    }

    @Test
    void thereIsAPlaceForEachOfAFew() throws Exception {
        TestWebServer server = server(TestWebServer.picture(PICTURE));
        LinkedPictures pictures = pictures(server);
        TestWebServer broken = server((request, out) -> out.write("nonsense\r\n".getBytes(StandardCharsets.UTF_8)));

        LinkedPicture other = pictures.open(OwnerId.DEFAULT, server.url("/"));
        try (LinkedPicture one = pictures.open(OwnerId.DEFAULT, server.url("/"))) {
            assertReason(Reason.BUSY, pictures, server.url("/"));
            assertThat(one.content().readAllBytes()).isEqualTo(PICTURE);
            other.close();
            other.close();
            assertThat(read(pictures, server.url("/"))).isEqualTo(PICTURE);
            try (InputStream third =
                    pictures.open(OwnerId.DEFAULT, server.url("/")).content()) {
                assertReason(Reason.BUSY, pictures, server.url("/"));
                assertThat(third.readAllBytes()).isEqualTo(PICTURE);
            }
        }
        for (int i = 0; i < 2 * PLACES; i++) {
            assertReason(Reason.PORT, pictures, broken.url("/"));
            assertReason(Reason.ADDRESS, pictures, "http://10.0.0.1/");
        }
        assertThat(read(pictures, server.url("/"))).isEqualTo(PICTURE);
        assertThat(broken.connections()).isZero();
    }
}
