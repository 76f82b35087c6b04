package io.github.imagehost.core.access.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

    private static final String LONG_ENOUGH = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void aMachinesOwnServiceIsLocal() {
        assertThat(read(Map.of()).mode()).isEqualTo(AccessMode.LOCAL);
        assertThat(read(Map.of("BIND_ADDRESS", "127.0.0.2")).mode()).isEqualTo(AccessMode.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1/images", "http://[::1]:3000"})
    void aPublicAddressOfThisMachineIsLocal(String publicUrl) {
        assertThat(read(Map.of("PUBLIC_URL", publicUrl)).mode()).isEqualTo(AccessMode.LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "BIND_ADDRESS, 0.0.0.0",
        "DB_HOST, 127.0.0.1",
        "S3_BUCKET, images",
        "TRUSTED_PROXIES, 127.0.0.1",
        "PUBLIC_URL, https://images.example.com",
        "PUBLIC_URL, http://localhost.example.com"
    })
    void whatOthersMayReachAsksForATokenAndSaysWhy(String name, String value) {
        AccessSettings settings = read(Map.of(name, value));

        assertThat(settings.mode()).isEqualTo(AccessMode.TOKEN);
        assertThat(settings.reason()).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "BIND_ADDRESS, 0.0.0.0",
        "DB_HOST, 127.0.0.1",
        "S3_BUCKET, images",
        "TRUSTED_PROXIES, 127.0.0.1",
        "PUBLIC_URL, https://images.example.com"
    })
    void nobodySaysThatItIsLocalIfItIsNot(String name, String value) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of(name, value, "ACCESS", "local")))
                .withMessageContaining("ACCESS")
                .withMessageContaining(name)
                .withMessageContaining("token and open");
    }

    @ParameterizedTest
    @CsvSource({"local, LOCAL", "token, TOKEN", "open, OPEN", "Open, OPEN"})
    void whoeverSaysSoGetsIt(String value, AccessMode mode) {
        assertThat(read(Map.of("ACCESS", value)).mode()).isEqualTo(mode);
    }

    @Test
    void anotherModeIsNotLegal() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("ACCESS", "public")))
                .withMessageContaining("'public'")
                .withMessageContaining("local, token or open");
    }

    @Test
    void theTokenOfTheAdministratorComesFromASettingOrAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), LONG_ENOUGH + "\n");

        assertThat(read(Map.of()).adminSecret()).isEmpty();
        assertThat(read(Map.of("ADMIN_TOKEN", LONG_ENOUGH)).adminSecret()).contains(TokenSecret.digest(LONG_ENOUGH));
        assertThat(read(Map.of("ADMIN_TOKEN_FILE", file.toString())).adminSecret())
                .contains(TokenSecret.digest(LONG_ENOUGH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short-secret", "with space 0123456789abcdef0123456789abcdef", "图床图床图床图床图床图床图床图床图床图床图床图床图床图床图床图床"
            })
    void aTokenThatIsEasilyGuessedIsRefusedAndNotTold(String token) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), token);

        for (Map<String, String> values :
                List.of(Map.of("ADMIN_TOKEN", token), Map.of("ADMIN_TOKEN_FILE", file.toString()))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> read(values))
                    .withMessageContaining("32")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token));
        }
    }

    @Test
    void twoTokensOfTheAdministratorAreOneTooMany() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("ADMIN_TOKEN", LONG_ENOUGH, "ADMIN_TOKEN_FILE", "token")))
                .withMessageContaining("both");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path absent = directory.resolve("absent");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("ADMIN_TOKEN_FILE", absent.toString())))
                .withMessageContaining(absent.toString());
    }

    private static AccessSettings read(Map<String, String> values) {
        return AccessSettings.from(Settings.of(values));
    }
}
