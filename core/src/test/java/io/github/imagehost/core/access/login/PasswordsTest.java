package io.github.imagehost.core.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final OwnerName OWNER = new OwnerName("alice.liddell");

    @ParameterizedTest
    @ValueSource(
            strings = {"0123456789", "          ", "十个汉字就够了吗够了吧", "\uD83D\uDD11\uD83D\uDD11 0123456789", "<script>\n\t"
            })
    void lengthIsAllThatAPasswordNeeds(String text) {
        assertThat(NewPassword.of(text, OWNER).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012345678", "alice.liddell", "Alice.LIDDELL", "0123456789\uD800"})
    void otherPasswordsAreNotLegal(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewPassword.of(text, OWNER))
                .withMessageContaining(NewPassword.RULE)
                .withMessageNotContaining("0123456789");
    }

    @Test
    void charactersAreCountedAsPeopleDo() {
        assertThat(NewPassword.of("\uD83D\uDD11".repeat(200), OWNER)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> NewPassword.of("\uD83D\uDD11".repeat(201), OWNER));
        assertThatIllegalArgumentException().isThrownBy(() -> NewPassword.of("\uD83D\uDD11".repeat(9), OWNER));
        // nine characters, of which each is a letter and a mark
        assertThatIllegalArgumentException().isThrownBy(() -> NewPassword.of("e\u0301".repeat(9), OWNER));
    }

    @Test
    void atMostTwoAreHashedAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        QuickPasswordHasher quick = new QuickPasswordHasher(1);
        Passwords passwords = new Passwords(new SlowHasher(quick, begun, goOn), Duration.ZERO);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> passwords.matches("any", Optional.empty())));
            }
            begun.await();

            assertThatExceptionOfType(PasswordsBusyException.class)
                    .isThrownBy(() -> passwords.matches("any", Optional.empty()))
                    .isInstanceOf(Retryable.class);
            assertThatExceptionOfType(PasswordsBusyException.class)
                    .isThrownBy(() -> passwords.hash(NewPassword.of("0123456789", OWNER)));

            goOn.countDown();
            for (Future<Boolean> one : running) {
                assertThat(one.get()).isFalse();
            }
            assertThat(passwords.matches("any", Optional.empty())).isFalse();
            assertThat(quick.work()).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoeverIsInterruptedWhileWaitingGivesUp() {
        Passwords passwords = new Passwords(new QuickPasswordHasher(1), Duration.ofDays(1));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(PasswordsBusyException.class)
                .isThrownBy(() -> passwords.matches("any", Optional.empty()));

        assertThat(Thread.interrupted()).isTrue();
    }

    private record SlowHasher(PasswordHasher hasher, CountDownLatch begun, CountDownLatch goOn)
            implements PasswordHasher {

        @Override
        public PasswordHash hash(String password) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return hasher.hash(password);
        }

        @Override
        public boolean verify(String password, PasswordHash hash) {
            throw new UnsupportedOperationException("Nobody has a password");
        }

        @Override
        public boolean needsRehash(PasswordHash hash) {
            throw new UnsupportedOperationException("Nobody has a password");
        }
    }
}
