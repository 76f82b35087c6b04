package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.Allowance;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.QuotaDetails;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Counts what there is. */
@Command(
        name = "stats",
        description = {
            "Tell how many pictures there are, how much they take, and what storing each of them once saves.",
            "",
            "Counts everything, which takes a while where there is much; of one owner, as with --owner or --server, only"
                    + " how many pictures that has, and may have."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost stats", "  imagehost stats --largest 20 --json"})
final class StatsCommand implements Callable<Integer> {

    private static final int BAR_WIDTH = 40;
    private static final String BAR = "#";
    private static final int DEFAULT_LARGEST = 5;

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    @Option(
            names = "--largest",
            paramLabel = "N",
            description = "How many of the largest pictures to show, 0 to " + ImageQuery.MAX_LIMIT + "; "
                    + DEFAULT_LARGEST + " otherwise.")
    private Integer largest = DEFAULT_LARGEST;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    StatsCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (largest < 0 || largest > ImageQuery.MAX_LIMIT) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--largest is a whole number from 0 to " + ImageQuery.MAX_LIMIT + ", not " + largest);
        }
        if (pictures.isAboutOneOwner(options)) {
            printOfOneOwner();
        } else {
            printOfAll();
        }
        return ExitCode.OK.value();
    }

    private void printOfOneOwner() {
        try (PictureHost host = pictures.open(options)) {
            Allowance allowance = host.allowance();
            List<ImageDetails> images = largest == 0
                    ? List.of()
                    : host.list(largestFirst(host.query())).images();
            if (options.json()) {
                terminal.print(Json.write(new OwnerResult(allowance.usage(), allowance.quota(), images)));
                return;
            }
            TextTable table = new TextTable();
            table.add(List.of("Pictures", allowance.images()));
            table.add(List.of("Size", allowance.size()));
            table.lines().forEach(terminal::print);
            printLargest(images);
        }
    }

    private void printOfAll() {
        try (HostSession session = options.session()) {
            Statistics statistics = session.admin().statistics();
            List<ImageDetails> images = largest == 0 ? List.of() : largest(session);
            if (options.json()) {
                terminal.print(Json.write(StatsResult.of(statistics, images)));
            } else {
                print(statistics, images);
            }
        }
    }

    private List<ImageDetails> largest(HostSession session) {
        return session.owners().list().stream()
                .flatMap(owner -> session.host().list(largestFirst(ImageQuery.of(owner.id()))).images().stream())
                .sorted(Comparator.comparingLong(
                                (Image image) -> image.content().size())
                        .thenComparingLong(Image::id)
                        .reversed())
                .limit(largest)
                .map(image -> ImageDetails.of(image, session.links()))
                .toList();
    }

    private ImageQuery largestFirst(ImageQuery all) {
        return all.sortedBy(SortField.FILE_SIZE, SortDirection.DESCENDING).limit(largest);
    }

    private void print(Statistics statistics, List<ImageDetails> images) {
        long saved = statistics.imageBytes() - statistics.blobBytes();
        TextTable totals = new TextTable();
        totals.add(List.of("Pictures", amount(statistics.images(), statistics.imageBytes())));
        totals.add(List.of("Different contents", amount(statistics.blobs(), statistics.blobBytes())));
        totals.add(List.of("Saved", Amounts.bytes(saved) + ", " + ratio(statistics) + " to 1"));
        totals.add(List.of("In the store", Amounts.bytes(statistics.storedBytes())));
        totals.add(List.of("Thumbnails and copies", amount(statistics.derived(), statistics.derivedBytes())));
        totals.add(List.of("Missing in the store", String.valueOf(statistics.missing())));
        totals.add(List.of("Uploads under way", String.valueOf(statistics.unfinished())));
        totals.add(List.of("Waiting to be deleted", String.valueOf(statistics.condemned())));
        totals.lines().forEach(terminal::print);
        printBars("By type", statistics.types());
        printBars("By month", statistics.months());
        printLargest(images);
    }

    private void printLargest(List<ImageDetails> images) {
        if (images.isEmpty()) {
            return;
        }
        terminal.print("");
        terminal.print("Largest");
        TextTable table = new TextTable();
        for (ImageDetails image : images) {
            table.add(List.of(
                    "  " + Amounts.bytes(image.fileSize()),
                    String.valueOf(image.id()),
                    image.url(),
                    image.originalName()));
        }
        table.lines().forEach(terminal::print);
    }

    private void printBars(String heading, List<Share> shares) {
        if (shares.isEmpty()) {
            return;
        }
        terminal.print("");
        terminal.print(heading);
        long most = shares.stream().mapToLong(Share::bytes).max().orElse(1);
        TextTable table = new TextTable();
        for (Share share : shares) {
            int length = (int) Math.max(1, BAR_WIDTH * share.bytes() / Math.max(1, most));
            table.add(List.of(
                    "  " + share.name(),
                    String.valueOf(share.images()),
                    Amounts.bytes(share.bytes()),
                    BAR.repeat(length)));
        }
        table.lines().forEach(terminal::print);
    }

    private static String amount(long number, long bytes) {
        return number + ", " + Amounts.bytes(bytes);
    }

    private static String ratio(Statistics statistics) {
        return Amounts.rate(
                statistics.blobBytes() == 0 ? 1 : (double) statistics.imageBytes() / statistics.blobBytes());
    }

    /**
     * What is printed as JSON.
     *
     * @param savedBytes what the pictures would take more if each of them were stored for itself
     */
    record StatsResult(Statistics statistics, long savedBytes, List<ImageDetails> largest) {

        static StatsResult of(Statistics statistics, List<ImageDetails> largest) {
            return new StatsResult(statistics, statistics.imageBytes() - statistics.blobBytes(), largest);
        }
    }

    /** What is printed as JSON of one owner. */
    record OwnerResult(Usage usage, QuotaDetails quota, List<ImageDetails> largest) {}
}
