package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import io.github.imagehost.core.testing.PasswordHasherContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest extends PasswordHasherContract {

    private final PasswordHasher hasher = new Argon2PasswordHasher();

    @Override
    protected PasswordHasher createHasher() {
        return new Argon2PasswordHasher();
    }

    @Test
    void makesWhatOwaspRecommends() {
        assertThat(hasher.hash("any").value())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    /**
     * Made by the reference implementation: echo -n PASSWORD | argon2 SALT -id -k MEMORY -t PASSES -p LANES -l 32 -e
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc | false",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4 | true"
            })
    void readsWhatOthersMade(String value, boolean isWeaker) {
        PasswordHash hash = new PasswordHash(value);

        assertThat(hasher.verify("password", hash)).isTrue();
        assertThat(hasher.verify("differentpassword", hash)).isFalse();
        assertThat(hasher.needsRehash(hash)).isEqualTo(isWeaker);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=999999999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
            })
    void whatWouldTakeForEverIsNotTried(String value) {
        assertThat(hasher.verify("password", new PasswordHash(value))).isFalse();
    }
}
