package io.github.imagehost.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.fetch.LinkedPicture;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.web.testing.TestWebServer;
import io.github.imagehost.web.testing.TestWebServer.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links to servers that speak TLS, or should. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {

    private static final String NAME = "pictures.test";
    private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static SSLContext keys;

    @BeforeAll
    static void makeKeys(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + NAME,
                        "-ext",
                        "san=dns:" + NAME,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, PASSWORD);
        known.setCertificateEntry("server", store.getCertificate(store.aliases().nextElement()));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(known);
        keys = SSLContext.getInstance("TLS");
        keys.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    private static TestWebServer server(Handler handler) throws IOException {
        return TestWebServer.start(keys.getServerSocketFactory(), "127.0.0.1", 0, handler);
    }

    private static LinkedPictures pictures(HttpWebClient client, TestWebServer server, String timeout) {
        Settings settings = Settings.of(Map.of("FETCH_ALLOW", "127.0.0.1:" + server.port(), "FETCH_TIMEOUT", timeout));
        return new LinkedPictures(
                client,
                FetchSettings.from(settings),
                name -> List.of(InetAddresses.forString("127.0.0.1")),
                new SharedPlaces<>(1, 1));
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
    void theCertificateIsThatOfTheNameThoughTheConnectionGoesToTheAddress() throws Exception {
        try (TestWebServer server = server(TestWebServer.picture(PICTURE));
                LinkedPictures pictures = pictures(HttpWebClient.trusting(keys), server, "20s")) {
            assertThat(read(pictures, "https://" + NAME + ":" + server.port() + "/cat.png"))
                    .isEqualTo(PICTURE);
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .contains("\r\nHost: " + NAME + ":" + server.port() + "\r\n");

            assertReason(Reason.TLS, pictures, "https://other.test:" + server.port() + "/");
            assertReason(Reason.TLS, pictures, "https://127.0.0.1:" + server.port() + "/");
            assertThat(server.requests()).hasSize(1);
            server.awaitNoConnection();
        }
    }

    @Test
    void whomNobodyKnowsIsNotTrusted() throws Exception {
        try (TestWebServer server = server(TestWebServer.picture(PICTURE));
                LinkedPictures pictures = pictures(HttpWebClient.create(), server, "20s")) {
            assertReason(Reason.TLS, pictures, "https://" + NAME + ":" + server.port() + "/");
            assertThat(server.requests()).isEmpty();
            server.awaitNoConnection();
        }
    }

    @Test
    void whoeverIsTooSlowBehindTlsIsLeft() throws Exception {
        try (TestWebServer server = server(TestWebServer.silentAfter("HTTP/1.1 200 OK\r\n\r\nx"));
                LinkedPictures pictures = pictures(HttpWebClient.trusting(keys), server, "2s")) {
            assertReason(Reason.TOO_SLOW, pictures, "https://" + NAME + ":" + server.port() + "/");
            server.awaitNoConnection();
        }
    }

    /** It takes a connection, and says nothing: not even how TLS would begin. */
    @Test
    void aHandshakeThatDoesNotEndIsBrokenOff() throws Exception {
        try (TestWebServer server = TestWebServer.start(
                        ServerSocketFactory.getDefault(), "127.0.0.1", 0, TestWebServer.picture(PICTURE));
                LinkedPictures pictures = pictures(HttpWebClient.trusting(keys), server, "500ms")) {
            assertReason(Reason.TOO_SLOW, pictures, "https://" + NAME + ":" + server.port() + "/");
            server.awaitNoConnection();
        }
    }
}
