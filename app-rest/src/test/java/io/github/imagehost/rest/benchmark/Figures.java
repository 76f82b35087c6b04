package io.github.imagehost.rest.benchmark;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What was measured. All of it is not a number where it is not known.
 *
 * @param warmUp how many requests were made before
 * @param perSecond how many requests were answered
 * @param median and the 99th and 99.9th percentile, of a request's time in milliseconds
 * @param cpu of the process, in milliseconds for each request
 * @param databaseCpu the same of the database
 * @param statements how many the database got for each request
 * @param kibibytesSent by the client in each request
 * @param resident memory of the process in MiB afterwards, and the peak meanwhile
 */
record Figures(
        double warmUp,
        double perSecond,
        double median,
        double percentile99,
        double percentile999,
        double cpu,
        double databaseCpu,
        double statements,
        double kibibytesSent,
        double resident,
        double peak) {

    private static final double BYTES_OF_A_KIBIBYTE = 1024;
    private static final String SEPARATOR = " ";

    static Figures of(int warmUp, Requests requests, Meter.Reading grown) {
        int count = requests.count();
        return new Figures(
                warmUp,
                requests.perSecond(),
                requests.percentileMillis(0.5),
                requests.percentileMillis(0.99),
                requests.percentileMillis(0.999),
                grown.process().cpuMillis() / count,
                grown.databaseCpuMillis() / count,
                grown.statements() / count,
                requests.bytesSent() / BYTES_OF_A_KIBIBYTE / count,
                grown.process().residentMebibytes(),
                grown.process().peakMebibytes());
    }

    /** What {@link #toLine} wrote, perhaps in another process. */
    static Figures parse(String line) {
        double[] values = Arrays.stream(line.split(SEPARATOR, -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Figures(
                values[0],
                values[1],
                values[2],
                values[3],
                values[4],
                values[5],
                values[6],
                values[7],
                values[8],
                values[9],
                values[10]);
    }

    /** Of process and database together, in milliseconds for each request. */
    double wholeCpu() {
        return cpu + databaseCpu;
    }

    String toLine() {
        return DoubleStream.of(
                        warmUp,
                        perSecond,
                        median,
                        percentile99,
                        percentile999,
                        cpu,
                        databaseCpu,
                        statements,
                        kibibytesSent,
                        resident,
                        peak)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(SEPARATOR));
    }
}
