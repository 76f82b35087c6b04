package io.github.imagehost.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.intake.refusal.MalformedBase64Exception;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.web.WebAnswer;
import io.github.imagehost.core.port.web.WebClient;
import io.github.imagehost.core.port.web.WebTarget;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.work.SharedPlaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrlTest {

    private final LinkedPictures pictures = new LinkedPictures(
            new NoWeb(),
            FetchSettings.from(Settings.of(Map.of("FETCH_URLS", "false"))),
            name -> {
                throw new AssertionError("nothing is looked up");
            },
            new SharedPlaces<>(1, 1));

    private String read(String text) throws IOException {
        try (LinkedPicture picture = pictures.open(OwnerId.DEFAULT, text)) {
            assertThat(picture.originalName()).isEmpty();
            assertThat(picture.size()).isEmpty();
            return new String(picture.content().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,Y2F0IQ==",
                "data:image/png;base64,Y2F0IQ",
                "data:;base64,Y2F0IQ==",
                "DATA:image/png;charset=utf-8;BASE64,Y2F0IQ==",
                "data:image/png; base64 ,Y2F0IQ==",
                "  data:image/png;base64,Y2F0\r\n IQ==\n",
                "data:image/png;base64,Y2F0IQ%3D%3d",
                "data:image/png;base64,%59%32F0IQ==",
                "data:image/png,cat!",
                "data:,cat%21",
                "data:,%63%61%74%21",
                "Y2F0IQ==",
                "Y2F0IQ",
                " Y2F0\nIQ==\n",
            })
    void aPictureMayBeInTheTextItself(String text) throws IOException {
        assertThat(read(text)).isEqualTo("cat!");
    }

    @Test
    void aPercentSignThatNothingFollowsStandsForItself() throws IOException {
        assertThat(read("data:,100%,%zz%4")).isEqualTo("100%,%zz%4");
    }

    @Test
    void everyByteMayBeInIt() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        String base64 = Base64.getMimeEncoder().encodeToString(bytes);

        assertThat(read("data:x;base64," + base64).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,Y2F0IQ==x", "data:;base64,Y_F0", "data:;base64,Y2F0I", "no base64!"})
    void whatIsNoBase64IsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedBase64Exception.class);
    }

    @Test
    void aDataUrlHasAComma() {
        assertReason(Reason.MALFORMED, () -> read("data:image/png;base64"));
        assertReason(Reason.MALFORMED, () -> read("data:" + "x".repeat(2000) + ",cat"));
    }

    @Test
    void aLinkIsNoPictureWhereNothingIsFetched() {
        assertReason(Reason.OFF, () -> read("https://example.com/cat.png"));
        assertReason(Reason.OFF, () -> read("cat.png"));
        assertReason(Reason.SENDER, () -> pictures.openData(stream("https://example.com/cat.png")));
    }

    @Test
    void whoeverGetsNothingFetchedMaySendAPicture() throws IOException {
        try (LinkedPicture picture = pictures.openData(stream("data:,cat!"))) {
            assertThat(picture.content().readAllBytes()).isEqualTo("cat!".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .extracting(FetchException::reason)
                .isEqualTo(reason);
    }

    private static final class NoWeb implements WebClient {

        @Override
        public WebAnswer get(WebTarget target, Duration limit) {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public void close() {}
    }
}
