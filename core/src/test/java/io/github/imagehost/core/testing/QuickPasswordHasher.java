package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link PasswordHasher} that passes its contract, but is as fast as tests want it, and so protects nothing. It
 * counts how often it has worked.
 */
public final class QuickPasswordHasher implements PasswordHasher {

    private final String kind;
    private final AtomicInteger work = new AtomicInteger();

    /** @param version hashes of another one need a rehash */
    public QuickPasswordHasher(int version) {
        this.kind = "$quick$v=" + version + "$";
    }

    /** How many passwords it has hashed or verified. */
    public int work() {
        return work.get();
    }

    @Override
    public PasswordHash hash(String password) {
        work.incrementAndGet();
        return hash(password, kind + UUID.randomUUID());
    }

    private static PasswordHash hash(String password, String salt) {
        byte[] salted = (salt + password).getBytes(StandardCharsets.UTF_8);
        return new PasswordHash(
                salt + "$" + Digest.of(Digest.sha256().digest(salted)).hex());
    }

    @Override
    public boolean verify(String password, PasswordHash hash) {
        work.incrementAndGet();
        String salt = hash.value().substring(0, hash.value().lastIndexOf('$'));
        return hash(password, salt.isEmpty() ? "$" : salt).equals(hash);
    }

    @Override
    public boolean needsRehash(PasswordHash hash) {
        return !hash.value().startsWith(kind);
    }
}
