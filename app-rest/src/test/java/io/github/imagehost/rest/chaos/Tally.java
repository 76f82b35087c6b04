package io.github.imagehost.rest.chaos;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened during one cycle. Safe for use by many threads. */
final class Tally {

    enum Event {
        UPLOAD_ACKNOWLEDGED,
        /** Told to try again later. */
        UPLOAD_FAILED,
        /** The answer was lost. */
        UPLOAD_UNKNOWN,
        DUPLICATE,
        DELETION_ACKNOWLEDGED,
        DELETION_FAILED,
        DELETION_UNKNOWN,
        READ
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    Tally() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        add(event, 1);
    }

    void add(Event event, long times) {
        counts.get(event).add(times);
    }

    long of(Event event) {
        return counts.get(event).sum();
    }
}
