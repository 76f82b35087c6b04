package io.github.imagehost.core.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBindingTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7/32",
        "10.1.2.3/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "::ffff:10.0.0.7, 10.0.0.7/32",
        "::FFFF:10.1.2.3/104, 10.0.0.0/8",
        "2001:DB8::7/33, 2001:db8::/33",
        "FE80::1, fe80:0:0:0:0:0:0:1/128",
        "::/0, 0::/0"
    })
    void aNetworkIsWrittenInOneWay(String text, String written) {
        Network network = Network.parse(text);

        assertThat(network).hasToString(written);
        assertThat(Network.parse(written)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com/8",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                " 10.0.0.0",
                "10.0.0.0/255.0.0.0",
                "::1/129",
                "::g",
                ":::",
                "fe80::1%eth0",
                "[::1]",
                "::ffff:10.0.0.0/95"
            })
    void whatIsNoNetworkIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.parse(text))
                .withMessage("'" + text + "' is no network: legal are " + Network.RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::FFFF:A00:1, true",
        "::ffff:10.0.0.0/104, 10.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:DB8:FFFF::, true",
        "2001:db8::/32, 2001:db9::, false"
    })
    void anAddressIsWhateverItsSpelling(String network, String address, boolean isContained) throws Exception {
        assertThat(Network.parse(network).contains(InetAddress.getByName(address)))
                .isEqualTo(isContained);
    }

    @Test
    void theZoneOfAnAddressDoesNotCount() throws Exception {
        byte[] bytes = InetAddress.getByName("fe80::7").getAddress();
        InetAddress zoned = Inet6Address.getByAddress("host", bytes, 3);

        assertThat(zoned.getHostAddress()).contains("%3");
        assertThat(Network.parse("fe80::/10").contains(zoned)).isTrue();
        assertThat(Network.parse("fe80::7").contains(zoned)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://blog.example",
                "http://localhost:5173",
                "http://[::1]:3000",
                "app://obsidian.md",
                "capacitor://localhost"
            })
    void anOriginIsWhatBrowsersSend(String text) {
        assertThat(new Origin(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "null",
                "blog.example",
                "https://",
                "https://blog.example/",
                "https://Blog.example",
                "https://blog.example:443",
                "http://blog.example:80",
                "https://me@blog.example",
                "https://*.example",
                "https://a b"
            })
    void whatBrowsersDoNotSendIsNoOrigin(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin(text))
                .withMessage("'" + text + "' is no origin: legal are " + Origin.RULE);
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("https://" + "x".repeat(248)));
    }

    @Test
    void onlyTheVeryOriginCounts() {
        TokenBinding binding = new TokenBinding(Set.of(new Origin("https://blog.example")), Set.of());

        assertThat(binding.allowsOrigin(Optional.of("https://blog.example"))).isTrue();
        for (String other : Set.of(
                "https://blog.example.evil",
                "http://blog.example",
                "https://blog.example:8443",
                "https://BLOG.example",
                "null",
                "")) {
            assertThat(binding.allowsOrigin(Optional.of(other))).as(other).isFalse();
        }
        assertThat(binding.allowsOrigin(Optional.empty())).isFalse();
        assertThat(TokenBinding.NONE.allowsOrigin(Optional.empty())).isTrue();
        assertThat(TokenBinding.NONE.allowsOrigin(Optional.of("null"))).isTrue();
    }

    @Test
    void noTokenIsBoundToMoreThanFits() {
        Set<Network> networks = IntStream.rangeClosed(0, TokenBinding.MOST)
                .mapToObj(i -> Network.parse("10.0.0." + i))
                .collect(Collectors.toSet());

        assertThatIllegalArgumentException().isThrownBy(() -> new TokenBinding(Set.of(), networks));
    }
}
