package io.github.imagehost.rest.benchmark;

import static io.github.imagehost.rest.benchmark.MarkdownTable.cell;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is left for uploads, other downloads and the question for the health while many clients read slowly. */
final class SlowDownloads {

    static final String NAME = "slow-400x3mb";
    static final String GROUP = "readers";

    private static final int READERS = 400;
    private static final int SIZE = 3_000_000;
    private static final int BYTES = 1000;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final double NANOS_OF_A_SECOND = 1e9;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int CLIENTS = 16;
    private static final int SMALL = 50 * 1024;
    /** More than anybody answers within a phase, which is to end by its time. */
    private static final int MOST = 2_000_000;

    private final Target target;
    private final Load load;
    private final MarkdownTable table;
    private final List<Others> others;
    private final byte[] large;

    /** Those for whom something should be left. */
    private record Others(String name, int count, ClosedLoop.Clients clients) {}

    /** What they got in one phase. */
    private record Answers(Others others, Requests requests, Failures failures) {}

    private SlowDownloads(Stage stage, MarkdownTable table) throws IOException {
        this.target = stage.service().target();
        this.load = stage.options().load();
        this.table = table;
        UploadRequest upload = UploadRequest.single(target, stage.picture(SMALL));
        this.others = List.of(
                new Others("uploads", CLIENTS, HttpClients.uploadingNew(target, upload)),
                new Others("reads", CLIENTS, HttpClients.fetching(target.base(), link(upload))),
                new Others("health", 1, HttpClients.fetching(target.base(), target.get("/health"))));
        // pixels are not what this is about
        this.large = link(UploadRequest.single(target, PictureKind.NOISE.make(SIZE)));
    }

    static MarkdownTable table() {
        return new MarkdownTable(
                "slow readers",
                "who",
                "clients",
                "req/s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "503",
                "other errors",
                "bytes/s of each");
    }

    /** Adds lines to the table, after a warm-up with all but the slow readers. */
    static void measure(Stage stage, MarkdownTable table) throws Exception {
        new SlowDownloads(stage, table).addTo();
    }

    private byte[] link(UploadRequest upload) throws IOException {
        return target.get(HttpClients.upload(target, upload));
    }

    private void addTo() throws Exception {
        // so that there is a copy of it in front of S3
        try (ClosedLoop.Client first =
                HttpClients.fetching(target.base(), large).open()) {
            first.request();
        }
        run(load.warmUpTime());
        add("before", run(load.time()));
        try (SlowReaders readers = SlowReaders.begin(READERS, target.base(), large, BYTES, PAUSE)) {
            if (!readers.awaitAnswers(LIMIT)) {
                throw new IOException("Not all slow readers were answered within " + LIMIT);
            }
            long start = System.nanoTime();
            long taken = readers.taken();
            List<Answers> during = run(load.time());
            double seconds = (System.nanoTime() - start) / NANOS_OF_A_SECOND;
            double pace = (readers.taken() - taken) / seconds / READERS;
            readers.finish();
            add("during", during);
            add("during", "slow readers", READERS, Requests.NONE, readers.failures(), pace);
        }
        add("after", run(load.time()));
    }

    /** All of them at once. */
    private List<Answers> run(Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(others.size());
        try {
            List<Callable<Answers>> phases =
                    others.stream().map(each -> answering(each, time)).toList();
            List<Answers> answers = new ArrayList<>();
            for (Future<Answers> phase : threads.invokeAll(phases)) {
                answers.add(phase.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Answers> answering(Others others, Duration time) {
        return () -> {
            Failures failures = new Failures();
            try (ClosedLoop loop = ClosedLoop.open(failures.counting(others.clients()), others.count())) {
                return new Answers(others, loop.run(MOST, time), failures);
            }
        };
    }

    private void add(String phase, List<Answers> all) {
        for (Answers answers : all) {
            add(
                    phase,
                    answers.others().name(),
                    answers.others().count(),
                    answers.requests(),
                    answers.failures(),
                    Double.NaN);
        }
    }

    private void add(String phase, String who, int clients, Requests requests, Failures failures, double pace) {
        table.add(
                phase,
                who,
                String.valueOf(clients),
                cell(requests.perSecond()),
                cell(requests.percentileMillis(0.5)),
                cell(requests.percentileMillis(0.99)),
                cell(requests.percentileMillis(0.999)),
                String.valueOf(failures.unavailable()),
                String.valueOf(failures.others()),
                cell(pace));
    }
}
