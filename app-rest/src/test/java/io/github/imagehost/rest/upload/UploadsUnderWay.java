package io.github.imagehost.rest.upload;

import io.github.imagehost.rest.metrics.MeterNames;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** How many uploads a service has let in whose answers it has not sent. */
public final class UploadsUnderWay {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private UploadsUnderWay(UploadAdmission admission) {
        admission.bindTo(meters);
    }

    public static UploadsUnderWay of(RunningService service) {
        return new UploadsUnderWay(service.part(UploadAdmission.class));
    }

    /** Waits until there are so many. */
    public void await(int uploads) throws InterruptedException {
        Waiting.until(
                uploads + " uploads are under way",
                LIMIT,
                () -> meters.get(MeterNames.ADMITTED).gauge().value() == uploads);
    }
}
