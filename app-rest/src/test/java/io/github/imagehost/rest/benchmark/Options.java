package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured, and how. Each one is given as {@code name=value}.
 *
 * @param workloads their names or those of their groups
 * @param rows how many images there are at first; everything is measured with each number, the smallest first
 * @param javaHome the JDK of the service and the floors
 * @param jvm options of the service's JVM
 * @param floorJvm options of the floors' JVMs
 * @param store where service, twin and neighbour keep the bytes
 * @param settings of the service, beyond those that it needs here
 * @param twin settings that the service's twin has beyond those; without any there is no twin
 * @param neighbour the command that starts another service, which is measured beside ours
 * @param nginx the command that starts an nginx, which is measured beside ours; none if it has no words
 * @param rounds how often each of those is measured, in turns
 * @param settle after how long memory is looked at that should have been given back
 */
record Options(
        List<String> workloads,
        List<Long> rows,
        PictureKind pictures,
        Load load,
        Path javaHome,
        List<String> jvm,
        List<String> floorJvm,
        StoreKind store,
        Map<String, String> settings,
        Map<String, String> twin,
        Optional<String> neighbour,
        List<String> nginx,
        int rounds,
        Duration settle) {

    private static final int MOST_REQUESTS = 10_000_000;
    private static final int MOST_ROUNDS = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws SettingsException if one of them is not legal */
    static Options of(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = pair(argument);
            values.put(pair[0], pair[1]);
        }
        Settings given = Settings.of(values);
        return new Options(
                given.list("workloads"),
                given.list("rows").stream().map(Long::valueOf).sorted().toList(),
                choice(given, "pictures", PictureKind.JPEG),
                new Load(
                        (int) given.wholeNumber("warmup", 10_000, 0, MOST_REQUESTS),
                        given.duration("warmup.time", Duration.ofSeconds(60), SHORTEST, LONGEST),
                        (int) given.wholeNumber("requests", 10_000, 1, MOST_REQUESTS),
                        given.duration("time", Duration.ofSeconds(20), SHORTEST, LONGEST)),
                Path.of(given.required("java", "because it runs the service")),
                words(given, "jvm"),
                words(given, "floor.jvm"),
                choice(given, "store", StoreKind.S3),
                pairs(given, "settings"),
                pairs(given, "twin"),
                given.text("neighbour"),
                words(given, "nginx"),
                (int) given.wholeNumber("rounds", 1, 1, MOST_ROUNDS),
                given.duration("settle", Duration.ofSeconds(60), SHORTEST, LONGEST));
    }

    /** Whether a workload was asked for, by its own name or its group's. */
    boolean includes(String name, String group) {
        return workloads.contains(name) || workloads.contains(group) || workloads.contains(Workloads.ALL);
    }

    private static List<String> words(Settings given, String name) {
        return given.text(name)
                .map(text -> List.of(text.strip().split("\\s+", -1)))
                .orElse(List.of());
    }

    /** All settings of the twin, beyond those that it needs here. */
    Map<String, String> twinSettings() {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(twin);
        return all;
    }

    private static <E extends Enum<E>> E choice(Settings given, String name, E normal) {
        E[] all = normal.getDeclaringClass().getEnumConstants();
        return given.parse(
                        name,
                        "one of " + Arrays.toString(all).toLowerCase(Locale.ROOT),
                        text -> Arrays.stream(all)
                                .filter(one -> one.name().equalsIgnoreCase(text))
                                .findFirst())
                .orElse(normal);
    }

    private static Map<String, String> pairs(Settings given, String name) {
        Map<String, String> pairs = new HashMap<>();
        for (String text : given.list(name)) {
            String[] pair = pair(text);
            pairs.put(pair[0], pair[1]);
        }
        return pairs;
    }

    private static String[] pair(String text) {
        String[] pair = text.split("=", 2);
        if (pair.length < 2) {
            throw new SettingsException("'" + text + "' is not of the form name=value");
        }
        return pair;
    }
}
