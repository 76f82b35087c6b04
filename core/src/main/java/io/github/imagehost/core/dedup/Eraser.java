package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.store.ImageStore;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the objects of condemned blobs and forgets those that are gone. */
final class Eraser {

    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private final ImageStore store;
    private final DeletionLedger ledger;

    Eraser(ImageStore store, DeletionLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** Answers how many objects the store did not delete. */
    int erase(List<CondemnedBlob> blobs) {
        if (blobs.isEmpty()) {
            return 0;
        }
        Map<ObjectKey, String> failures =
                store.delete(blobs.stream().map(CondemnedBlob::objectKey).toList());
        failures.forEach((key, reason) -> log.warn("The store did not delete object {}: {}", key, reason));
        ledger.forget(blobs.stream()
                .filter(blob -> !failures.containsKey(blob.objectKey()))
                .toList());
        return failures.size();
    }
}
