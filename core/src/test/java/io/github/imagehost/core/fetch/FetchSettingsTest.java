package io.github.imagehost.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import io.github.imagehost.core.port.web.WebTarget;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchSettingsTest {

    private static FetchSettings settings(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return FetchSettings.from(Settings.of(settings));
    }

    @Test
    void linksAreFetchedWhereItIsKnownWhoAsks() {
        assertThat(settings().isOn()).isTrue();
        assertThat(settings("ACCESS", "token").isOn()).isTrue();
        assertThat(settings("ACCESS", "open").isOn()).isFalse();
        assertThat(settings("ACCESS", "open", "FETCH_URLS", "true").isOn()).isTrue();
        assertThat(settings("FETCH_URLS", "false").isOn()).isFalse();
    }

    @Test
    void aFetchMayTakeHalfAMinute() {
        assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings("FETCH_TIMEOUT", "5s").timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> settings("FETCH_TIMEOUT", "99m"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("FETCH_TIMEOUT is '99m', but legal is a time span from 100ms to 10m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "nas:0",
                "nas:65536",
                "nas:x",
                "http://nas",
                "nas/x",
                "*.example.com",
                "2130706433",
                "127.1",
                "[fd00::1",
                "[nas]",
                "fe80::1%eth0",
                "-x",
            })
    void whatIsNoTargetStopsTheStart(String text) {
        assertThatThrownBy(() -> settings("FETCH_ALLOW", "10.0.0.1, " + text))
                .isInstanceOf(SettingsException.class)
                .hasMessage("FETCH_ALLOW names '" + text + "', but legal are networks and names of hosts, with a port"
                        + " or without, such as 10.0.0.0/8, 10.0.0.7:8080, [fd00::/8]:8080 or nas.example.com:8080");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.0/8               | http://127.0.0.1/
                    127.0.0.1                 | https://127.0.0.1/
                    127.0.0.1                 | https://[::ffff:127.0.0.1]/
                    127.0.0.1:8080            | http://127.0.0.1:8080/
                    10.0.0.0/8:8080           | http://private.test:8080/
                    private.test              | http://PRIVATE.test./
                    Private.test:8080         | http://private.test:8080/
                    fd00::/8                  | http://[fd00::7]/
                    [fd00::/8]:81             | http://[fd00::7]:81/
                    [::1]:81                  | http://[::1]:81/
                    ::1                       | http://[0:0:0:0:0:0:0:1]/
                    8.8.0.0/16:8080           | http://8.8.8.8:8080/
                    """)
    void whatIsAllowedMayBeAsked(String allowed, String link) throws FetchException {
        WebTarget target = check(allowed, link);

        assertThat(target.addresses()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                        | http://private.test/              | ADDRESS
                    ''                        | http://127.0.0.1/                 | ADDRESS
                    ''                        | http://mixed.test/                | ADDRESS
                    ''                        | http://nowhere.test/              | ADDRESS
                    ''                        | http://public.test:8080/          | PORT
                    ''                        | http://127.0.0.1:22/              | PORT
                    127.0.0.1:8080            | http://127.0.0.1/                 | ADDRESS
                    127.0.0.1:8080            | http://127.0.0.1:8081/            | PORT
                    127.0.0.1                 | http://127.0.0.1:8080/            | PORT
                    127.0.0.1                 | http://127.0.0.2/                 | ADDRESS
                    127.0.0.1:8080            | http://127.0.0.2:8080/            | ADDRESS
                    127.0.0.1:8080            | http://public.test:8080/          | PORT
                    10.0.0.0/8                | http://mixed.test/                | ADDRESS
                    private.test              | http://other.private.test/        | ADDRESS
                    private.test:8080         | http://private.test/              | ADDRESS
                    private.test              | http://10.0.0.1/                  | ADDRESS
                    0.0.0.0/0                 | http://[::1]/                     | ADDRESS
                    """)
    void nothingElseMay(String allowed, String link, FetchException.Reason reason) {
        assertThatThrownBy(() -> check(allowed, link))
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .extracting(FetchException::reason)
                .isEqualTo(reason);
    }

    @Test
    void ofManyAddressesTheFirstAreTaken() throws FetchException {
        FetchRules rules = new FetchRules(
                List.of(),
                name -> Stream.of("8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5")
                        .map(InetAddresses::forString)
                        .toList());

        assertThat(rules.check(WebAddress.parse("http://example.com/")).addresses())
                .extracting(InetAddress::getHostAddress)
                .containsExactly("8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4");
    }

    private static WebTarget check(String allowed, String link) throws FetchException {
        FetchRules rules = new FetchRules(settings("FETCH_ALLOW", allowed).allowed(), name -> {
            List<String> addresses = switch (name) {
                case "public.test" -> List.of("8.8.8.8");
                case "private.test", "other.private.test" -> List.of("10.0.0.1");
                case "mixed.test" -> List.of("8.8.8.8", "10.0.0.1", "192.168.0.1");
                default -> throw new UnknownHostException(name);
            };
            return addresses.stream().map(InetAddresses::forString).toList();
        });
        return rules.check(WebAddress.parse(link));
    }
}
