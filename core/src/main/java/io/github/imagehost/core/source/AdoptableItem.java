package io.github.imagehost.core.source;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An item that is in the host's own store already. */
public interface AdoptableItem extends BulkItem {

    /** Which id its image is to have; a fresh one if empty. */
    Optional<Long> id();

    /** Where it may be, the likeliest place first; none if its name is no key. */
    List<ObjectKey> keys();

    /** Which name its link is to have; a fresh, unguessable one if empty. */
    Optional<String> filename();

    /** What to call the picture; any text. */
    String originalName();

    /** Since when there is the picture. */
    Instant uploadedAt();

    /** When something about it was changed for the last time. */
    Instant updatedAt();

    /** How many bytes it is known to have; empty if that is not known. */
    Optional<Long> knownSize();

    /** What its bytes are known to hash to; empty if that is not known. */
    Optional<Digest> knownDigest();
}
