package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One kind of requests.
 *
 * @param clients how many make them at once
 * @param source who makes them to the service
 * @param load what of the load that was asked for makes sense here
 * @param floor what they are compared with
 * @param neighbours who makes them to a neighbour
 * @param nginx who makes them to an nginx
 */
record Workload(
        String name,
        String group,
        int clients,
        Source<Installation> source,
        UnaryOperator<Load> load,
        Optional<Floor> floor,
        Optional<Source<Target>> neighbours,
        Optional<Source<Nginx>> nginx) {

    /** Prepares what clients need. */
    interface Source<T> {

        ClosedLoop.Clients prepare(Stage stage, T server) throws Exception;
    }

    /** Measures the least that the same can cost, with the same load and as many clients. */
    interface Floor {

        Optional<Figures> measure(Stage stage, int clients, Load load) throws Exception;
    }

    static Workload of(String name, String group, int clients, Source<Installation> source) {
        return new Workload(
                name,
                group,
                clients,
                source,
                UnaryOperator.identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Requests that neighbours understand, too. */
    static Workload besideNeighbours(String name, String group, int clients, Source<Target> source) {
        return new Workload(
                name,
                group,
                clients,
                (stage, installation) -> source.prepare(stage, installation.target()),
                UnaryOperator.identity(),
                Optional.empty(),
                Optional.of(source),
                Optional.empty());
    }

    /** The same, compared with a floor. */
    Workload above(Floor least) {
        return new Workload(name, group, clients, source, load, Optional.of(least), neighbours, nginx);
    }

    /** The same, for an nginx, too. */
    Workload besideNginx(Source<Nginx> same) {
        return new Workload(name, group, clients, source, load, floor, neighbours, Optional.of(same));
    }

    /** The same with so many requests at the most. */
    Workload atMost(int warmUp, int requests) {
        return new Workload(
                name, group, clients, source, given -> given.atMost(warmUp, requests), floor, neighbours, nginx);
    }

    /** Measures the service, and in turns with it whoever is on the stage and understands these requests. */
    List<Contender> measure(Stage stage) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        for (Installation installation : stage.installations()) {
            contenders.add(contender(
                    installation.name(), source.prepare(stage, installation), stage.meter(installation.pid()), stage));
        }
        if (neighbours.isPresent() && stage.neighbour().isPresent()) {
            Neighbour neighbour = stage.neighbour().get();
            contenders.add(contender(
                    Neighbour.NAME,
                    neighbours.get().prepare(stage, neighbour.target()),
                    stage.meter(neighbour.pid()),
                    stage));
        }
        if (nginx.isPresent() && stage.nginx().isPresent()) {
            Nginx server = stage.nginx().get();
            contenders.add(contender(
                    Nginx.NAME, nginx.get().prepare(stage, server), Meter.withoutDatabase(server.pid()), stage));
        }
        Contender.measure(contenders, stage.options().rounds());
        return contenders;
    }

    private Contender contender(String who, ClosedLoop.Clients requests, Meter meter, Stage stage) {
        return new Contender(who, requests, clients, load.apply(stage.options().load()), meter);
    }

    Optional<Figures> measureFloor(Stage stage) throws Exception {
        return floor.isPresent()
                ? floor.get().measure(stage, clients, load.apply(stage.options().load()))
                : Optional.empty();
    }
}
