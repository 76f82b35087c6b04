package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadPolicyTest {

    @Test
    void allowsTenMebibytesOfEveryKnownFormatByDefault() {
        UploadPolicy policy = UploadPolicy.from(Settings.of(Map.of()));

        assertThat(policy).isEqualTo(UploadPolicy.DEFAULT);
        assertThat(policy.maxFileSize()).isEqualTo(10_485_760);
        assertThat(policy.allowedTypes()).isEqualTo(EnumSet.allOf(ImageType.class));
        assertThat(policy.allowedMimeTypes()).isEqualTo("image/gif, image/jpeg, image/png, image/webp");
    }

    @Test
    void followsTheSettings() {
        UploadPolicy policy = UploadPolicy.from(
                Settings.of(Map.of("MAX_FILE_SIZE", "2000", "ALLOWED_MIME_TYPES", "image/WEBP, image/png,image/png")));

        assertThat(policy).isEqualTo(new UploadPolicy(2000, Set.of(ImageType.PNG, ImageType.WEBP)));
        assertThat(policy.allowedMimeTypes()).isEqualTo("image/png, image/webp");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4294967296, 4294967296"})
    void acceptsTheBoundsOfTheSize(String text, long size) {
        assertThat(UploadPolicy.from(Settings.of(Map.of("MAX_FILE_SIZE", text))).maxFileSize())
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "4294967297", "10MB"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> UploadPolicy.from(Settings.of(Map.of("MAX_FILE_SIZE", text))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("MAX_FILE_SIZE is '" + text + "', but legal is a whole number from 1 to 4294967296");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "text/html", "png", "*/*"})
    void refusesFormatsThatTheHostDoesNotKnow(String name) {
        assertThatThrownBy(() -> UploadPolicy.from(Settings.of(Map.of("ALLOWED_MIME_TYPES", "image/png, " + name))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("ALLOWED_MIME_TYPES names '" + name
                        + "', but legal are image/gif, image/jpeg, image/png, image/webp");
    }

    @Test
    void aListOfNothingDoesNotAllowEverything() {
        assertThatThrownBy(() -> UploadPolicy.from(Settings.of(Map.of("ALLOWED_MIME_TYPES", ", ,"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("ALLOWED_MIME_TYPES is ', ,', but legal are image/gif, image/jpeg, image/png, image/webp");
    }

    @Test
    void takesAMinuteOfScreenRecordingByDefault() {
        ImageLimits limits = UploadPolicy.from(Settings.of(Map.of())).limits();

        assertThat(limits).isEqualTo(new ImageLimits(50_000_000, 1_500_000_000, 30_000, 5_000, 50, 4 * 1024 * 1024));
        assertThat(limits.maxFrames()).isGreaterThan(60 * 20);
        assertThat(limits.maxAnimationPixels()).isGreaterThan(60L * 20 * 1280 * 720);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_000_000_000L, 1L << 40})
    void takesLongerAnimations(long pixels) {
        Settings settings = Settings.of(Map.of("MAX_ANIMATION_PIXELS", Long.toString(pixels)));

        assertThat(UploadPolicy.from(settings).limits().maxAnimationPixels()).isEqualTo(pixels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1099511627777", "60s"})
    void refusesOtherLimitsOfAnimations(String text) {
        assertThatThrownBy(() -> UploadPolicy.from(Settings.of(Map.of("MAX_ANIMATION_PIXELS", text))))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "MAX_ANIMATION_PIXELS is '" + text + "', but legal is a whole number from 1 to 1099511627776");
    }

    @Test
    void refusesAPolicyThatAllowsNothing() {
        assertThatThrownBy(() -> new UploadPolicy(0, Set.of(ImageType.PNG)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The largest file has at least 1 byte, not 0");
        assertThatThrownBy(() -> new UploadPolicy(1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At least one format has to be allowed");
    }

    @Test
    void keepsItsOwnCopyOfTheFormats() {
        Set<ImageType> types = EnumSet.of(ImageType.PNG);
        UploadPolicy policy = new UploadPolicy(1, types);

        types.add(ImageType.GIF);

        assertThat(policy.allowedTypes()).containsExactly(ImageType.PNG);
    }
}
