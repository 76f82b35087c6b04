package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.Bootstrap;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds out whether everything works that an image host needs. */
@Command(
        name = "doctor",
        description = {
            "Check the settings, the database, the store and the disk, and say what to set or do.",
            "",
            "Changes nothing, also while the service runs: a few small objects are put into the store and deleted again."
                    + " What one failure makes impossible to check is named; the rest is checked all the same. Takes"
                    + " seconds if all is well, and minutes at the most. No secret is printed.",
            "",
            "Warnings do not count for the exit code. It is 3 if all that failed are settings, 4 if all that failed is that"
                    + " something does not answer, and 1 otherwise."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost doctor", "  imagehost doctor --json --env-file production.env"})
final class DoctorCommand implements Callable<Integer> {

    private static final String CONTROL_CHARACTERS = "\\p{Cntrl}";

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    DoctorCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        for (Checkup checkup : Bootstrap.checkups(options.settingsOfHost())) {
            List<Finding> found = checkup.run();
            findings.addAll(found);
            if (!options.json()) {
                print(found);
            }
            if (options.verbose()) {
                found.forEach(finding -> finding.cause().ifPresent(cause -> cause.printStackTrace(terminal.err())));
            }
        }
        Map<String, Long> summary = summary(findings);
        terminal.print(
                options.json()
                        ? Json.write(new Document(
                                summary, findings.stream().map(Entry::of).toList()))
                        : "Failed: %d, warnings: %d, ok: %d, not checked: %d"
                                .formatted(summary.values().toArray()));
        return exitCode(findings).value();
    }

    private static Map<String, Long> summary(List<Finding> findings) {
        Map<String, Long> summary = new LinkedHashMap<>();
        summary.put("failures", count(findings, Outcome::isFailure));
        summary.put("warnings", count(findings, Outcome.WARNING::equals));
        summary.put("ok", count(findings, Outcome.OK::equals));
        summary.put("notChecked", count(findings, Outcome.NOT_CHECKED::equals));
        return summary;
    }

    private static long count(List<Finding> findings, Predicate<Outcome> outcomes) {
        return findings.stream().map(Finding::outcome).filter(outcomes).count();
    }

    private static ExitCode exitCode(List<Finding> findings) {
        Set<Outcome> failures = findings.stream()
                .map(Finding::outcome)
                .filter(Outcome::isFailure)
                .collect(Collectors.toSet());
        if (failures.isEmpty()) {
            return ExitCode.OK;
        }
        if (failures.equals(Set.of(Outcome.SETTING_WRONG))) {
            return ExitCode.SETTINGS;
        }
        return failures.equals(Set.of(Outcome.UNREACHABLE)) ? ExitCode.UNAVAILABLE : ExitCode.NOT_DONE;
    }

    private void print(List<Finding> findings) {
        terminal.print(title(findings.get(0).area()));
        TextTable table = new TextTable();
        List<String> advice = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.outcome() != Outcome.NOT_CHECKED) {
                table.add(List.of("  " + mark(finding.outcome()), finding.check(), finding.seen()));
                advice.add(finding.advice().orElse(""));
            }
        }
        notChecked(findings).forEach((reason, checks) -> {
            table.add(List.of(
                    "  " + mark(Outcome.NOT_CHECKED), "not checked", String.join(", ", checks) + ": " + reason));
            advice.add("");
        });
        List<String> lines = table.lines();
        for (int row = 0; row < lines.size(); row++) {
            terminal.print(printable(lines.get(row)));
            if (!advice.get(row).isEmpty()) {
                terminal.print(printable("        -> " + advice.get(row)));
            }
        }
        terminal.print("");
    }

    /** What could not be checked, by the reason. */
    private static Map<String, List<String>> notChecked(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() == Outcome.NOT_CHECKED)
                .collect(Collectors.groupingBy(
                        Finding::seen, LinkedHashMap::new, Collectors.mapping(Finding::check, Collectors.toList())));
    }

    private static String title(Area area) {
        return area.name().charAt(0) + lowerCase(area).substring(1);
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case OK -> "ok";
            case WARNING -> "warn";
            case SETTING_WRONG, UNREACHABLE, FAILED -> "FAIL";
            case NOT_CHECKED -> "-";
        };
    }

    /** Some of it comes from servers, which might steer the terminal. */
    private static String printable(String line) {
        return line.replaceAll(CONTROL_CHARACTERS, "?");
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private record Document(Map<String, Long> summary, List<Entry> findings) {}

    private record Entry(
            String area,
            String check,
            String outcome,
            String seen,
            @Nullable String advice) {

        static Entry of(Finding finding) {
            return new Entry(
                    lowerCase(finding.area()),
                    finding.check(),
                    lowerCase(finding.outcome()),
                    finding.seen(),
                    finding.advice().orElse(null));
        }
    }
}
