package io.github.imagehost.core.bulk;

import io.github.imagehost.core.bulk.BulkResult.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * What became of many items, those included that earlier runs with the same journal have dealt with.
 *
 * @param outcomes how many items had each outcome; none is missing
 * @param bytesRead how many bytes all of them have, those left out that are no good
 * @param bytesStored how many bytes the store has more now
 * @param bytesSaved how many bytes it would have more if duplicates were stored, too
 * @param remarks how many items had a remark with this code, in alphabetical order
 * @param complete whether there is no item that was not dealt with
 * @param failure what made an end of it before its time; empty if nothing did
 */
public record BulkReport(
        Map<Outcome, Long> outcomes,
        long bytesRead,
        long bytesStored,
        long bytesSaved,
        Map<String, Long> remarks,
        boolean complete,
        Optional<RuntimeException> failure) {

    /** How many items had this outcome. */
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How many items were dealt with. */
    public long items() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
}
