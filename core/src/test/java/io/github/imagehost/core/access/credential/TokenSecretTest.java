package io.github.imagehost.core.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {

    /** Its checksum was computed by Python's zlib.crc32. */
    private static final String KNOWN = "imh_0123456789ABCDEFGHIJKLMNOPQRSTUV3omuVw";

    private final TokenSecret secret = TokenSecret.generate(new SecureRandom());

    @Test
    void isMadeOfCharactersThatNeedNoQuotes() {
        assertThat(secret.reveal()).matches("imh_[0-9A-Za-z]{38}");
    }

    @Test
    void isReadAgain() {
        assertThat(TokenSecret.parse(secret.reveal()).orElseThrow().digest()).isEqualTo(secret.digest());
        assertThat(TokenSecret.parse(KNOWN)).isPresent();
    }

    @Test
    void noTwoAreAlike() {
        assertThat(TokenSecret.generate(new SecureRandom()).digest()).isNotEqualTo(secret.digest());
    }

    @Test
    void oneWrongCharacterIsNoticed() {
        String text = secret.reveal();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String wrong = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(TokenSecret.parse(wrong)).as("character %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "imh_", "imh", "ghp_0123456789ABCDEFGHIJKLMNOPQRSTUV000000", "1|abc", "图床"})
    void anythingElseIsNone(String text) {
        assertThat(TokenSecret.parse(text)).isEmpty();
    }

    @Test
    void neitherLongerNorInAnotherCaseIsItTheSame() {
        assertThat(TokenSecret.parse(secret.reveal() + "0")).isEmpty();
        assertThat(TokenSecret.parse(" " + secret.reveal())).isEmpty();
        assertThat(TokenSecret.parse(secret.reveal().toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void isKnownByItsHashAlone() {
        assertThat(TokenSecret.digest("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(secret.digest()).isEqualTo(TokenSecret.digest(secret.reveal()));
    }

    @Test
    void isNotTold() {
        assertThat(secret).hasToString("imh_…" + secret.hint());
        assertThat(secret.hint()).hasSize(4);
    }
}
