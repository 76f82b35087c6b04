package io.github.imagehost.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "s3.localhost", "127.0.0.1", "127.8.0.9", "::1", "[::1]"})
    void isThisMachine(String host) {
        assertThat(LocalHost.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3.example.com",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "10.0.0.1",
                "::2",
                "0.0.0.0"
            })
    void isAnotherOne(String host) {
        assertThat(LocalHost.is(host)).isFalse();
    }
}
