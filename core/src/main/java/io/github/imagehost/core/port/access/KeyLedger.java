package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.SigningKey;

/** The part of the {@link AccessRepository} that keeps the keys which links are signed with, for all who share it. */
public interface KeyLedger {

    /**
     * The key for a purpose; from the first call on always the same one.
     *
     * @param ifThereIsNone becomes the key if there is none yet; of several that come at once, one does
     */
    SigningKey key(LinkPurpose purpose, SigningKey ifThereIsNone);
}
