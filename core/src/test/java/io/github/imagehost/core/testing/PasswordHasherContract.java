package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PasswordHasher} promises. */
public abstract class PasswordHasherContract {

    private static final String PASSWORD = "correct horse battery staple";

    private PasswordHasher hasher;

    /** Called before each test. */
    protected abstract PasswordHasher createHasher();

    @BeforeEach
    final void create() {
        hasher = createHasher();
    }

    @Test
    void aPasswordMatchesItsHashAndNoOtherDoes() {
        PasswordHash hash = hasher.hash(PASSWORD);

        assertThat(hasher.verify(PASSWORD, hash)).isTrue();
        for (String other : List.of("", PASSWORD + " ", PASSWORD.substring(1), PASSWORD.toUpperCase(Locale.ROOT))) {
            assertThat(hasher.verify(other, hash)).as(other).isFalse();
        }
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        PasswordHash one = hasher.hash(PASSWORD);
        PasswordHash other = hasher.hash(PASSWORD);

        assertThat(one).isNotEqualTo(other);
        assertThat(one.value()).doesNotContain(PASSWORD);
        assertThat(hasher.verify(PASSWORD, other)).isTrue();
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        String longest = "図".repeat(199);
        PasswordHash hash = hasher.hash(longest + "1");

        assertThat(hasher.verify(longest + "1", hash)).isTrue();
        assertThat(hasher.verify(longest + "2", hash)).isFalse();
        assertThat(hasher.verify(longest, hash)).isFalse();
    }

    @Test
    void aHashThatIsMadeNowNeedsNoOther() {
        assertThat(hasher.needsRehash(hasher.hash(PASSWORD))).isFalse();
    }

    @Test
    void aHashOfAnotherKindMatchesNothingAndNeedsAnother() {
        for (String text : List.of("$unknown$c2FsdA$aGFzaA", "$$$$$", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA")) {
            PasswordHash unknown = new PasswordHash(text);
            assertThat(hasher.verify(PASSWORD, unknown)).as(text).isFalse();
            assertThat(hasher.needsRehash(unknown)).as(text).isTrue();
        }
    }
}
