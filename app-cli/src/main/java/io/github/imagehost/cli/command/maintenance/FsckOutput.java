package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.fsck.StoreCheckReport;
import io.github.imagehost.core.fsck.StoreFinding;
import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a check of the store is printed: each finding at once, since there may be more of them than fit into memory. For
 * one thread.
 */
interface FsckOutput {

    void finding(StoreFinding finding);

    /** The end of it. */
    void report(StoreCheckReport report);

    /** For people. */
    final class Text implements FsckOutput {

        private final Terminal terminal;

        Text(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void finding(StoreFinding finding) {
            // whoever puts objects into a bucket chooses their names
            String name = finding.name().replaceAll("\\p{Cntrl}", "?");
            String repaired = finding.repair() == Repair.DONE ? "; repaired" : "";
            String copy = finding.movedTo().map(key -> "; a copy is at " + key).orElse("");
            terminal.print(word(finding.kind(), ' ') + ": " + name + ": " + finding.detail() + repaired + copy);
        }

        @Override
        public void report(StoreCheckReport report) {
            terminal.print("Objects: " + amount(report.objects(), report.bytes()));
            terminal.print("Read and compared: " + amount(report.objectsRead(), report.bytesRead()));
            terminal.print("Blobs: " + report.blobs());
            report.found().forEach((kind, count) -> {
                if (count > 0) {
                    terminal.print(heading(kind) + ": " + count);
                }
            });
            printUnlessZero("Repaired", report.repaired());
            printUnlessZero("Not repaired", report.notRepaired());
            printUnlessZero("Being stored", report.beingStored());
            printUnlessZero("To be deleted by the sweep", report.toBeDeleted());
            printUnlessZero("In quarantine", report.quarantined());
            printUnlessZero("Without a blob, but too young to tell", report.tooYoung());
            printUnlessZero("Changed while they were looked at", report.changedMeanwhile());
            if (report.finished()) {
                terminal.print(report.isClean() ? "No damage was found." : "Damage was found.");
            }
        }

        private static String heading(Kind kind) {
            String words = word(kind, ' ');
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }

        private static String amount(long count, long bytes) {
            return count + " (" + Amounts.bytes(bytes) + ")";
        }

        private void printUnlessZero(String what, long count) {
            if (count > 0) {
                terminal.print(what + ": " + count);
            }
        }
    }

    /** For programs: one document, as one line. */
    final class Document implements FsckOutput {

        private final Terminal terminal;
        private String before = "{\"findings\":[";

        Document(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void finding(StoreFinding finding) {
            terminal.out()
                    .print(before
                            + Json.write(new Finding(
                                    word(finding.kind(), '_'),
                                    finding.name(),
                                    finding.detail(),
                                    finding.repair().name().toLowerCase(Locale.ROOT),
                                    finding.movedTo().map(Object::toString).orElse(null))));
            before = ",";
        }

        @Override
        public void report(StoreCheckReport report) {
            Map<String, Long> found = new LinkedHashMap<>();
            report.found().forEach((kind, count) -> found.put(word(kind, '_'), count));
            String rest = Json.write(new Report(
                    report.isClean(),
                    report.finished(),
                    report.checkedTo().map(Object::toString).orElse(null),
                    report.objects(),
                    report.bytes(),
                    report.objectsRead(),
                    report.bytesRead(),
                    report.blobs(),
                    found,
                    report.repaired(),
                    report.notRepaired(),
                    report.beingStored(),
                    report.toBeDeleted(),
                    report.quarantined(),
                    report.tooYoung(),
                    report.changedMeanwhile()));
            String opening = before.equals(",") ? "" : before;
            // the rest goes on where the findings end
            terminal.print(opening + "]," + rest.substring(1));
        }
    }

    private static String word(Kind kind, char separator) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', separator);
    }

    /** An element of {@code findings}. */
    record Finding(
            String kind,
            String name,
            String detail,
            String repair,
            @Nullable String movedTo) {}

    /** What follows the findings. */
    record Report(
            boolean clean,
            boolean finished,
            @Nullable String checkedTo,
            long objects,
            long bytes,
            long objectsRead,
            long bytesRead,
            long blobs,
            Map<String, Long> found,
            long repaired,
            long notRepaired,
            long beingStored,
            long toBeDeleted,
            long quarantined,
            long tooYoung,
            long changedMeanwhile) {}
}
