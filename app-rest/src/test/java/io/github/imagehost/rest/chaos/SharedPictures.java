package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.testing.Pictures;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few pictures that all clients upload, some of them large; now and then one is replaced. Safe for use by many
 * threads.
 */
final class SharedPictures {

    private static final int COUNT = 10;
    private static final int LARGE = 3;
    /** So large that the service does not keep them in memory, and that storing them takes time. */
    private static final int LARGE_SIZE = 1_000_000;

    private static final int USES_OF_ONE = 5;

    private final AtomicReferenceArray<Picture> pictures = new AtomicReferenceArray<>(COUNT);

    SharedPictures() {
        for (int place = 0; place < COUNT; place++) {
            pictures.set(place, fresh(place < LARGE));
        }
    }

    /** One of them, perhaps for the first time. */
    Picture any(Random random) {
        int place = random.nextInt(COUNT);
        if (random.nextInt(USES_OF_ONE) == 0) {
            pictures.set(place, fresh(place < LARGE));
        }
        return pictures.get(place);
    }

    /** A picture that nobody has uploaded yet. */
    static Picture fresh(boolean large) {
        return Picture.of(large ? Pictures.jpegOfSize(LARGE_SIZE) : Pictures.uniquePng());
    }
}
