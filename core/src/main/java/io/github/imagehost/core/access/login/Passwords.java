package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Hashes passwords, a few at once: each takes much memory and a processor. Safe for use by many threads. */
final class Passwords {

    private static final int AT_ONCE = 2;

    private final PasswordHasher hasher;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** @param patience how long to wait for a turn */
    Passwords(PasswordHasher hasher, Duration patience) {
        this.hasher = hasher;
        this.patience = patience;
    }

    /** @throws PasswordsBusyException if there was no turn in time */
    PasswordHash hash(NewPassword password) {
        return inTurn(() -> hasher.hash(password.reveal()));
    }

    /**
     * Whether this is the password. That takes the same work if there is none, so that nobody learns which.
     *
     * @param kept what is kept of the password; empty if there is none
     * @throws PasswordsBusyException if there was no turn in time
     */
    boolean matches(String typed, Optional<PasswordHash> kept) {
        String text = NewPassword.normalize(typed);
        return inTurn(() -> {
            if (kept.isEmpty()) {
                hasher.hash(text);
                return false;
            }
            return hasher.verify(text, kept.get());
        });
    }

    /**
     * A better hash of a password that matches this one.
     *
     * @return empty if there is none
     * @throws PasswordsBusyException if there was no turn in time
     */
    Optional<PasswordHash> renew(String typed, PasswordHash kept) {
        return hasher.needsRehash(kept)
                ? Optional.of(inTurn(() -> hasher.hash(NewPassword.normalize(typed))))
                : Optional.empty();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PasswordsBusyException("Too many passwords are looked at already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PasswordsBusyException("Interrupted while waiting to look at a password");
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
