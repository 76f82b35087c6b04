package io.github.imagehost.cli;

import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.view.UploadedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

/** Uploads files and prints their links, and nothing else, so that editors can use it. */
@Command(
        name = "upload",
        description = {
            "Upload pictures and print their links, one a line, in the order of the arguments.",
            "",
            "A picture that is there already is not stored again: you get the link that it has. A file that can't be"
                    + " uploaded gives a line on standard error, and the others are uploaded all the same."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost upload cat.jpg dog.png",
            "  curl -s https://example.com/cat.jpg | imagehost upload - --name cat.jpg"
        })
final class UploadCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    /** Stands for what could not be decoded. */
    private static final char REPLACEMENT = '\ufffd';

    private static final String FOREIGN_TO_LOCALE = "its name does not fit the locale; set LC_ALL=C.UTF-8";

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "A picture, or - for standard input.")
    private List<String> paths = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the picture from standard input; image.png or the like otherwise.")
    private Optional<String> name = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UploadCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkStandardInput();
        List<Success> successful = new ArrayList<>();
        List<Refusal> failed = new ArrayList<>();
        ExitCode exitCode = ExitCode.OK;
        try (HostSession session = options.session()) {
            for (int index = 0; index < paths.size(); index++) {
                String path = paths.get(index);
                try {
                    successful.add(upload(path, session));
                } catch (IOException | RuntimeException e) {
                    Failure failure = failureOfFile(e, session);
                    terminal.error(path + ": " + failure.message());
                    if (options.verbose()) {
                        terminal.trace(e);
                    }
                    failed.add(new Refusal(false, index, originalName(path), failure.code(), failure.message()));
                    exitCode = exitCode.or(failure.exitCode());
                }
            }
        }
        if (options.json()) {
            terminal.print(Json.write(new Result(successful, failed, successful.size(), failed.size())));
        }
        return exitCode.value();
    }

    private void checkStandardInput() {
        int times = Collections.frequency(paths, STANDARD_INPUT);
        if (times > 1) {
            throw new ParameterException(spec.commandLine(), "Standard input (-) can be read only once");
        }
        if (times == 0 && name.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--name goes with - only: files have their own names");
        }
    }

    private Success upload(String path, HostSession session) throws IOException {
        Upload upload;
        if (path.equals(STANDARD_INPUT)) {
            upload = session.host().upload(originalName(path), terminal.in());
        } else {
            try (InputStream source = open(path)) {
                upload = session.host().upload(originalName(path), source);
            }
        }
        UploadedImage uploaded = UploadedImage.of(upload, session.links());
        if (!options.json()) {
            terminal.print(uploaded.url());
        }
        return new Success(true, uploaded.duplicate(), uploaded);
    }

    /** Any text: the host makes a name of it. */
    private String originalName(String path) {
        return path.equals(STANDARD_INPUT) ? name.orElse("") : path;
    }

    private static InputStream open(String text) throws IOException {
        Path path = path(text);
        if (Files.isDirectory(path)) {
            throw new FileSystemException(text, null, "it is a directory");
        }
        if (text.indexOf(REPLACEMENT) >= 0 && Files.notExists(path)) {
            throw new IOException(FOREIGN_TO_LOCALE);
        }
        return Files.newInputStream(path);
    }

    private static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IOException(FOREIGN_TO_LOCALE, e);
        }
    }

    /** If the host itself can't be opened, no file can be uploaded, and it is told once. */
    private static Failure failureOfFile(Exception exception, HostSession session) {
        if (exception instanceof RuntimeException failure && !session.isOpen()) {
            throw failure;
        }
        return Failure.of(exception);
    }

    /** What is printed as JSON: what the service answers when several files are uploaded. */
    record Result(List<Success> successful, List<Refusal> failed, int totalUploaded, int totalFailed) {}

    record Success(boolean success, boolean duplicate, UploadedImage data) {}

    record Refusal(boolean success, int index, String originalName, String code, String message) {}
}
