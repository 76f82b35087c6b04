package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How much memory the service takes while many clients send large pictures slowly. */
final class SlowUploads {

    static final String NAME = "slow-50x10mb";
    static final String GROUP = "memory";

    private static final int CLIENTS = 50;
    private static final int SIZE = 10_000_000;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int STEPS = 100;

    private final Stage stage;
    private final UploadRequest upload;

    private SlowUploads(Stage stage) {
        this.stage = stage;
        // pixels are not what this is about
        this.upload = UploadRequest.single(stage.service().target(), PictureKind.NOISE.make(SIZE));
    }

    static MarkdownTable table() {
        return new MarkdownTable(
                "workload", "MiB before", "MiB at the peak", "growth", "MiB afterwards", "CPU ms/request");
    }

    /** Adds a line to the table, after a warm-up with duplicates of small pictures. */
    static void measure(Stage stage, MarkdownTable table) throws Exception {
        new SlowUploads(stage).addTo(table);
    }

    private void addTo(MarkdownTable table) throws Exception {
        ProcessUsage.forgetPeak(stage.service().pid());
        ProcessUsage before = ProcessUsage.of(stage.service().pid());
        uploadAll();
        ProcessUsage at = ProcessUsage.of(stage.service().pid());
        TimeUnit.NANOSECONDS.sleep(stage.options().settle().toNanos());
        ProcessUsage afterwards = ProcessUsage.of(stage.service().pid());
        table.add(
                NAME,
                MarkdownTable.cell(before.residentMebibytes()),
                MarkdownTable.cell(at.peakMebibytes()),
                MarkdownTable.cell(at.peakMebibytes() - before.residentMebibytes()),
                MarkdownTable.cell(afterwards.residentMebibytes()),
                MarkdownTable.cell((at.cpuMillis() - before.cpuMillis()) / CLIENTS));
    }

    private void uploadAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Boolean>> uploads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                uploads.add(this::uploadOne);
            }
            for (Future<Boolean> one : threads.invokeAll(uploads)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean uploadOne() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int length = upload.bytes().length;
        try (HttpConnection connection =
                new HttpConnection(stage.service().target().base())) {
            byte[] beginning = upload.numberedBeginning();
            connection.send(beginning, 0, beginning.length);
            int sent = beginning.length;
            for (int step = 1; step <= STEPS; step++) {
                int end = (int) Math.max(sent, (long) length * step / STEPS);
                connection.send(upload.bytes(), sent, end);
                sent = end;
                long due = start + TIME.toNanos() * step / STEPS;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
            connection.receive().expect(HttpConnection.OK);
            return true;
        }
    }
}
