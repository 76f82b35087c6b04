package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.FilterOptions;
import io.github.imagehost.cli.option.ImageReference;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.work.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes images. */
@Command(
        name = "delete",
        description = {
            "Delete pictures. Their links stop to work at once.",
            "",
            "Name them by their ids, or choose them by the options; --dry-run shows first which ones that are. An id that"
                    + " no picture has gives a line on standard error, and the others are deleted all the same."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost delete 12 13",
            "  imagehost delete --type gif --before 2025-01-01 --dry-run"
        })
final class DeleteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The id of a picture, as list and show tell it.")
    private List<String> ids = List.of();

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Option(names = "--dry-run", description = "Only show what would be deleted.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    DeleteCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Set<Long> named = distinctIds();
        checkFilters();
        if (named.isEmpty() == filters.areAbsent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Which pictures? Give either their ids or options that choose them, such as --type or --before");
        }
        try (PictureHost host = pictures.open(options)) {
            ImageFilter filter = filters.filter(host);
            if (dryRun) {
                return show(named.isEmpty() ? new Selection(chosen(filter, host), List.of()) : named(named, host));
            }
            List<Long> wanted = named.isEmpty() ? idsOf(chosen(filter, host)) : List.copyOf(named);
            return delete(wanted, host);
        }
    }

    private Integer show(Selection selection) {
        long bytes =
                selection.images().stream().mapToLong(ImageDetails::fileSize).sum();
        if (options.json()) {
            terminal.print(Json.write(new Forecast(idsOf(selection.images()), bytes, selection.notFound())));
        } else {
            selection
                    .images()
                    .forEach(image -> terminal.print("Would delete image " + image.id() + " " + image.originalName()));
            terminal.print("Would delete " + selection.images().size() + " in all, " + Amounts.bytes(bytes));
        }
        return outcome(selection.notFound()).value();
    }

    private Integer delete(List<Long> ids, PictureHost host) {
        Set<Long> deleted = new HashSet<>();
        List<Long> notFound = new ArrayList<>();
        ExitCode exitCode;
        try (LongOperation operation = LongOperation.begin(terminal, "pictures", options.json())) {
            operation.expect(ids.size(), Progress.UNKNOWN);
            for (int from = 0; from < ids.size() && !operation.isStopRequested(); from += PictureHost.MAX_DELETED) {
                List<Long> batch = ids.subList(from, Math.min(from + PictureHost.MAX_DELETED, ids.size()));
                Deletion deletion = host.delete(batch);
                deleted.addAll(deletion.deleted());
                batch.stream().filter(deletion.notFound()::contains).forEach(notFound::add);
                operation.advance(batch.size(), 0);
            }
            exitCode = operation.end("Give the same command again to delete the rest");
        }
        if (options.json()) {
            terminal.print(Json.write(new DeletionResult(deleted.size(), notFound)));
        } else {
            ids.stream().filter(deleted::contains).forEach(id -> terminal.print("Deleted image " + id));
        }
        return exitCode.or(outcome(notFound)).value();
    }

    private ExitCode outcome(List<Long> notFound) {
        notFound.forEach(id -> terminal.error("There is no image " + id));
        return notFound.isEmpty() ? ExitCode.OK : ExitCode.NOT_DONE;
    }

    private static Selection named(Set<Long> ids, PictureHost host) {
        List<ImageDetails> images = new ArrayList<>();
        List<Long> notFound = new ArrayList<>();
        for (long id : ids) {
            // a former id, of an image that was folded into another one, names nothing that could be deleted by itself
            host.find(id).filter(image -> image.id() == id).ifPresentOrElse(images::add, () -> notFound.add(id));
        }
        return new Selection(images, notFound);
    }

    /** All of them before the first one is deleted, so that pictures that come meanwhile stay. */
    private static List<ImageDetails> chosen(ImageFilter filter, PictureHost host) {
        List<ImageDetails> images = new ArrayList<>();
        ImageQuery query = host.query()
                .filter(filter)
                .sortedBy(SortField.ID, SortDirection.ASCENDING)
                .limit(ImageQuery.MAX_LIMIT);
        for (Optional<ImageQuery> next = Optional.of(query); next.isPresent(); ) {
            ImageList page = host.list(next.get());
            images.addAll(page.images());
            next = page.pagination().nextCursor().map(ImageCursor::decode).map(query::from);
        }
        return images;
    }

    private static List<Long> idsOf(List<ImageDetails> images) {
        return images.stream().map(ImageDetails::id).toList();
    }

    private void checkFilters() {
        try {
            filters.check();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Read here and not by picocli, which would call a text that is no id an argument too many. */
    private Set<Long> distinctIds() {
        try {
            return ids.stream().map(ImageReference::idIn).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What the command line names. */
    private record Selection(List<ImageDetails> images, List<Long> notFound) {}

    /** What is printed as JSON if nothing is deleted. */
    record Forecast(List<Long> wouldDelete, long bytes, List<Long> notFound) {}

    /** What is printed as JSON: what the service answers. */
    record DeletionResult(int deletedCount, List<Long> notFound) {}
}
