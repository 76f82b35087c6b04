package io.github.imagehost.rest.benchmark;

import static io.github.imagehost.rest.benchmark.MarkdownTable.cell;

import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Measures what it is asked to and prints tables; docs/benchmarks.md says what stands in them. */
public final class Benchmark {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Stage stage;
    private final List<String> failures = new ArrayList<>();
    private final MarkdownTable requests = new MarkdownTable(
            "workload",
            "rows",
            "clients",
            "req/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "whole CPU ms",
            "CPU ms",
            "DB CPU ms",
            "SQL",
            "sent KiB",
            "MiB",
            "peak MiB",
            "warm-up",
            "floor req/s",
            "floor whole CPU ms",
            "floor CPU ms",
            "floor DB CPU ms",
            "whole CPU / floor",
            "CPU / floor");
    private final MarkdownTable comparisons = new MarkdownTable(
            "workload",
            "measured",
            "clients",
            "req/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "whole CPU ms",
            "CPU ms",
            "DB CPU ms",
            "service / this",
            "least",
            "most");
    private final PageViews views;
    private final MarkdownTable readers = SlowDownloads.table();
    private final MarkdownTable memory = SlowUploads.table();
    private final MarkdownTable starts = Starts.table();

    private Benchmark(Stage stage) {
        this.stage = stage;
        this.views = new PageViews(stage);
    }

    /**
     * Exits with 1 if something could not be measured.
     *
     * @param arguments {@link Options}
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        requireKnown(options.workloads());
        Path directory = Files.createTempDirectory("imagehost-benchmark-");
        List<String> failures;
        try (Stage stage = Stage.open(options, directory)) {
            failures = new Benchmark(stage).run();
        } finally {
            delete(directory);
        }
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static void requireKnown(List<String> names) {
        List<String> known = Stream.of(
                        Stream.of(
                                Workloads.ALL,
                                SlowDownloads.GROUP,
                                SlowDownloads.NAME,
                                SlowUploads.GROUP,
                                SlowUploads.NAME,
                                Starts.NAME),
                        Stream.of(PageViews.GROUP),
                        PageViews.names().stream(),
                        Workloads.all().stream().flatMap(workload -> Stream.of(workload.group(), workload.name())))
                .flatMap(all -> all)
                .distinct()
                .toList();
        if (names.isEmpty() || !known.containsAll(names)) {
            throw new SettingsException("workloads is " + names + ", but legal are " + known);
        }
    }

    private List<String> run() throws Exception {
        OUT.println(title());
        for (long rows : stage.options().rows()) {
            stage.prepare(rows);
            for (Workload workload : Workloads.all()) {
                attempt(workload.name(), workload.group(), () -> measure(workload, rows));
            }
            for (String name : PageViews.names()) {
                attempt(name, PageViews.GROUP, () -> views.measure(name, rows));
            }
        }
        attempt(SlowDownloads.NAME, SlowDownloads.GROUP, () -> SlowDownloads.measure(stage, readers));
        attempt(SlowUploads.NAME, SlowUploads.GROUP, () -> SlowUploads.measure(stage, memory));
        attempt(Starts.NAME, Starts.GROUP, () -> Starts.measure(stage, starts));
        Stream.of(requests, comparisons, views.table(), readers, memory, starts)
                .filter(table -> !table.isEmpty())
                .forEach(table -> OUT.println("\n" + table));
        failures.forEach(failure -> OUT.println("\n" + failure));
        return failures;
    }

    private interface Measuring {

        void run() throws Exception;
    }

    /** One that fails does not keep the others from being measured. */
    private void attempt(String name, String group, Measuring measuring) {
        if (!stage.options().includes(name, group)) {
            return;
        }
        System.err.println("Measuring " + name);
        try {
            measuring.run();
        } catch (Exception e) {
            failures.add(name + " could not be measured: " + e.getMessage());
        }
    }

    private void measure(Workload workload, long rows) throws Exception {
        List<Contender> contenders = workload.measure(stage);
        Figures service = contenders.get(0).figures();
        Optional<Figures> floor = workload.measureFloor(stage);
        double floorCpu = floor.map(Figures::cpu).orElse(Double.NaN);
        double wholeFloorCpu = floor.map(Figures::wholeCpu).orElse(Double.NaN);
        requests.add(
                workload.name(),
                String.valueOf(rows),
                String.valueOf(workload.clients()),
                cell(service.perSecond()),
                cell(service.median()),
                cell(service.percentile99()),
                cell(service.percentile999()),
                cell(service.wholeCpu()),
                cell(service.cpu()),
                cell(service.databaseCpu()),
                cell(service.statements()),
                cell(service.kibibytesSent()),
                cell(service.resident()),
                cell(service.peak()),
                String.valueOf((int) service.warmUp()),
                cell(floor.map(Figures::perSecond).orElse(Double.NaN)),
                cell(wholeFloorCpu),
                cell(floorCpu),
                cell(floor.map(Figures::databaseCpu).orElse(Double.NaN)),
                cell(service.wholeCpu() / wholeFloorCpu),
                cell(service.cpu() / floorCpu));
        if (contenders.size() > 1) {
            contenders.forEach(contender -> compare(workload, contenders.get(0), contender));
        }
    }

    private void compare(Workload workload, Contender service, Contender other) {
        Figures figures = other.figures();
        DoubleSummaryStatistics rounds = service.cpuBeside(other);
        comparisons.add(
                workload.name(),
                other.name(),
                String.valueOf(workload.clients()),
                cell(figures.perSecond()),
                cell(figures.median()),
                cell(figures.percentile99()),
                cell(figures.percentile999()),
                cell(figures.wholeCpu()),
                cell(figures.cpu()),
                cell(figures.databaseCpu()),
                cell(service.figures().wholeCpu() / figures.wholeCpu()),
                cell(rounds.getMin()),
                cell(rounds.getMax()));
    }

    private String title() throws IOException, SQLException {
        Options options = stage.options();
        return String.join(
                ", ",
                "Service on " + javaVersion(options.javaHome()),
                "JVM options " + options.jvm(),
                "settings " + options.settings(),
                "twin " + options.twin(),
                options.pictures() + " pictures",
                "database " + stage.databaseVersion(),
                "store at " + stage.store(),
                Runtime.getRuntime().availableProcessors() + " processors");
    }

    private static String javaVersion(Path home) throws IOException {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        return "Java " + release.getProperty("JAVA_VERSION").replace("\"", "");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
