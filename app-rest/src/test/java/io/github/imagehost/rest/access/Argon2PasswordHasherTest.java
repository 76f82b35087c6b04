package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import io.github.imagehost.core.testing.PasswordHasherContract;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest extends PasswordHasherContract {

    private final PasswordHasher hasher = createHasher();

    @Override
    protected PasswordHasher createHasher() {
        return new Argon2PasswordHasher(ServiceLimits.DEFAULT.passwordMemory());
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

    /** The work is told by the memory that it takes, which is the same on every machine. */
    @Test
    void whoeverIsRefusedCostsTheSameWork() {
        PasswordHash hash = hasher.hash("password");
        PasswordHash unknown = new PasswordHash("$unknown$c2FsdA$aGFzaA");

        for (Runnable work : List.<Runnable>of(
                () -> hasher.hash("password"),
                () -> hasher.hash(""),
                () -> hasher.verify("password", hash),
                () -> hasher.verify("differentpassword", hash),
                () -> hasher.verify("", hash),
                () -> hasher.verify("password", unknown))) {
            assertThat(allocatedBy(work)).isBetween(19L * 1024 * 1024, 25L * 1024 * 1024);
        }
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
