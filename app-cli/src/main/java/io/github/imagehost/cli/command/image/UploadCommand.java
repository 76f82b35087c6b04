package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.FilingOptions;
import io.github.imagehost.cli.option.JobsOption;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.option.SharingOptions;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.session.PictureUploads;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Failure;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.bulk.BulkJournal;
import io.github.imagehost.core.bulk.BulkReport;
import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.BulkRun;
import io.github.imagehost.core.bulk.BulkTask;
import io.github.imagehost.core.bulk.BulkTask.Prepared;
import io.github.imagehost.core.bulk.TriedFilenames;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads files and prints their links, and nothing else on standard output, so that editors can use it. */
@Command(
        name = "upload",
        description = {
            "Upload pictures and print their links, one a line, in the order of the arguments.",
            "",
            "A picture that is there already is not stored again: you get the link that it has. A file that can't be"
                    + " uploaded gives a line on standard error, and the others are uploaded all the same.",
            "",
            "A picture that is there already keeps who sees it; one that ends some time lasts as long as both uploads want.",
            "",
            "With -r, and for several files on a terminal, standard error also tells how far it is, and in the end how"
                    + " many pictures were new, and how many bytes were saved."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost upload cat.jpg dog.png",
            "  imagehost upload -r holiday",
            "  imagehost upload https://example.com/cat.jpg",
            "  imagehost upload --private --expires 7d draft.png",
            "  imagehost upload --album Holiday --tag beach,2026 *.jpg",
            "  curl -s https://example.com/cat.jpg | imagehost upload - --name cat.jpg"
        })
final class UploadCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final SharingOptions sharing = new SharingOptions();

    @Mixin
    private final FilingOptions filing = new FilingOptions();

    @Mixin
    private final JobsOption jobs = new JobsOption();

    private final Terminal terminal;
    private final List<Duration> pauses;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A picture, a link to one (https://...), which is fetched, a data: URL, - for standard"
                    + " input, or a directory if there is -r.")
    private List<String> paths = List.of();

    @Option(
            names = {"-r", "--recursive"},
            description = "Upload all files in directories and below them, in the order of their names.")
    private boolean recursive;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the picture from standard input; image.png or the like otherwise.")
    private Optional<String> name = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when store, database or service are away */
    UploadCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
        this.pauses = pauses;
    }

    @Override
    public Integer call() {
        checkStandardInput();
        try (PictureHost host = pictures.open(options)) {
            Results results = new Results(host);
            ExitCode exitCode = isWatched() ? runWatched(results) : results.exitCode(run(results, Progress.UNOBSERVED));
            if (options.json()) {
                terminal.print(Json.write(results.document()));
            }
            return exitCode.value();
        }
    }

    private void checkStandardInput() {
        int times = Collections.frequency(paths, UploadSource.STANDARD_INPUT);
        if (times > 1) {
            throw new ParameterException(spec.commandLine(), "Standard input (-) can be read only once");
        }
        if (times == 0 && name.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--name goes with - only: files have their own names");
        }
    }

    /** Whatever takes links from the output may take what is on standard error for some, too. */
    private boolean isWatched() {
        return recursive || terminal.isInteractive();
    }

    private ExitCode runWatched(Results results) {
        try (LongOperation operation = LongOperation.begin(terminal, "files", options.json())) {
            BulkReport report = run(results, operation);
            ExitCode stopped = operation.end("Give the same command again: what is there is not stored twice");
            if (recursive || paths.size() > 1) {
                BulkSummary.of(report).lines().forEach(terminal::note);
            }
            return results.exitCode(report).or(stopped);
        }
    }

    private BulkReport run(Results results, Progress progress) {
        UploadSource source = new UploadSource(paths, recursive, terminal.in(), name.orElse(""));
        PictureUploads uploads = results.host.uploads(filing.wish(sharing.wish()), progress);
        BulkTask<UploadItem> task = (item, tried) -> prepare(item, tried, uploads);
        BulkRun<UploadItem> run = new BulkRun<>(task, BulkJournal.NONE, jobs.number(), pauses);
        BulkReport report = run.run(source, (item, result) -> results.add(item, result, uploads), uploads.progress());
        results.requireHost(report);
        return report;
    }

    /** A host is not opened for files that are not there. */
    private static Prepared prepare(UploadItem item, TriedFilenames tried, PictureUploads uploads) throws IOException {
        if (item.link().isPresent()) {
            return uploads.prepareLinked(item, item.link().get(), tried);
        }
        item.open().close();
        return uploads.prepare(item, tried);
    }

    /** What was uploaded, and what was not. For one thread. */
    private final class Results {

        private final PictureHost host;
        private final List<Success> successful = new ArrayList<>();
        private final List<Refusal> failed = new ArrayList<>();
        private ExitCode exitCode = ExitCode.OK;

        Results(PictureHost host) {
            this.host = host;
        }

        void add(UploadItem item, BulkResult result, PictureUploads uploads) {
            uploads.uploaded(item, result).ifPresent(this::add);
            result.cause().filter(this::isOfFile).ifPresent(cause -> add(item, cause));
        }

        private void add(UploadedImage uploaded) {
            if (options.json()) {
                successful.add(new Success(true, uploaded.duplicate(), uploaded));
            } else {
                terminal.print(uploaded.url());
            }
        }

        private void add(UploadItem item, Exception cause) {
            Failure failure = Failure.of(cause);
            terminal.error(item.name() + ": " + failure.message());
            if (options.verbose()) {
                terminal.trace(cause);
            }
            exitCode = exitCode.or(failure.exitCode());
            if (options.json()) {
                failed.add(new Refusal(false, item.index(), item.originalName(), failure.code(), failure.message()));
            }
        }

        /** If the host itself can't be opened, no file can be uploaded, and it is told once. */
        private boolean isOfFile(Exception cause) {
            return cause instanceof IOException || host.isOpen();
        }

        void requireHost(BulkReport report) {
            report.failure().filter(failure -> !host.isOpen()).ifPresent(failure -> {
                throw failure;
            });
        }

        ExitCode exitCode(BulkReport report) {
            return report.failure()
                    .map(failure -> Failure.of(failure).exitCode())
                    .orElse(ExitCode.OK)
                    .or(exitCode);
        }

        UploadResult document() {
            return new UploadResult(successful, failed, successful.size(), failed.size());
        }
    }

    /** What is printed as JSON: what the service answers when several files are uploaded. */
    record UploadResult(List<Success> successful, List<Refusal> failed, int totalUploaded, int totalFailed) {}

    record Success(boolean success, boolean duplicate, UploadedImage data) {}

    record Refusal(boolean success, int index, String originalName, String code, String message) {}
}
