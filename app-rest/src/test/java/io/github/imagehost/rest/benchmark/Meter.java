package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Looks at the process that is measured, and at the database that it uses, if it does. */
final class Meter {

    private final long pid;
    private final Optional<DatabaseProbe> database;

    /**
     * All that grows, and the memory.
     *
     * @param databaseCpuMillis not a number if the database runs elsewhere
     */
    record Reading(ProcessUsage process, double databaseCpuMillis, double statements) {

        /** Nothing has grown. */
        static final Reading NONE = new Reading(new ProcessUsage(0, 0, 0), 0, 0);

        /** By how much everything has grown in both times; the memory is that of the later one. */
        Reading and(Reading later) {
            return new Reading(
                    new ProcessUsage(
                            process.cpuMillis() + later.process.cpuMillis(),
                            later.process.residentMebibytes(),
                            Math.max(process.peakMebibytes(), later.process.peakMebibytes())),
                    databaseCpuMillis + later.databaseCpuMillis,
                    statements + later.statements);
        }
    }

    /** Of a process that uses this database. */
    Meter(long pid, DatabaseProbe database) {
        this(pid, Optional.of(database));
    }

    private Meter(long pid, Optional<DatabaseProbe> database) {
        this.pid = pid;
        this.database = database;
    }

    /** Of a process that uses no database. */
    static Meter withoutDatabase(long pid) {
        return new Meter(pid, Optional.empty());
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
        ProcessUsage process = ProcessUsage.of(pid);
        return database.isPresent()
                ? new Reading(
                        process, database.get().cpuMillis(), database.get().statements())
                : new Reading(process, 0, 0);
    }
}
