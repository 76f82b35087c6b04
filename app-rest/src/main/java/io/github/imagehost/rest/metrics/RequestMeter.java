package io.github.imagehost.rest.metrics;

import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.request.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Measures each request when it has come to its end, from its {@link RequestRecord}: once, whatever became of it. That
 * is when the server would write a line of an access log, also for what it has refused itself.
 */
public final class RequestMeter extends ValveBase implements AccessLog {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private static final String REFUSED = "refused";

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter saved;
    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

    private record Answer(Route route, int status) {}

    /**
     * Counts from 0: an increase from nothing to 1 would be none for Prometheus.
     *
     * @param registry gets the meters
     * @param codes of all errors that there are
     */
    public RequestMeter(MeterRegistry registry, List<String> codes) {
        this.registry = registry;
        codes.forEach(this::errors);
        this.received = bytes(registry, MeterNames.UPLOAD_RECEIVED);
        this.saved = bytes(registry, MeterNames.UPLOAD_SAVED);
        for (RequestRecord.Outcome outcome : RequestRecord.Outcome.values()) {
            uploads(nameOf(outcome), MeterNames.NONE);
        }
    }

    /** A counter of bytes. */
    static Counter bytes(MeterRegistry registry, String name) {
        return Counter.builder(name).baseUnit(MeterNames.BYTES).register(registry);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        Optional<RequestRecord> record = RequestRecord.find(request);
        record.ifPresent(this::countErrors);
        if (RequestPath.of(request).isUpload()) {
            received.increment((double) request.getCoyoteRequest().getBytesRead());
            record.ifPresent(this::countPictures);
        }
        // last, so that all else is counted of whatever request is
        int status = record.map(RequestRecord::status).orElse(response.getStatus());
        timers.computeIfAbsent(new Answer(Route.of(request), status), this::newTimer)
                .record(record.map(RequestRecord::duration).orElse(Duration.ofNanos(nanos)));
    }

    private Timer newTimer(Answer answer) {
        return Timer.builder(MeterNames.REQUESTS)
                .tag(MeterNames.METHOD, answer.route().method())
                .tag(MeterNames.ROUTE, answer.route().path())
                .tag(MeterNames.STATUS, String.valueOf(answer.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void countErrors(RequestRecord record) {
        record.error().ifPresent(code -> errors(code).increment());
        record.failures()
                .values()
                .forEach(failure -> registry.counter(
                                MeterNames.FAILURES,
                                MeterNames.CAUSE,
                                failure.getClass().getSimpleName())
                        .increment());
    }

    private void countPictures(RequestRecord record) {
        if (record.pictures().isEmpty()) {
            record.error().ifPresent(code -> uploads(REFUSED, code).increment());
        }
        for (RequestRecord.Picture picture : record.pictures()) {
            String outcome = picture.outcome().map(RequestMeter::nameOf).orElse(REFUSED);
            uploads(outcome, picture.error().orElse(MeterNames.NONE)).increment();
            if (picture.outcome()
                    .filter(how -> how != RequestRecord.Outcome.NEW)
                    .isPresent()) {
                saved.increment((double) picture.size());
            }
        }
    }

    private Counter errors(String code) {
        return registry.counter(MeterNames.ERRORS, MeterNames.CODE, code);
    }

    private Counter uploads(String outcome, String code) {
        return registry.counter(MeterNames.UPLOADS, MeterNames.OUTCOME, outcome, MeterNames.CODE, code);
    }

    private static String nameOf(RequestRecord.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {
        // what proxies say of a client is not measured
    }

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
