package io.github.imagehost.core.bulk;

import io.github.imagehost.core.bulk.BulkResult.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds results up. For one thread. */
final class BulkCounts {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> remarks = new TreeMap<>();
    private long bytesRead;
    private long bytesStored;
    private long bytesSaved;

    BulkCounts() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    void add(BulkResult result) {
        outcomes.merge(result.outcome(), 1L, Long::sum);
        bytesRead += result.bytesRead();
        bytesStored += result.bytesStored();
        bytesSaved += result.bytesSaved();
        result.remark().ifPresent(remark -> remarks.merge(remark.code(), 1L, Long::sum));
    }

    BulkReport report(boolean complete, Optional<RuntimeException> failure) {
        return new BulkReport(
                Map.copyOf(outcomes),
                bytesRead,
                bytesStored,
                bytesSaved,
                Collections.unmodifiableMap(new TreeMap<>(remarks)),
                complete,
                failure);
    }
}
