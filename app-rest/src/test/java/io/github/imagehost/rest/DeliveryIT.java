package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How the bytes of an image get from a store to a client. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryIT {

    private static final int TIMEOUT_MILLIS = 30_000;

    /** More than the store has connections for downloads. */
    private static final int LEAVING_CLIENTS = 65;

    /** More than fits into what the machine keeps between two ends of a connection. */
    private static final int LARGE = 10_000_000;

    private static final Map<String, String> REDIRECT = Map.of("DELIVERY", "redirect");
    private static final Map<String, String> PUBLIC =
            Map.of("DELIVERY", "public", "S3_PUBLIC_URL", "https://cdn.example.com/pictures");

    private RunningService redirecting;
    private RunningService naming;
    private byte[] picture;

    @BeforeAll
    void start(@TempDir Path directory) {
        redirecting = service(directory.resolve("redirecting"), REDIRECT);
        naming = service(directory.resolve("naming"), PUBLIC);
    }

    @AfterAll
    void stop() {
        redirecting.close();
        naming.close();
    }

    @BeforeEach
    void makePicture() {
        picture = Pictures.jpegOfSize(100_000);
    }

    @Test
    void aRedirectLeadsToTheBytesInTheStore() throws Exception {
        Answer answer = redirecting.client().get(upload(redirecting));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.bytes()).isEmpty();
        Answer linked = follow(answer);
        assertThat(linked.status()).as(linked.text()).isEqualTo(200);
        assertThat(linked.bytes()).isEqualTo(picture);
        assertThat(linked.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(linked.header("Content-Disposition"))
                .isEqualTo("inline; filename=\"_ _.jpg\"; filename*=UTF-8''%E7%8C%AB%20%E7%8B%97.jpg");
    }

    @Test
    void aRedirectLeadsToAnAttachmentForWhoeverWantsToSaveTheImage() throws Exception {
        Answer linked = follow(redirecting.client().get(upload(redirecting) + "?download"));

        assertThat(linked.bytes()).isEqualTo(picture);
        assertThat(linked.header("Content-Disposition")).startsWith("attachment; ");
    }

    @Test
    void aRedirectOfALongNameFitsIntoWhatProxiesGrant() throws Exception {
        Answer answer = redirecting.client().get(upload(redirecting, "图".repeat(255)) + "?download");

        int length = answer.headers().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value + "\r\n"))
                .mapToInt(String::length)
                .sum();
        assertThat(length).isLessThan(4000);
        assertThat(follow(answer).header("Content-Disposition")).contains("%E5%9B%BE".repeat(83) + ".jpg");
    }

    @Test
    void aRedirectIsForgottenLongBeforeItsLinkEnds() throws Exception {
        Answer answer = redirecting.client().get(upload(redirecting));

        int validity = number("X-Amz-Expires=([0-9]+)", answer.header("Location"));
        assertThat(number("^public, max-age=([0-9]+)$", answer.header("Cache-Control")))
                .isPositive()
                .isLessThanOrEqualTo(validity / 2);
        assertThat(number(
                        "^private, max-age=([0-9]+), immutable$", follow(answer).header("Cache-Control")))
                .isEqualTo(validity);
    }

    @Test
    void aPublicStoreIsNamedForADayAtMost() throws Exception {
        JsonNode image = naming.client().upload("cat.jpg", picture).data();

        Answer answer = naming.client().get("/i/" + image.get("filename").asString());

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.header("Location"))
                .isEqualTo(image.get("url").asString())
                .startsWith("https://cdn.example.com/pictures/");
        assertThat(number("^public, max-age=([0-9]+)$", answer.header("Cache-Control")))
                .isBetween(1, 86400);
    }

    @Test
    void whatAPublicStoreCanNotSayTheServiceDoes() throws Exception {
        Answer answer = naming.client().get(upload(naming) + "?download");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(picture);
        assertThat(answer.header("Content-Disposition")).startsWith("attachment; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "public"})
    void onlyTheBytesAreElsewhere(String delivery) throws Exception {
        Client client = (delivery.equals("public") ? naming : redirecting).client();
        JsonNode image = client.upload("cat.jpg", picture).data();
        String path = "/i/" + image.get("filename").asString();

        Answer answer = client.get(path);
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.header("Repr-Digest")).isEmpty();
        assertThat(client.get(path, "Range", "bytes=999999-").status()).isEqualTo(302);
        client.get(path, "If-Match", "\"other\"").isError(412, "precondition_failed");

        client.delete("/api/images/" + image.get("id").asLong()).isSuccess("删除成功");
        Answer gone = client.get(path).isError(404, "image_not_found");
        assertThat(gone.header("Location")).isEmpty();
    }

    @Test
    void thePageMayShowPicturesFromWhereBrowsersAreSentAndFromNowhereElse() throws Exception {
        URI store = URI.create(redirecting.client().get(upload(redirecting)).header("Location"));

        String redirected = redirecting.client().get("/app/").header("Content-Security-Policy");
        String named = naming.client().get("/app/").header("Content-Security-Policy");

        assertThat(redirected)
                .contains("img-src 'self' data: " + store.getScheme() + "://" + store.getAuthority() + ";");
        assertThat(named).contains("img-src 'self' data: https://cdn.example.com;");
    }

    @Test
    void whatIsKnownOfAnImageIsAnsweredWithoutTheStore(@TempDir Path directory) throws Exception {
        Map<String, String> settings = new HashMap<>(REDIRECT);
        try (FaultProxy store = FaultProxy.to(S3TestServer.shared().endpoint())) {
            settings.put("S3_ENDPOINT", store.endpoint().toString());
            try (RunningService service = service(directory, settings)) {
                Client client = service.client();
                String path = upload(service);
                store.refuseConnections();

                Answer described = client.send("HEAD", path, HttpRequest.BodyPublishers.noBody());
                assertThat(described.status()).isEqualTo(200);
                assertThat(described.header("Content-Length")).isEqualTo(String.valueOf(picture.length));
                assertThat(client.get(path, "If-None-Match", described.header("ETag"))
                                .status())
                        .isEqualTo(304);
                assertThat(client.get(path).status()).isEqualTo(302);
            }
        }
    }

    @Test
    void clientsThatLeaveInTheMiddleHoldNothingOfTheStore(@TempDir Path directory) throws Exception {
        try (RunningService service = service(directory, Map.of("CONTENT_CACHE", "off"))) {
            byte[] large = Pictures.jpegOfSize(LARGE);
            String path = Client.pathOf(service.client()
                    .upload("large.jpg", large)
                    .data()
                    .get("url")
                    .asString());

            for (int i = 0; i < LEAVING_CLIENTS; i++) {
                leaveInTheMiddle(service.port(), path);
            }

            assertThat(service.client().get(path).bytes()).isEqualTo(large);
        }
    }

    private static RunningService service(Path directory, Map<String, String> more) {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("RATE_LIMIT_MAX", "0");
        settings.putAll(more);
        return RunningService.with(directory, settings);
    }

    private String upload(RunningService service) throws Exception {
        return upload(service, "猫 狗.png");
    }

    /** The path of the picture's link at the service. */
    private String upload(RunningService service, String name) throws Exception {
        return "/i/"
                + service.client().upload(name, picture).data().get("filename").asString();
    }

    private static Answer follow(Answer redirect) throws Exception {
        URI location = URI.create(redirect.header("Location"));
        return new Client(URI.create("http://" + location.getRawAuthority()))
                .get(location.getRawPath() + "?" + location.getRawQuery());
    }

    private static int number(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static void leaveInTheMiddle(int port, String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            // a reset, as of a browser whose tab was closed
            socket.setSoLinger(true, 0);
        }
    }
}
