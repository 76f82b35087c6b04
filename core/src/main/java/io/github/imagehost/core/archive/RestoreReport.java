package io.github.imagehost.core.archive;

import java.util.List;

/**
 * What {@link ImageRestore} has done. An image and a further name of one count alike.
 *
 * @param stopped whether it was asked to stop before its end
 * @param total how many there are in the file
 * @param restored how many were restored; of a dry run: could be
 * @param known how many were there already
 * @param provedBytes how many bytes were read to prove them
 * @param problemCount how many could not be restored
 * @param problems the first {@value #MOST_PROBLEMS} of them
 * @param newOwners what the owners are called that were added; of a dry run: that would be
 * @param newAdministrators which of them are administrators
 * @param aboveQuota what the owners of the images are called that have more than their quotas allow now; of a dry run:
 *     nobody
 * @param albums how many albums are there, new or known; of a dry run: 0
 * @param refusedAlbums what those are called that could not be restored, since their owners have others of these names,
 *     or as many as they may have
 */
public record RestoreReport(
        boolean stopped,
        long total,
        long restored,
        long known,
        long provedBytes,
        long problemCount,
        List<RestoreProblem> problems,
        List<String> newOwners,
        List<String> newAdministrators,
        List<String> aboveQuota,
        long albums,
        List<String> refusedAlbums) {

    /** How many problems a report names. */
    public static final int MOST_PROBLEMS = 1000;

    public RestoreReport {
        problems = List.copyOf(problems);
        newOwners = List.copyOf(newOwners);
        newAdministrators = List.copyOf(newAdministrators);
        aboveQuota = List.copyOf(aboveQuota);
        refusedAlbums = List.copyOf(refusedAlbums);
    }

    /** Whether everything in the file is there. */
    public boolean complete() {
        return !stopped && problemCount == 0 && refusedAlbums.isEmpty();
    }
}
