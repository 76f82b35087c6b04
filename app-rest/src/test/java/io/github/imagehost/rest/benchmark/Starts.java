package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long the service takes from its launch to its first answer. */
final class Starts {

    static final String NAME = "start";
    static final String GROUP = "start";

    private static final int STARTS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 2;

    private Starts() {}

    static MarkdownTable table() {
        return new MarkdownTable("workload", "median ms", "fastest", "slowest", "CPU ms", "MiB after the answer");
    }

    /** Adds a line to the table. The service that is there already has made the tables. */
    static void measure(Stage stage, MarkdownTable table) throws Exception {
        long[] nanos = new long[STARTS];
        double cpu = 0;
        double resident = 0;
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            try (ServiceProcess service = stage.service().launchAnother()) {
                awaitAnswer(stage.service().target().at(service.client().base()), begin);
                nanos[i] = System.nanoTime() - begin;
                ProcessUsage usage = ProcessUsage.of(service.pid());
                cpu += usage.cpuMillis() / STARTS;
                resident += usage.residentMebibytes() / STARTS;
            }
        }
        Requests starts = Requests.of(nanos, STARTS, 0, 0);
        table.add(
                NAME,
                MarkdownTable.cell(starts.percentileMillis(0.5)),
                MarkdownTable.cell(starts.percentileMillis(1.0 / STARTS)),
                MarkdownTable.cell(starts.percentileMillis(1)),
                MarkdownTable.cell(cpu),
                MarkdownTable.cell(resident));
    }

    private static void awaitAnswer(Target target, long begin) throws IOException, InterruptedException {
        byte[] request = target.get("/api/images?limit=1");
        while (true) {
            try (HttpConnection connection = new HttpConnection(target.base())) {
                connection.exchange(request).expect(HttpConnection.OK);
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
