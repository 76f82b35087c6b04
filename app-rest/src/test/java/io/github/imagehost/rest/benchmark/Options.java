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
 * @param settings of the service, beyond those that it needs here
 * @param neighbour the command that starts another service, which is measured beside ours
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
        Map<String, String> settings,
        Optional<String> neighbour,
        Duration settle) {

    private static final int MOST_REQUESTS = 10_000_000;
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
                given.parse(
                                "pictures",
                                "one of " + Arrays.toString(PictureKind.values()),
                                text -> Optional.of(PictureKind.valueOf(text.toUpperCase(Locale.ROOT))))
                        .orElse(PictureKind.JPEG),
                new Load(
                        (int) given.wholeNumber("warmup", 10_000, 0, MOST_REQUESTS),
                        given.duration("warmup.time", Duration.ofSeconds(60), SHORTEST, LONGEST),
                        (int) given.wholeNumber("requests", 10_000, 1, MOST_REQUESTS),
                        given.duration("time", Duration.ofSeconds(20), SHORTEST, LONGEST)),
                Path.of(given.required("java", "because it runs the service")),
                words(given, "jvm"),
                words(given, "floor.jvm"),
                settings(given),
                given.text("neighbour"),
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

    private static Map<String, String> settings(Settings given) {
        Map<String, String> settings = new HashMap<>();
        for (String text : given.list("settings")) {
            String[] pair = pair(text);
            settings.put(pair[0], pair[1]);
        }
        return settings;
    }

    private static String[] pair(String text) {
        String[] pair = text.split("=", 2);
        if (pair.length < 2) {
            throw new SettingsException("'" + text + "' is not of the form name=value");
        }
        return pair;
    }
}
