package io.github.imagehost.core;

import io.github.imagehost.core.dedup.Sweep;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.model.usage.SweepReport;

/** Deletes what nobody needs any more, wherever it lies. Safe for use by many threads. */
final class Housekeeping {

    private final Sweep sweep;
    private final Spool spool;

    Housekeeping(Sweep sweep, Spool spool) {
        this.sweep = sweep;
        this.spool = spool;
    }

    int removeEnded() {
        return sweep.removeEnded();
    }

    SweepReport sweep() {
        SweepReport report;
        try {
            report = sweep.run();
        } catch (RuntimeException e) {
            deleteLeftovers(e);
            throw e;
        }
        spool.deleteLeftovers();
        return report;
    }

    private void deleteLeftovers(RuntimeException earlierFailure) {
        try {
            spool.deleteLeftovers();
        } catch (SpoolException e) {
            earlierFailure.addSuppressed(e);
        }
    }
}
