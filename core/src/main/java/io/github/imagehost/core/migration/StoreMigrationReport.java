package io.github.imagehost.core.migration;

import java.util.List;

/**
 * What a run of {@link StoreMigration} has done and seen.
 *
 * @param stopped whether it was asked to stop before its end
 * @param passes how often it went through all blobs
 * @param objects how many objects there are to be in the target, as the last pass saw them
 * @param copied how many were copied
 * @param copiedBytes how many bytes these have together
 * @param copiedInLastPass how many of them were copied in the last pass; while others store on, this need not come to 0
 * @param deleted how many copies were deleted from the target because they are not needed any more
 * @param knownMissing how many objects were noted as missing before, and are not looked for
 * @param problemCount how many objects could not be copied in the last pass
 * @param problems the first {@value #MOST_PROBLEMS} of them
 * @param stillWritten of a last run: whether images are uploaded or deleted still, or may be
 * @param strangers of a last run: how many objects lie in the target that belong to no blob and were not copied there
 */
public record StoreMigrationReport(
        boolean stopped,
        int passes,
        long objects,
        long copied,
        long copiedBytes,
        long copiedInLastPass,
        long deleted,
        long knownMissing,
        long problemCount,
        List<MigrationProblem> problems,
        boolean stillWritten,
        long strangers) {

    /** How many problems a report names. */
    public static final int MOST_PROBLEMS = 1000;

    public StoreMigrationReport {
        problems = List.copyOf(problems);
    }

    /** Whether the target had every object at the end of the last pass. */
    public boolean complete() {
        return !stopped && problemCount == 0 && copiedInLastPass == 0;
    }

    /** Of a last run: whether the service may be started on the target. */
    public boolean readyToSwitch() {
        return complete() && !stillWritten;
    }
}
