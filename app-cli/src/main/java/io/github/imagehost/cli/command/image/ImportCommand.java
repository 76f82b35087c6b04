package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.JobsOption;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.Bootstrap.OpenBucket;
import io.github.imagehost.cli.session.FolderAlbums;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.JournalFiles;
import io.github.imagehost.cli.session.SourceBucket;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Failure;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.bulk.BulkJournal;
import io.github.imagehost.core.bulk.BulkReport;
import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.bulk.BulkResult.Remark;
import io.github.imagehost.core.bulk.BulkRun;
import io.github.imagehost.core.bulk.BulkTask;
import io.github.imagehost.core.bulk.DirectorySource;
import io.github.imagehost.core.bulk.FileJournal;
import io.github.imagehost.core.bulk.ForecastTask;
import io.github.imagehost.core.bulk.UploadTask;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.source.PictureItem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings in many pictures at once, from elsewhere or from the host's own store. */
@Command(
        name = "import",
        description = {
            "Bring in many pictures at once, with their names and dates.",
            "",
            "SOURCE is a directory, or a bucket as s3://bucket/prefix, which is read with the settings IMPORT_S3_ENDPOINT,"
                    + " IMPORT_S3_REGION, IMPORT_S3_ACCESS_KEY, IMPORT_S3_SECRET_KEY, IMPORT_S3_SESSION_TOKEN and"
                    + " IMPORT_S3_PATH_STYLE, or else with those that begin with S3_; of the host's own bucket, only what"
                    + " --adopt can't take because of its name. With --adopt or --from-database, the pictures are in the store already:"
                    + " no byte is moved, and every link to them goes on working.",
            "",
            "Give the same command again to go on after it was stopped, killed or ended by a store or a database that was"
                    + " away: what is done is not even read again. Pictures with the same bytes are stored once; the"
                    + " first one gives the name and the date."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost import --dry-run /srv/pictures",
            "  imagehost import --albums-from-folders s3://old-bucket/2019/",
            "  imagehost import --adopt",
            "  imagehost import --from-database jdbc:mysql://127.0.0.1:3306/pictures --time-zone Asia/Shanghai"
        })
final class ImportCommand implements Callable<Integer> {

    private static final String HOW_TO_RESUME = "Give the same command again to go on";

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    @Mixin
    private final JobsOption jobs = new JobsOption();

    private final Terminal terminal;
    private final List<Duration> pauses;

    @ArgGroup(multiplicity = "1")
    private Origin origin = new Origin();

