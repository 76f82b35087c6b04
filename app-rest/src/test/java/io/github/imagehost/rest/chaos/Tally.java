package io.github.imagehost.rest.chaos;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;

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
        READ,
        THUMBNAIL,
        /** Of how an image is shared, acknowledged. */
        CHANGE,
        /** Told to somebody who is not its owner that there is no such image. */
        REFUSAL,
        /** Of an image. */
        END
    }

    private final Multiset<Event> events = ConcurrentHashMultiset.create();

    void count(Event event) {
        add(event, 1);
    }

    void add(Event event, int times) {
        events.add(event, times);
    }

    long of(Event event) {
        return events.count(event);
    }
}
