package io.github.imagehost.core.access.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.access.owner.ClaimRules;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProviderSettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "OIDC_ISSUER", "https://login.test/realms/home/",
            "OIDC_CLIENT_ID", "imagehost",
            "OIDC_CLIENT_SECRET", "hush");

    @Test
    void withoutAnIssuerThereIsNoProvider() {
        assertThat(IdentityProviderSettings.from(Settings.of(Map.of("OIDC_CLIENT_ID", "imagehost"))))
                .isEmpty();
    }

    @Test
    void nobodyIsAddedAndNoTokenIsGoodUnlessThatIsSaid() {
        IdentityProviderSettings settings = with(Map.of());

        assertThat(settings.issuer()).isEqualTo("https://login.test/realms/home/");
        assertThat(settings.clientId()).isEqualTo("imagehost");
        assertThat(settings.clientSecret()).isEqualTo("hush");
        assertThat(settings.audience()).isEmpty();
        assertThat(settings.addsOwners()).isFalse();
        assertThat(settings.scopes()).isEmpty();
        assertThat(settings.claims()).isEqualTo(ClaimRules.NONE);
        assertThat(settings.toString()).contains("imagehost").doesNotContain("hush");

        IdentityProviderSettings all = with(Map.of("OIDC_AUDIENCE", "api", "OIDC_CREATE_OWNERS", "true"));
        assertThat(all.audience()).contains("api");
        assertThat(all.addsOwners()).isTrue();
    }

    @Test
    void scopesAreListed() {
        assertThat(with(Map.of("OIDC_SCOPES", "groups, quota")).scopes()).containsExactly("groups", "quota");
        assertRefused(Map.of("OIDC_SCOPES", "groups quota"), "OIDC_SCOPES names 'groups quota', but legal are scopes");
    }

    @Test
    void whatMakesAnAdministratorIsSaidWhole() {
        ClaimRules rules = with(Map.of(
                        "OIDC_ROLE_CLAIM", "groups", "OIDC_ADMIN_VALUES", "a, b", "OIDC_QUOTA_CLAIM", "q"))
                .claims();

        assertThat(rules).isEqualTo(new ClaimRules(Optional.of("groups"), Set.of("a", "b"), Optional.of("q")));
        assertRefused(
                Map.of("OIDC_ROLE_CLAIM", "groups"),
                "OIDC_ADMIN_VALUES names no value, but it has to, because OIDC_ROLE_CLAIM is set");
        assertRefused(
                Map.of("OIDC_ADMIN_VALUES", "a"),
                "OIDC_ROLE_CLAIM is not set, but it has to be, because OIDC_ADMIN_VALUES is set");
    }

    @Test
    void theSecretMayBeInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "from a file\n");

        assertThat(with(Map.of("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET_FILE", file.toString()))
                        .clientSecret())
                .isEqualTo("from a file");
        assertRefused(
                Map.of("OIDC_CLIENT_SECRET_FILE", file.toString()),
                "OIDC_CLIENT_SECRET and OIDC_CLIENT_SECRET_FILE are both set; legal is one of them");
        Files.writeString(file, " \n");
        assertRefused(
                Map.of("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET_FILE", file.toString()),
                "OIDC_CLIENT_SECRET is not set, but it has to be, because OIDC_ISSUER is set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.test",
                "http://127.0.0.1.evil.example",
                "ftp://login.test",
                "login.test",
                "https://",
                "https://login.test?x",
                "https://login.test#x",
                "https://user:pass@login.test",
                "https://login.test/ x",
                "https://login.tést"
            })
    void whatIsNoSafeAddressIsRefused(String issuer) {
        assertRefused(Map.of("OIDC_ISSUER", issuer), "but legal is an address that begins with https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9000", "http://127.0.0.1:9000/realms/x", "http://[::1]:9000"})
    void onThisMachineNobodyListens(String issuer) {
        assertThat(with(Map.of("OIDC_ISSUER", issuer)).issuer()).isEqualTo(issuer);
    }

    private static void assertRefused(Map<String, String> further, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> with(further))
                .withMessageContaining(message)
                .withMessageNotContaining("pass@");
    }

    private static IdentityProviderSettings with(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.putAll(further);
        Optional<IdentityProviderSettings> provider = IdentityProviderSettings.from(Settings.of(settings));
        return provider.orElseThrow();
    }
}