    @Option(
            names = "--dry-run",
            description =
                    "Only read, and tell how many pictures would be new, duplicates or refused, and how many bytes would"
                            + " be stored and saved.")
    private boolean dryRun;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where to remember what is done, until all is; a file in DATA_DIR/imports otherwise.")
    private Optional<Path> journalFile = Optional.empty();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "The time zone of the dates in the database, such as Asia/Shanghai or +08:00; UTC otherwise.")
    private Optional<String> timeZone = Optional.empty();

    @Option(
            names = "--albums-from-folders",
            description = "Put pictures in folders into albums of the same name, such as 2019/Italy.")
    private boolean albums;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where the pictures are. */
    static final class Origin {

        @Parameters(paramLabel = "SOURCE", description = "A directory, or a bucket as s3://bucket/prefix.")
        private Optional<String> source = Optional.empty();

        @Option(
                names = "--adopt",
                description = "Make pictures of all objects in our own store that are none yet, where they are.")
        private boolean adopt;

        @Option(
                names = "--from-database",
                paramLabel = "JDBC-URL",
                description =
                        "Take over the table images of the Node.js service that was here before, with its ids; the"
                                + " objects are in our own store. IMPORT_DB_USER and IMPORT_DB_PASSWORD say whom to"
                                + " connect as, unless the URL does.")
        private Optional<String> database = Optional.empty();
    }

    /** @param pauses before each further try when store or database are away */
    ImportCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.terminal = terminal;
        this.pauses = pauses;
    }

    @Override
    public Integer call() {
        ZoneId zone = zone();
        if (albums && origin.source.isEmpty()) {
            throw wrong("--albums-from-folders goes with SOURCE only");
        }
        int number = jobs.number();
        try (HostSession session = options.session()) {
            if (origin.adopt) {
                return adopt(session, session.admin().storedObjects(), "our own store", number);
            }
            if (origin.database.isPresent()) {
                BulkSource<AdoptableItem> table = nodeServiceTable(session, origin.database.get(), zone);
                return adopt(session, table, table.toString(), number);
            }
            String source = origin.source.orElseThrow();
            if (!SourceBucket.isOne(source)) {
                Path directory = directory(source);
                return upload(session, new DirectorySource(directory), directory.toString(), number);
            }
            try (OpenBucket bucket = session.bucket(bucket(source))) {
                return upload(session, bucket.pictures(), source, number);
            }
        }
    }

    private ZoneId zone() {
        if (timeZone.isPresent() && origin.database.isEmpty()) {
            throw wrong("--time-zone goes with --from-database only");
        }
        try {
            return timeZone.map(ZoneId::of).orElse(ZoneId.of("UTC"));
        } catch (DateTimeException e) {
            throw wrong("--time-zone: '" + timeZone.orElse("") + "' is no time zone");
        }
    }

    private BulkSource<AdoptableItem> nodeServiceTable(HostSession session, String url, ZoneId zone) {
        try {
            return session.nodeServiceTable(url, zone);
        } catch (IllegalArgumentException e) {
            throw wrong("--from-database: " + e.getMessage());
        }
    }

    private SourceBucket bucket(String text) {
        return SourceBucket.parse(text)
                .orElseThrow(() -> wrong("SOURCE is '" + text + "', but legal is s3://bucket or s3://bucket/prefix"));
    }

    private Path directory(String text) {
        try {
            Path path = Path.of(text);
            if (Files.isDirectory(path)) {
                return path.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            throw wrong("SOURCE is no path: " + text);
        }
        throw wrong("SOURCE is no directory: " + text);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int upload(HostSession session, BulkSource<? extends PictureItem> source, String name, int number) {
        OwnerId ownerId = owner.in(session);
        BulkTask<PictureItem> uploads = new UploadTask(session.host(), ownerId);
        BulkTask<PictureItem> filed = albums ? new FolderAlbums(session, ownerId).filing(uploads) : uploads;
        BulkTask<PictureItem> task = dryRun ? new ForecastTask(session.host(), ownerId) : filed;
        return run(
                session,
                source,
                purpose(name, ownerId, session),
                journal -> new BulkRun<>(task, journal, number, pauses));
    }

    private int adopt(HostSession session, BulkSource<AdoptableItem> source, String name, int number) {
        OwnerId ownerId = owner.in(session);
        BulkTask<AdoptableItem> task = dryRun
                ? session.admin().adoptionForecast(ownerId)
                : session.admin().adoption(ownerId);
        return run(
                session,
                source,
                purpose(name, ownerId, session),
                journal -> new BulkRun<>(task, journal, number, pauses));
    }

    /** What is done for one owner is not done for another. */
    private static Purpose purpose(String source, OwnerId ownerId, HostSession session) {
        String forWhom = ownerId.equals(OwnerId.DEFAULT) ? "" : " for the owner " + ownerId.value();
        return new Purpose(ownerId, source, "import of " + source + " into " + session.description() + forWhom);
    }

    /**
     * What a journal is about.
     *
     * @param owner who gets the pictures
     * @param source what people recognise it by
     */
    private record Purpose(OwnerId owner, String source, String text) {

        String fileName() {
            return JournalFiles.nameFor(source, text);
        }
    }

    private <I extends BulkItem> int run(
            HostSession session,
            BulkSource<? extends I> source,
            Purpose purpose,
            Function<BulkJournal, BulkRun<I>> runWith) {
        session.endTurn();
        if (dryRun) {
            return run(source, runWith.apply(BulkJournal.NONE), report -> {});
        }
        Path file = journalFile.orElseGet(
                () -> session.dataDirectory().resolve("imports").resolve(purpose.fileName()));
        try (FileJournal journal = FileJournal.open(file, purpose.text())) {
            if (journal.isContinued()) {
                terminal.note("Going on with the import that " + file + " tells of");
            }
            return run(source, runWith.apply(journal), report -> {
                session.note(imported(purpose, report));
                if (report.complete() && report.count(Outcome.FAILED) == 0) {
                    journal.delete();
                }
            });
        }
    }

    private static Act imported(Purpose purpose, BulkReport report) {
        return Act.of(AuditAction.IMAGES_IMPORTED)
                .about(purpose.owner())
                .with(report.count(Outcome.NEW) + " new, " + report.count(Outcome.DUPLICATE) + " duplicates");
    }

    private <I extends BulkItem> int run(
            BulkSource<? extends I> source, BulkRun<I> run, Consumer<BulkReport> whenItEnds) {
        ProblemLog log = new ProblemLog();
        try (LongOperation operation = LongOperation.begin(terminal, "files", options.json())) {
            BulkReport report = run.run(source, log::add, operation);
            whenItEnds.accept(report);
            ExitCode stopped = operation.end(HOW_TO_RESUME);
            print(report, log);
            return exitCode(report).or(stopped).value();
        }
    }

    private void print(BulkReport report, ProblemLog log) {
        if (options.json()) {
            terminal.print(Json.write(ImportResult.of(dryRun, report, log.problems)));
        } else {
            BulkSummary summary = dryRun ? BulkSummary.forecast(report) : BulkSummary.of(report);
            summary.lines().forEach(terminal::print);
        }
        report.failure().ifPresent(failure -> {
            terminal.error(Failure.of(failure).message() + ". " + HOW_TO_RESUME);
            if (options.verbose()) {
                terminal.trace(failure);
            }
        });
    }

    private static ExitCode exitCode(BulkReport report) {
        boolean isEverythingDone = report.count(Outcome.REFUSED) == 0 && report.count(Outcome.FAILED) == 0;
        ExitCode exitCode = isEverythingDone ? ExitCode.OK : ExitCode.NOT_DONE;
        return report.failure()
                .map(failure -> Failure.of(failure).exitCode())
                .orElse(ExitCode.OK)
                .or(exitCode);
    }

    /** What did not go well, file by file. For one thread. */
    private final class ProblemLog {

        private final List<Problem> problems = new ArrayList<>();

        void add(BulkItem item, BulkResult result) {
            if (result.outcome() != Outcome.REFUSED && result.outcome() != Outcome.FAILED) {
                return;
            }
            Problem problem = Problem.of(item, result);
            terminal.error(problem.name() + ": " + problem.message());
            if (options.verbose()) {
                result.cause().ifPresent(terminal::trace);
            }
            if (options.json()) {
                problems.add(problem);
            }
        }
    }

    /** What is printed as JSON. */
    record ImportResult(
            boolean dryRun,
            boolean complete,
            long files,
            long added,
            long duplicates,
            long known,
            long refused,
            long failed,
            long bytesRead,
            long bytesStored,
            long bytesSaved,
            Map<String, Long> remarks,
            List<Problem> problems) {

        static ImportResult of(boolean dryRun, BulkReport report, List<Problem> problems) {
            return new ImportResult(
                    dryRun,
                    report.complete(),
                    report.items(),
                    report.count(Outcome.NEW),
                    report.count(Outcome.DUPLICATE),
                    report.count(Outcome.KNOWN),
                    report.count(Outcome.REFUSED),
                    report.count(Outcome.FAILED),
                    report.bytesRead(),
                    report.bytesStored(),
                    report.bytesSaved(),
                    report.remarks(),
                    problems);
        }
    }

    record Problem(String name, String code, String message) {

        static Problem of(BulkItem item, BulkResult result) {
            Optional<Failure> failure = result.cause().map(Failure::of);
            Optional<Remark> remark = result.remark();
            return new Problem(
                    item.name(),
                    failure.map(Failure::code)
                            .or(() -> remark.map(Remark::code))
                            .orElse("internal_error"),
                    failure.map(Failure::message)
                            .or(() -> remark.map(Remark::message))
                            .orElse("Nobody knows why"));
        }
    }
}
