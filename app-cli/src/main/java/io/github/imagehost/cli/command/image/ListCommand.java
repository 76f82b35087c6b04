package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.converter.SortDirectionConverter;
import io.github.imagehost.cli.converter.SortFieldConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.FilterOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.view.Pagination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists images, a page at a time. */
@Command(
        name = "list",
        description = "List pictures, newest first.",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost list --search holiday --limit 50",
            "  imagehost list --sort file_size --order desc",
            "  imagehost list --type gif --min-size 5MB --since 2026-01-01",
            "  imagehost list --album Holiday --tag beach",
            "  imagehost list --json"
        })
final class ListCommand implements Callable<Integer> {

    private static final List<String> HEADINGS = List.of("ID", "UPLOADED", "BYTES", "PIXELS", "LINK", "NAME");

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Option(names = "--page", paramLabel = "N", description = "Which page, from 1.")
    private Optional<Long> page = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many pictures a page has, 1 to " + ImageQuery.MAX_LIMIT + "; 20 otherwise.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            converter = SortFieldConverter.class,
            completionCandidates = SortFieldConverter.class,
            description = "What to sort by: ${COMPLETION-CANDIDATES}; upload_time otherwise.")
    private Optional<SortField> sort = Optional.empty();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = SortDirectionConverter.class,
            description = "asc or desc; desc otherwise.")
    private Optional<SortDirection> order = Optional.empty();

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Continue where another page ended; quick however far down the list that is.")
    private Optional<String> cursor = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    ListCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (PictureHost host = pictures.open(options)) {
            ImageList list = host.list(narrowed(host));
            if (options.json()) {
                terminal.print(Json.write(list));
            } else {
                print(list.images(), list.pagination());
            }
        }
        return ExitCode.OK.value();
    }

    private ImageQuery narrowed(PictureHost host) {
        try {
            ImageQuery query = host.query()
                    .sortedBy(sort.orElse(SortField.UPLOAD_TIME), order.orElse(SortDirection.DESCENDING))
                    .page(page.orElse(1L))
                    .filter(filters.filter(host));
            ImageQuery limited = limit.map(query::limit).orElse(query);
            return cursor.map(ImageCursor::decode)
                    .map(decoded -> continued(limited, decoded))
                    .orElse(limited);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ImageQuery continued(ImageQuery query, ImageCursor decoded) {
        boolean contradicts = page.isPresent()
                || (sort.isPresent() && decoded.field() != query.field())
                || (order.isPresent() && decoded.direction() != query.direction());
        if (contradicts) {
            throw new IllegalArgumentException(
                    "--cursor has its own page and order, so leave out --page, --sort and --order");
        }
        return query.from(decoded);
    }

    private void print(List<ImageDetails> images, Pagination pagination) {
        if (!images.isEmpty()) {
            TextTable table = new TextTable();
            table.add(HEADINGS);
            for (ImageDetails image : images) {
                table.add(List.of(
                        String.valueOf(image.id()),
                        image.uploadTime(),
                        String.valueOf(image.fileSize()),
                        image.pixels(),
                        image.url(),
                        image.originalName()));
            }
            table.lines().forEach(terminal::print);
            terminal.print("");
        }
        terminal.print("Page " + pagination.currentPage() + " of " + Math.max(1, pagination.totalPages()) + ", "
                + (pagination.totalIsEstimate() ? "about " : "") + pagination.totalItems() + " in all");
        pagination.nextCursor().ifPresent(next -> terminal.print("Next page: --cursor " + next));
    }
}
