package io.github.imagehost.core.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.dedup.LocalUploads.Visit;
import io.github.imagehost.core.model.Digest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalUploadsTest {

    private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);
    private static final Digest OTHER_DIGEST = Digest.parse("f".repeat(64));
    private static final long NO_PAUSE = 0;
    private static final long NO_LIMIT = TimeUnit.MINUTES.toNanos(5);

    private final LocalUploads uploads = new LocalUploads();
    private final AtomicBoolean returned = new AtomicBoolean();
    private final Visit holder = uploads.enter(DIGEST);
    private final Visit visit = uploads.enter(DIGEST);
    private final Thread waiter = new Thread(this::await);

    @AfterEach
    void endTheWaiter() throws InterruptedException {
        waiter.interrupt();
        waiter.join();
    }

    @Test
    void aLocalHolderIsWaitedForAsLongAsItTakes() throws Exception {
        holder.hold();
        waiter.start();
        awaitThatItWaits();

        holder.release();
        holder.close();

        waiter.join();
        assertThat(returned).isTrue();
    }

    @Test
    void withoutALocalHolderThereIsOnlyAPause() throws Exception {
        waiter.start();
        waiter.join();

        assertThat(returned).isTrue();
    }

    @Test
    void aHolderThatLetsGoEndsTheLongWait() throws Exception {
        holder.hold();
        waiter.start();
        awaitThatItWaits();

        holder.release();

        waiter.join();
        assertThat(returned).isTrue();
    }

    @Test
    void whoeverLeavesBetweenTheQuestionAndTheWaitIsNotMissed() throws Exception {
        Visit other = uploads.enter(DIGEST);
        holder.hold();
        long seen = visit.departures();
        other.close();

        visit.awaitDeparture(seen, NO_LIMIT, NO_LIMIT);

        assertThat(visit.departures()).isEqualTo(seen + 1);
    }

    @Test
    void uploadsOfOtherContentDoNotMatter() {
        uploads.enter(OTHER_DIGEST).close();

        assertThat(visit.departures()).isZero();
    }

    @Test
    void theRoomIsNewWhenEverybodyHasLeft() {
        holder.close();
        visit.close();

        try (Visit next = uploads.enter(DIGEST)) {
            assertThat(next.departures()).isZero();
        }
    }

    private void await() {
        try {
            visit.awaitDeparture(0, NO_PAUSE, NO_LIMIT);
            returned.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThatItWaits() {
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            assertThat(returned).isFalse();
            Thread.onSpinWait();
        }
    }
}
