package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What Linux tells of a process.
 *
 * @param cpuMillis of all its threads and children, ended ones too
 * @param residentMebibytes memory that it has now
 * @param peakMebibytes the most it had since {@link #forgetPeak}
 */
record ProcessUsage(double cpuMillis, double residentMebibytes, double peakMebibytes) {

    private static final double MILLIS_OF_A_TICK = 10;
    private static final double KIBIBYTES_OF_A_MEBIBYTE = 1024;
    // counted from the third field, since the second one may have blanks
    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;
    private static final String FORGET_PEAK = "5";

    /** @throws IOException if there is no such process */
    static ProcessUsage of(long pid) throws IOException {
        double cpu = cpuMillis(pid);
        for (long child : descendants(pid)) {
            cpu += cpuMillis(child);
        }
        List<String> status = Files.readAllLines(directory(pid).resolve("status"));
        return new ProcessUsage(cpu, mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
    }

    /** Lets the peak begin with what the process has now. */
    static void forgetPeak(long pid) throws IOException {
        Files.writeString(directory(pid).resolve("clear_refs"), FORGET_PEAK);
    }

    private static long[] descendants(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid)
                .toArray();
    }

    private static double cpuMillis(long pid) throws IOException {
        String stat = Files.readString(directory(pid).resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return MILLIS_OF_A_TICK
                * LongStream.range(FIRST_TIME, FIRST_TIME + TIMES)
                        .map(field -> Long.parseLong(fields[(int) field]))
                        .sum();
    }

    private static double mebibytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_OF_A_MEBIBYTE)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Path directory(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }
}
