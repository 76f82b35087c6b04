package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/** Looks at the process that is measured, and at the database that it uses. */
final class Meter {

    private final long pid;
    private final DatabaseProbe database;

    /**
     * All that grows, and the memory.
     *
     * @param databaseCpuMillis not a number if the database runs elsewhere
     */
    record Reading(ProcessUsage process, double databaseCpuMillis, double statements) {}

    Meter(long pid, DatabaseProbe database) {
        this.pid = pid;
        this.database = database;
    }

    /** Reads everything, and lets the peak of the memory begin. */
    Reading begin() throws IOException, SQLException {
        ProcessUsage.forgetPeak(pid);
        return read();
    }

    /** By how much everything has grown, and the memory as it is. */
    Reading since(Reading before) throws IOException, SQLException {
        Reading now = read();
        return new Reading(
                new ProcessUsage(
                        now.process().cpuMillis() - before.process().cpuMillis(),
                        now.process().residentMebibytes(),
                        now.process().peakMebibytes()),
                now.databaseCpuMillis() - before.databaseCpuMillis(),
                now.statements() - before.statements());
    }

    private Reading read() throws IOException, SQLException {
        return new Reading(ProcessUsage.of(pid), database.cpuMillis(), database.statements());
    }
}
