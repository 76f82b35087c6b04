package io.github.imagehost.mysql.checkup;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.mysql.schema.SchemaMigration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.flywaydb.core.api.MigrationInfo;

/**
 * What has become of the scripts that make the tables.
 *
 * @param scripts the versioned ones among those that there are or were
 * @param missing the tables that are not there
 */
record SchemaCheck(List<MigrationInfo> scripts, List<String> missing) {

    /** The names of all tables. */
    static final String TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = SCHEMA()";

    /** The columns whose collation, or character set, is not the one that the scripts give them. */
    static final String OTHER_COLLATIONS = "SELECT CONCAT(table_name, '.', column_name, ' (', collation_name, ')')"
            + " FROM information_schema.columns WHERE table_schema = SCHEMA()"
            + " AND table_name IN ('" + String.join("', '", SchemaMigration.TABLES)
            + "') AND collation_name IS NOT NULL"
            + " AND (RIGHT(collation_name, 4) <> '_bin'"
            + " OR (CONCAT(table_name, '.', column_name) IN ('imagehost_image.original_name', 'imagehost_token.name')"
            + " AND character_set_name <> 'utf8mb4'))";

    static SchemaCheck of(List<MigrationInfo> history, List<String> presentTables) {
        return new SchemaCheck(
                history.stream().filter(MigrationInfo::isVersioned).toList(),
                SchemaMigration.TABLES.stream()
                        .filter(table -> !presentTables.contains(table))
                        .toList());
    }

    Answer answer() {
        long applied =
                scripts.stream().filter(script -> script.getState().isApplied()).count();
        Optional<String> failed = first(script -> script.getState().isFailed());
        if (applied == 0 && missing.size() == SchemaMigration.TABLES.size()) {
            return Answer.ok("There are no tables yet; the first start makes them");
        }
        if (applied == 0 || failed.isPresent()) {
            return Outcome.WARNING.answer(
                    failed.map(script -> "The script " + script + " failed in the midst of it")
                                    .orElse("A start was cut off before its script was done")
                            + (missing.isEmpty()
                                    ? ""
                                    : "; tables that are not there yet: " + String.join(", ", missing)),
                    "Start the service, or give any other command: that runs it again, or says why it can't");
        }
        List<String> gone = scripts.stream()
                .filter(script -> script.getState().isApplied())
                .flatMap(script -> SchemaMigration.tablesOf(script).stream())
                .filter(missing::contains)
                .toList();
        if (!gone.isEmpty()) {
            return Outcome.FAILED.answer(
                    "Tables that were made are gone, or this user may not see them: " + String.join(", ", gone),
                    "Give the user rights to them, or restore them from a backup");
        }
        if (!scripts.stream().allMatch(MigrationInfo::isChecksumMatching)) {
            return Outcome.FAILED.answer(
                    "The tables were made by other scripts than this version has",
                    "Use the version that made them, or a newer one; what a version before the first release made has to be"
                            + " made anew, in an empty database");
        }
        return first(script -> !script.getState().isApplied())
                .map(script -> Outcome.WARNING.answer(
                        "The script " + script + " has not run yet",
                        "Start the service, or give any other command: that runs it"))
                .or(() -> first(script -> !script.getState().isResolved())
                        .map(script -> Outcome.WARNING.answer(
                                "A newer version has run the script " + script + ", which this one does not know",
                                "Use the newer version everywhere")))
                .orElseGet(() -> Answer.ok("All tables are there, and all " + applied + " scripts have run"));
    }

    private Optional<String> first(Predicate<MigrationInfo> condition) {
        return scripts.stream()
                .filter(condition)
                .findFirst()
                .map(script -> script.getVersion() + " (" + script.getDescription() + ")");
    }
}
