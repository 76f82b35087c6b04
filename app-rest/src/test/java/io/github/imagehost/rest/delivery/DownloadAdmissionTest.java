package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DownloadAdmissionTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void eachClientHasAShare() {
        DownloadAdmission admission = new DownloadAdmission(2, Duration.ZERO);
        admission.enter("a");
        admission.enter("a");
        admission.enter("b");

        assertRefused(admission, "a");
        admission.enter("b");
        assertRefused(admission, "b");
        admission.leave("a");
        admission.enter("a");
        assertRefused(admission, "a");
    }

    @Test
    void whoWaitsGetsThePlaceOfWhoLeavesAndFewMayWait() throws Exception {
        DownloadAdmission admission = new DownloadAdmission(1, LIMIT);
        admission.enter("a");
        List<FutureTask<?>> waiting = List.of(wait(admission), wait(admission));

        assertRefused(admission, "a");
        admission.enter("b");
        for (FutureTask<?> next : waiting) {
            admission.leave("a");
            next.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        admission.leave("a");
        admission.enter("a");
    }

    private static FutureTask<?> wait(DownloadAdmission admission) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            admission.enter("a");
            return true;
        });
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        Waiting.until("it waits", LIMIT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private static void assertRefused(DownloadAdmission admission, String client) {
        assertThatThrownBy(() -> admission.enter(client))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error()).isEqualTo(ApiError.TOO_MANY_DOWNLOADS));
    }
}
