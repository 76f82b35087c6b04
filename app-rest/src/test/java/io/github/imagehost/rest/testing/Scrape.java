package io.github.imagehost.rest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.metrics.MetricsServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Prometheus would get of a service. */
public record Scrape(Map<String, Double> series) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Asks once. */
    public static Scrape of(RunningService service) throws IOException, InterruptedException {
        return at(service.part(MetricsServer.class).port());
    }

    /** Asks once. */
    public static Scrape at(int port) throws IOException, InterruptedException {
        Answer answer = new Client(URI.create("http://127.0.0.1:" + port)).get("/metrics");
        assertThat(answer.status()).isEqualTo(200);
        Map<String, Double> series = new TreeMap<>();
        answer.text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> series.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return new Scrape(series);
    }

    /**
     * Asks until a condition holds: a request is counted after its answer. Then asks once more, since a scrape does not
     * read all series at one moment.
     */
    public static Scrape until(RunningService service, String what, Predicate<Scrape> condition)
            throws IOException, InterruptedException {
        Scrape[] last = new Scrape[1];
        try {
            Waiting.until(what, LIMIT, () -> {
                last[0] = of(service);
                return condition.test(last[0]);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but " + last[0], e);
        }
        return of(service);
    }

    /** Of one series; 0 if there is none. */
    public double value(String name) {
        return series.getOrDefault(name, 0.0);
    }

    /** Of all series of a name together. */
    public double sum(String name) {
        return series.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** All series whose names begin with this. */
    public Set<String> names(String prefix) {
        return series.keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toUnmodifiableSet());
    }

    /** What begins with this and is not 0. */
    public Map<String, Double> counted(String prefix) {
        Map<String, Double> counted = new TreeMap<>(series);
        counted.entrySet().removeIf(entry -> !entry.getKey().startsWith(prefix) || entry.getValue() == 0);
        return counted;
    }
}
