package io.github.imagehost.rest.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.engine.EngineChoice;
import io.github.imagehost.rest.settings.TransformSettings.Preset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformSettingsTest {

    @Test
    void thereIsAThumbnailWithoutAnySetting() {
        TransformSettings settings = from(Map.of());

        assertThat(settings.engine()).isEqualTo(EngineChoice.AUTO);
        assertThat(settings.presets()).containsExactly(Map.entry("thumb", new Preset(320, 320, Fit.INSIDE)));
        assertThat(settings.sizes()).contains(160, 320, 1920);
        assertThat(settings.key()).isEmpty();
    }

    @Test
    void readsWhatIsSet() {
        TransformSettings settings = from(Map.of(
                "IMAGE_ENGINE", "Java",
                "TRANSFORM_PRESETS", "thumb=100x80, square-200=200x200-cover",
                "TRANSFORM_SIZES", "16, 64",
                "TRANSFORM_KEY", "sixteen-letters!"));

        assertThat(settings.engine()).isEqualTo(EngineChoice.JAVA);
        assertThat(settings.presets())
                .isEqualTo(Map.of(
                        "thumb", new Preset(100, 80, Fit.INSIDE), "square-200", new Preset(200, 200, Fit.COVER)));
        assertThat(settings.sizes()).isEqualTo(Set.of(16, 64));
        assertThat(settings.key()).contains("sixteen-letters!");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_ENGINE, gd",
        "TRANSFORM_PRESETS, small",
        "TRANSFORM_PRESETS, small=0x10",
        "TRANSFORM_PRESETS, small=10x99999",
        "TRANSFORM_PRESETS, small=10x10-stretch",
        "TRANSFORM_PRESETS, SMALL=10x10",
        "TRANSFORM_SIZES, 0",
        "TRANSFORM_SIZES, 16384",
        "TRANSFORM_SIZES, wide",
        "TRANSFORM_KEY, short"
    })
    void namesTheSettingThatIsNotLegal(String name, String value) {
        assertThatThrownBy(() -> from(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(name);
    }

    @Test
    void neverRepeatsAKey() {
        assertThatThrownBy(() -> from(Map.of("TRANSFORM_KEY", "s3cret")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    private static TransformSettings from(Map<String, String> settings) {
        return TransformSettings.from(Settings.of(settings));
    }
}
