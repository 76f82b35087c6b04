package io.github.imagehost.core.access.link;

import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.port.access.KeyLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The key for a purpose, which all services of one repository share. It is asked for when it is needed for the first
 * time. Safe for use by many threads.
 */
public final class SharedKey {

    private final KeyLedger ledger;
    private final LinkPurpose purpose;
    private volatile @Nullable SigningKey known;

    /** @param ledger stays open */
    public SharedKey(KeyLedger ledger, LinkPurpose purpose) {
        this.ledger = ledger;
        this.purpose = purpose;
    }

    /**
     * The key; always the same one.
     *
     * @throws RepositoryException if it can't be read
     */
    public SigningKey get() {
        SigningKey key = known;
        if (key == null) {
            byte[] fresh = new byte[SigningKey.LENGTH];
            new SecureRandom().nextBytes(fresh);
            key = ledger.key(purpose, SigningKey.of(fresh));
            known = key;
        }
        return key;
    }
}
