package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One kind of requests.
 *
 * @param clients how many make them at once
 * @param source who makes them
 * @param load what of the load that was asked for makes sense here
 * @param floor what they are compared with
 * @param isForNeighbours whether a neighbour is measured, too
 */
record Workload(
        String name,
        String group,
        int clients,
        Source source,
        UnaryOperator<Load> load,
        Optional<Floor> floor,
        boolean isForNeighbours) {

    /** Prepares what clients need. */
    interface Source {

        ClosedLoop.Clients prepare(Stage stage, Target target) throws Exception;
    }

    /** Measures the least that the same can cost, with the same load and as many clients. */
    interface Floor {

        Figures measure(Stage stage, int clients, Load load) throws Exception;
    }

    static Workload of(String name, String group, int clients, Source source) {
        return new Workload(name, group, clients, source, UnaryOperator.identity(), Optional.empty(), false);
    }

    /** The same, compared with a floor. */
    Workload above(Floor least) {
        return new Workload(name, group, clients, source, load, Optional.of(least), isForNeighbours);
    }

    /** The same, for neighbours, too. */
    Workload besideNeighbours() {
        return new Workload(name, group, clients, source, load, floor, true);
    }

    /** The same with so many requests at the most. */
    Workload atMost(int warmUp, int requests) {
        return new Workload(
                name, group, clients, source, given -> given.atMost(warmUp, requests), floor, isForNeighbours);
    }

    Figures measure(Stage stage) throws Exception {
        return measure(stage, Target.ours(stage.base()), stage.meter());
    }

    /** Empty if there is no neighbour, or these requests are none for it. */
    Optional<Figures> measureNeighbour(Stage stage) throws Exception {
        Optional<Neighbour> neighbour = stage.neighbour().filter(present -> isForNeighbours);
        return neighbour.isPresent()
                ? Optional.of(measure(
                        stage,
                        Target.neighbour(neighbour.get().base()),
                        stage.meter(neighbour.get().pid())))
                : Optional.empty();
    }

    private Figures measure(Stage stage, Target target, Meter meter) throws Exception {
        return ClosedLoop.measure(
                source.prepare(stage, target),
                clients,
                load.apply(stage.options().load()),
                meter);
    }

    Optional<Figures> measureFloor(Stage stage) throws Exception {
        return floor.isPresent()
                ? Optional.of(floor.get()
                        .measure(stage, clients, load.apply(stage.options().load())))
                : Optional.empty();
    }
}
