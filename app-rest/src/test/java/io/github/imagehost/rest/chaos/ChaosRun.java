package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Tally.Event;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills service processes under load, over and over. Each cycle: clients work on both processes; at a random instant
 * one of them is killed, or both; they are started again while the clients go on; the clients stop; an audit looks at
 * everything.
 *
 * <p>Nobody waits for time to pass. After a kill the leases of all reservations are ended by moving them into the past,
 * so that the pictures which the dead process had reserved can be uploaded again; a lease may end at any moment, so
 * this is also done to living processes. In the same way images end that have an end, once before the kill and once
 * after it. For the quarantine see {@link Audit}.
 */
final class ChaosRun {

    private static final int LOAD_MILLIS = 2000;
    private static final int MORE_LOAD_MILLIS = 500;
    private static final Duration SWEEPING_LIMIT = Duration.ofSeconds(30);

    private static final List<Set<Integer>> VICTIMS = List.of(Set.of(0), Set.of(1), Set.of(0), Set.of(1), Set.of(0, 1));
    private static final Map<Set<Integer>, String> NAMES =
            Map.of(Set.of(0), "first", Set.of(1), "second", Set.of(0, 1), "both");

    private final Installation installation;
    private final Random random;
    private final Table table;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger(violations);
    private final SharedPictures pictures = new SharedPictures();

    /**
     * @param seed decides who is killed, when, and what the clients do
     * @param table where each cycle gets its line
     */
    ChaosRun(Installation installation, long seed, Table table) {
        this.installation = installation;
        this.random = new Random(seed);
        this.table = table;
    }

    /**
     * Runs this many cycles, or fewer if a promise is broken in one of them.
     *
     * @return the promises that were broken
     */
    List<Violation> run(int cycles) throws Exception {
        List<Tenant> tenants = installation.addTenants();
        try (Cluster cluster = Cluster.start(installation)) {
            for (int cycle = 0; cycle < cycles && violations.all().isEmpty(); cycle++) {
                runCycle(cluster, tenants);
            }
        } catch (AssertionError e) {
            violations.add(Kind.OTHER, "What was waited for did not come: " + e.getMessage());
        }
        table.addTotal();
        return violations.all();
    }

    private void runCycle(Cluster cluster, List<Tenant> tenants) throws Exception {
        Set<Integer> victims = VICTIMS.get(random.nextInt(VICTIMS.size()));
        int killAfterMillis = random.nextInt(LOAD_MILLIS);
        long started = System.nanoTime();
        long begun = ledger.now();
        String serving = installation.servingProcess();
        Tally tally = new Tally();
        Load load = Load.start(cluster, tenants, pictures, new Books(ledger, tally, violations), random);
        long recoveryMillis;
        long cutOff;
        try {
            int endAfterMillis = random.nextInt(killAfterMillis + 1);
            TimeUnit.MILLISECONDS.sleep(endAfterMillis);
            // so that what removes them is killed, too
            endImages(tally);
            TimeUnit.MILLISECONDS.sleep(killAfterMillis - endAfterMillis);
            cluster.kill(victims);
            load.slowDown();
            long killed = System.nanoTime();
            cluster.relaunch(victims);
            cluster.awaitAny();
            recoveryMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
            cutOff = installation.endLeases();
            cluster.awaitAll();
            endImages(tally);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MORE_LOAD_MILLIS));
        } finally {
            load.stop();
        }
        long stopped = System.nanoTime();
        boolean handedOver = !installation.servingProcess().equals(serving);
        Audit.Report audit =
                new Audit(installation, tenants, ledger, violations, SWEEPING_LIMIT).run(cluster.clients(), begun);
        table.add(
                NAMES.get(victims) + (handedOver ? "*" : ""),
                killAfterMillis,
                figures(
                        recoveryMillis,
                        TimeUnit.NANOSECONDS.toMillis(stopped - started),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped),
                        tally,
                        cutOff,
                        audit));
    }

    private void endImages(Tally tally) {
        tally.add(Event.END, new MetadataView(installation.database()).endImages(ledger));
    }

    private Map<String, Long> figures(
            long recoveryMillis, long loadMillis, long auditMillis, Tally tally, long cutOff, Audit.Report audit) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put(Table.WELL_AFTER, recoveryMillis);
        figures.put("load ms", loadMillis);
        figures.put("audit ms", auditMillis);
        figures.put("uploads", tally.of(Event.UPLOAD_ACKNOWLEDGED));
        figures.put("up failed", tally.of(Event.UPLOAD_FAILED));
        figures.put("up unknown", tally.of(Event.UPLOAD_UNKNOWN));
        figures.put("duplicates", tally.of(Event.DUPLICATE));
        figures.put("deletions", tally.of(Event.DELETION_ACKNOWLEDGED));
        figures.put("del failed", tally.of(Event.DELETION_FAILED));
        figures.put("del unknown", tally.of(Event.DELETION_UNKNOWN));
        figures.put("reads", tally.of(Event.READ));
        figures.put("thumbnails", tally.of(Event.THUMBNAIL));
        figures.put("changes", tally.of(Event.CHANGE));
        figures.put("refusals", tally.of(Event.REFUSAL));
        figures.put("ends", tally.of(Event.END));
        figures.put("cut off", cutOff);
        figures.put("expired", (long) audit.expiredReservations());
        figures.put("swept", (long) audit.sweptObjects());
        figures.put(Table.IMAGES, (long) audit.images());
        figures.put(Table.LEFT_FILES, audit.temporaryFiles());
        figures.put("lost", violations.count(Kind.LOST));
        figures.put("undeleted", violations.count(Kind.UNDELETED));
        figures.put("orphans", violations.count(Kind.ORPHAN));
        figures.put("dead links", violations.count(Kind.DEAD_LINK));
        figures.put("exposed", violations.count(Kind.EXPOSED));
        figures.put("overstayed", violations.count(Kind.OVERSTAYED));
        figures.put("other", violations.count(Kind.OTHER));
        return figures;
    }
}
