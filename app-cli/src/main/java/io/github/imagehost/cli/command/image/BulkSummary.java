package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.core.bulk.BulkReport;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of many files, in the words of a command.
 *
 * @param report the figures
 * @param wasDone false if it is a forecast
 */
record BulkSummary(BulkReport report, boolean wasDone) {

    static BulkSummary of(BulkReport report) {
        return new BulkSummary(report, true);
    }

    static BulkSummary forecast(BulkReport report) {
        return new BulkSummary(report, false);
    }

    /** A line for each kind of outcome that there can be; why files were refused stands below. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Files: " + report.items() + ", " + Amounts.bytes(report.bytesRead()));
        lines.add("New: " + report.count(Outcome.NEW) + ", " + Amounts.bytes(report.bytesStored())
                + (wasDone ? " stored" : " to store"));
        lines.add("Duplicates: " + report.count(Outcome.DUPLICATE) + ", " + Amounts.bytes(report.bytesSaved())
                + (wasDone ? " saved" : " to save"));
        lines.add("Refused: " + report.count(Outcome.REFUSED));
        report.remarks().forEach((code, count) -> lines.add("  " + code + ": " + count));
        if (report.count(Outcome.FAILED) > 0) {
            lines.add("Failed: " + report.count(Outcome.FAILED));
        }
        return lines;
    }
}
