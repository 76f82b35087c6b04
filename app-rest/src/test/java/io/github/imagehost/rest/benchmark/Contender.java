package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import io.github.imagehost.rest.benchmark.Meter.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/** One of those that get the same requests in turns, and what its rounds have cost so far. For one thread. */
final class Contender {

    private final String name;
    private final ClosedLoop.Clients clients;
    private final int count;
    private final Load load;
    private final Meter meter;
    private final List<Double> roundsCpu = new ArrayList<>();
    private int warmUp;
    private Requests requests = Requests.NONE;
    private Reading grown = Reading.NONE;

    /**
     * A contender that was not measured yet.
     *
     * @param count how many clients make requests at once
     * @param meter looks at its process meanwhile
     */
    Contender(String name, ClosedLoop.Clients clients, int count, Load load, Meter meter) {
        this.name = name;
        this.clients = clients;
        this.count = count;
        this.load = load;
        this.meter = meter;
    }

    /**
     * Warms up all of them, and measures each so often. The next round has the other order, so that neither gains by
     * being the first.
     */
    static void measure(List<Contender> contenders, int rounds) throws Exception {
        for (Contender contender : contenders) {
            contender.warmUp();
        }
        List<Contender> order = new ArrayList<>(contenders);
        for (int i = 0; i < rounds; i++) {
            for (Contender contender : order) {
                contender.measureRound();
            }
            Collections.reverse(order);
        }
    }

    private void warmUp() throws Exception {
        try (ClosedLoop loop = ClosedLoop.open(clients, count)) {
            warmUp = loop.run(load.warmUp(), load.warmUpTime()).count();
        }
    }

    private void measureRound() throws Exception {
        // connections of their own, since those of the last round may have been idle for too long
        try (ClosedLoop loop = ClosedLoop.open(clients, count)) {
            Reading before = meter.begin();
            Requests made = loop.run(load.requests(), load.time());
            Reading since = meter.since(before);
            roundsCpu.add(Figures.of(warmUp, made, since).wholeCpu());
            requests = requests.and(made);
            grown = grown.and(since);
        }
    }

    String name() {
        return name;
    }

    /** Of all rounds together. */
    Figures figures() {
        return Figures.of(warmUp, requests, grown);
    }

    /** How often each round's processors' time was that of the other one's in the same round. */
    DoubleSummaryStatistics cpuBeside(Contender other) {
        return IntStream.range(0, roundsCpu.size())
                .mapToDouble(i -> roundsCpu.get(i) / other.roundsCpu.get(i))
                .summaryStatistics();
    }
}
