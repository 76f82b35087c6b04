package io.github.imagehost.rest.settings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.rest.settings.ServiceSettings.Delivery;
import io.github.imagehost.rest.settings.ServiceSettings.RateLimit;
import io.github.imagehost.rest.settings.ServiceSettings.TransportSecurity;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceSettingsTest {

    @Test
    void hasADefaultForEverything() {
        ServiceSettings settings = settings(Map.of());

        assertThat(settings.bindAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(3000);
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:3000"));
        assertThat(settings.hostNames()).contains(Set.of("localhost", "127.0.0.1", "[::1]"));
        assertThat(settings.transportSecurity()).isEqualTo(TransportSecurity.NONE);
        assertThat(settings.delivery()).isEqualTo(Delivery.PROXY);
        assertThat(settings.dataDirectory().path()).isEqualTo(Path.of("data"));
        assertThat(settings.corsOrigins()).isEmpty();
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.rateLimit()).isEmpty();
        assertThat(settings.ownerRateLimit()).isEmpty();
        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.metadataAge()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.downloadsPerClient()).isEqualTo(32);
        assertThat(settings.metrics()).isEmpty();
        assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(settings.accessLog()).isEmpty();
        assertThat(settings.protocols()).containsExactlyInAnyOrder(Protocol.values());
        assertThat(settings.uploadLimits())
                .isEqualTo(new UploadLimits(150, 2L * 1024 * 1024 * 1024, Duration.ofMinutes(10)));
    }

    @Test
    void readsEverySetting() {
        ServiceSettings settings = settings(Map.ofEntries(
                entry("BIND_ADDRESS", "0.0.0.0"),
                entry("PORT", "8080"),
                entry("PUBLIC_URL", "https://images.example.com/pictures/"),
                entry("HSTS_SUBDOMAINS", "true"),
                entry("DATA_DIR", "/var/lib/imagehost"),
                entry("CORS_ORIGINS", "https://a.example, http://localhost:5173, app://obsidian.md"),
                entry("TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
                entry("RATE_LIMIT_MAX", "7"),
                entry("RATE_LIMIT_OWNER_MAX", "300"),
                entry("RATE_LIMIT_WINDOW", "30s"),
                entry("UPLOADS_MAX", "20"),
                entry("UPLOADS_MAX_BYTES", "500000000"),
                entry("UPLOAD_TIMEOUT", "1h"),
                entry("DOWNLOADS_PER_CLIENT", "64"),
                entry("METRICS_PORT", "9100"),
                entry("METRICS_ADDRESS", "10.0.0.9"),
                entry("LOG_FORMAT", "ecs"),
                entry("ACCESS_LOG", "/var/log/access.log"),
                entry("SWEEP_INTERVAL", "5m"),
                entry("METADATA_CACHE", "0s")));

        assertThat(settings.bindAddress().getHostAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.publicUrl()).isEqualTo(URI.create("https://images.example.com/pictures"));
        assertThat(settings.hostNames()).isEmpty();
        assertThat(settings.transportSecurity()).isEqualTo(TransportSecurity.HOST_AND_SUBDOMAINS);
        assertThat(settings.dataDirectory().path()).isEqualTo(Path.of("/var/lib/imagehost"));
        assertThat(settings.corsOrigins())
                .extracting(Origin::value)
                .containsExactlyInAnyOrder("https://a.example", "http://localhost:5173", "app://obsidian.md");
        assertThat(settings.trustedProxies()).hasSize(2);
        assertThat(settings.rateLimit()).contains(new RateLimit(7, Duration.ofSeconds(30)));
        assertThat(settings.ownerRateLimit()).contains(new RateLimit(300, Duration.ofSeconds(30)));
        assertThat(settings.uploadLimits()).isEqualTo(new UploadLimits(20, 500_000_000, Duration.ofHours(1)));
        assertThat(settings.downloadsPerClient()).isEqualTo(64);
        assertThat(settings.metrics()).contains(new InetSocketAddress("10.0.0.9", 9100));
        assertThat(settings.logFormat()).isEqualTo(LogFormat.ECS);
        assertThat(settings.accessLog()).contains(Path.of("/var/log/access.log"));
        assertThat(settings.sweepInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.metadataAge()).isZero();
    }

    @Test
    void answersByTheNamesOfItsMachineAndItsPublicOneWhileItListensOnALoopbackAddress() {
        assertThat(settings(Map.of("PUBLIC_URL", "https://Images.Example.com:8443/pictures"))
                        .hostNames())
                .contains(Set.of("localhost", "127.0.0.1", "[::1]", "images.example.com"));
        assertThat(settings(Map.of("BIND_ADDRESS", "127.0.0.2")).hostNames().orElseThrow())
                .contains("127.0.0.2");
        // no name of a host to Java's URIs
        assertThat(settings(Map.of("BIND_ADDRESS", "127.1")).hostNames())
                .contains(Set.of("localhost", "127.0.0.1", "[::1]", "127.1"));
        assertThat(settings(Map.of("BIND_ADDRESS", "0.0.0.0")).hostNames()).isEmpty();
    }

    @Test
    void browsersMayBeToldOfTlsOnlyIfThereIsSome() {
        assertThat(settings(Map.of("PUBLIC_URL", "https://a.example")).transportSecurity())
                .isEqualTo(TransportSecurity.HOST);
        assertThatThrownBy(() -> settings(Map.of("HSTS_SUBDOMAINS", "true")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("HSTS_SUBDOMAINS is true, but PUBLIC_URL is 'http://127.0.0.1:3000'");
    }

    @ParameterizedTest
    @CsvSource({"proxy,PROXY", "redirect,REDIRECT", "Public,PUBLIC"})
    void deliversAsItIsTold(String text, Delivery delivery) {
        Map<String, String> values =
                Map.of("DELIVERY", text, "S3_BUCKET", "images", "S3_PUBLIC_URL", "https://cdn.example.com");

        assertThat(settings(values).delivery()).isEqualTo(delivery);
    }

    @ParameterizedTest
    @CsvSource({"redirect,S3_BUCKET", "public,S3_PUBLIC_URL"})
    void aDeliveryFromElsewhereNeedsToKnowWhere(String delivery, String missing) {
        assertThatThrownBy(() -> settings(Map.of("DELIVERY", delivery)))
                .isInstanceOf(SettingsException.class)
                .hasMessage(missing + " is not set, but it has to be, because DELIVERY is " + delivery);
    }

    @ParameterizedTest
    @CsvSource({"DB_HOST,db", "S3_BUCKET,images", "BIND_ADDRESS,0.0.0.0", "TRUSTED_PROXIES,127.0.0.1"})
    void whatIsNoEmbeddedDefaultHasARateLimit(String name, String value) {
        assertThat(settings(Map.of(name, value)).rateLimit()).contains(new RateLimit(100, Duration.ofMinutes(15)));
        assertThat(settings(Map.of(name, value, "RATE_LIMIT_MAX", "0")).rateLimit())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 2000", "7, 140", "1000000000, 1000000000"})
    void whoHasLoggedInMaySendTwentyTimesAsMuchUnlessItIsSaid(String client, long owner) {
        assertThat(settings(Map.of("RATE_LIMIT_MAX", client)).ownerRateLimit())
                .contains(new RateLimit(owner, Duration.ofMinutes(15)));
        assertThat(settings(Map.of("RATE_LIMIT_MAX", client, "RATE_LIMIT_OWNER_MAX", "0"))
                        .ownerRateLimit())
                .isEmpty();
        assertThat(settings(Map.of("RATE_LIMIT_MAX", "0")).ownerRateLimit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | 70000 | whole number",
                "PORT | http | whole number",
                "BIND_ADDRESS | not an address | address of this machine",
                "PUBLIC_URL | images.example.com | https://",
                "PUBLIC_URL | ftp://images.example.com | https://",
                "METRICS_PORT | 70000 | whole number",
                "METRICS_ADDRESS | not an address | address of this machine",
                "LOG_FORMAT | xml | text, ecs or logstash",
                "DELIVERY | direct | proxy, redirect or public",
                "CORS_ORIGINS | * | every page on the web",
                "CORS_ORIGINS | https://a.example/path | without a path",
                "CORS_ORIGINS | null | without a path",
                "CORS_ORIGINS | https://a.example:443 | without a port",
                "CORS_ORIGINS | https://A.example | in lower case",
                "CORS_ORIGINS | app:// | app://obsidian.md",
                "HSTS_SUBDOMAINS | yes | true or false",
                "TRUSTED_PROXIES | everyone | 10.0.0.0/8",
                "TRUSTED_PROXIES | 10.0.0.0/99 | 10.0.0.0/8",
                "RATE_LIMIT_MAX | -1 | whole number",
                "RATE_LIMIT_OWNER_MAX | many | whole number",
                "RATE_LIMIT_WINDOW | 15 | 15m",
                "RATE_LIMIT_WINDOW | 0s | 15m",
                "SWEEP_INTERVAL | never | time span",
                "METADATA_CACHE | 2h | 0",
                "UPLOADS_MAX | 0 | from 1 to 10000",
                "DOWNLOADS_PER_CLIENT | 0 | from 1 to 10000",
                "UPLOADS_MAX_BYTES | 1000 | from 104857600",
                "UPLOAD_TIMEOUT | 0s | time span",
            })
    void whatIsNotLegalIsNamed(String name, String value, String legal) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value)
                .hasMessageContaining(legal);
    }

    private static ServiceSettings settings(Map<String, String> values) {
        return ServiceSettings.from(Settings.of(values));
    }

    @Test
    void speaksTheProtocolsThatAreNamed() {
        assertThat(settings(Map.of("COMPAT", "LSKY, picgo")).protocols())
                .containsExactlyInAnyOrder(Protocol.LSKY, Protocol.PICGO);
        assertThat(settings(Map.of("COMPAT", "none")).protocols()).isEmpty();
        for (String illegal : new String[] {"imgur", "lsky,none", "lsky;picgo"}) {
            assertThatThrownBy(() -> settings(Map.of("COMPAT", illegal)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageMatching(
                            "COMPAT names '[^']+', but legal are lsky, picgo, easyimages, chevereto, or none"
                                    + " alone");
        }
    }
}
