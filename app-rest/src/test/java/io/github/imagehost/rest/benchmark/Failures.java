package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong for clients that go on. Safe for use by many threads. */
final class Failures {

    private static final int UNAVAILABLE = 503;

    private final LongAdder unavailable = new LongAdder();
    private final LongAdder others = new LongAdder();

    /** The same clients, whose failures are counted here and don't end the run. */
    ClosedLoop.Clients counting(ClosedLoop.Clients clients) {
        return () -> {
            ClosedLoop.Client client = clients.open();
            return new ClosedLoop.Client() {
                @Override
                public long request() throws Exception {
                    try {
                        return client.request();
                    } catch (IOException e) {
                        count(e);
                        // whatever is left of this answer must not be taken for the next one
                        client.close();
                        return 0;
                    }
                }

                @Override
                public void close() throws IOException {
                    client.close();
                }
            };
        };
    }

    /** One more. */
    void count(IOException failure) {
        boolean refused = failure instanceof UnexpectedStatusException e && e.status() == UNAVAILABLE;
        (refused ? unavailable : others).increment();
    }

    /** How many were answered 503. */
    long unavailable() {
        return unavailable.sum();
    }

    /** How many failed otherwise. */
    long others() {
        return others.sum();
    }
}
