package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.chaos.Tally.Event;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Clients that upload, delete, read and look at thumbnails at random, against whatever processes there are, until they
 * are told to stop. Most uploads are of a few pictures that all clients share, so that they meet; what was deleted is
 * uploaded again.
 */
final class Load {

    private static final int CLIENTS = Depth.of(8, 16);
    private static final int PICTURES_AT_ONCE = 4;
    private static final int LARGEST_BATCH = 6;
    /** More is deleted when there are more, so that an audit can look at all of them. */
    private static final int IMAGES_TO_KEEP = Depth.of(40, 100);

    private static final int LONGEST_PAUSE_MILLIS = 600;

    private static final Set<String> LEGAL_FAILURES = Set.of("service_unavailable", "upload_busy", "quota_exceeded");

    private static final int FRESH_PER_LARGE_ONE = 3;

    private static final long LIMIT_MINUTES = 3;

    private final Cluster cluster;
    private final List<Tenant> tenants;
    private final SharedPictures pictures;
    private final Ledger ledger;
    private final Tally tally;
    private final Violations violations;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean slow;
    private volatile boolean stopped;

    private Load(
            Cluster cluster,
            List<Tenant> tenants,
            SharedPictures pictures,
            Ledger ledger,
            Tally tally,
            Violations violations) {
        this.cluster = cluster;
        this.tenants = tenants;
        this.pictures = pictures;
        this.ledger = ledger;
        this.tally = tally;
        this.violations = violations;
    }

    /** Begins; what happens is noted in the ledger and counted. */
    static Load start(
            Cluster cluster,
            List<Tenant> tenants,
            SharedPictures pictures,
            Ledger ledger,
            Tally tally,
            Violations violations,
            Random seeds) {
        Load load = new Load(cluster, tenants, pictures, ledger, tally, violations);
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seeds.nextLong());
            Thread client = new Thread(() -> load.run(random), "client-" + i);
            client.start();
            load.clients.add(client);
        }
        return load;
    }

    /** Leaves some of the machine to processes that are starting. */
    void slowDown() {
        slow = true;
    }

    /** Returns when every request that is under way has come to its end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join(TimeUnit.MINUTES.toMillis(LIMIT_MINUTES));
            if (client.isAlive()) {
                throw new AssertionError("A request did not come to an end within " + LIMIT_MINUTES + " min");
            }
        }
    }

    private void run(Random random) {
        try {
            while (!stopped) {
                Node node = cluster.any(random);
                Tenant tenant = tenants.get(random.nextInt(tenants.size()));
                int dice = random.nextInt(100);
                if (dice < 25) {
                    read(node, random);
                } else if (dice < 31) {
                    delete(node, tenant, random);
                } else if (dice < 35) {
                    deleteSeveral(node, tenant, random);
                } else if (dice < 45) {
                    uploadSeveral(node, tenant, random);
                } else if (dice < 65) {
                    upload(node, tenant, SharedPictures.fresh(random.nextInt(FRESH_PER_LARGE_ONE) == 0));
                } else if (dice < 77) {
                    lookAtThumbnail(node, random);
                } else {
                    upload(node, tenant, pictures.any(random));
                }
                if (ledger.links(Ledger.Fate.LIVE).size() > IMAGES_TO_KEEP) {
                    deleteSeveral(node, tenant, random);
                }
                if (slow) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                }
            }
        } catch (InterruptedException | TimeoutException | RuntimeException | AssertionError e) {
            violations.add(Kind.OTHER, "A client gave up: " + e);
        }
    }

    private void upload(Node node, Tenant tenant, Picture picture) throws InterruptedException {
        long begun = ledger.now();
        Outcome outcome = ask(node, client -> tenant.as(client).upload("chaos.png", picture.bytes()));
        if (outcome.is(200)) {
            acknowledged(begun, tenant, picture, outcome.data());
        } else {
            notAcknowledged(outcome, tenant, "upload", List.of(picture));
        }
    }

    private void uploadSeveral(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Picture> several = new ArrayList<>();
        Multipart request = new Multipart();
        for (int i = 0; i < PICTURES_AT_ONCE; i++) {
            several.add(i == 0 ? Picture.of(Pictures.uniquePng()) : pictures.any(random));
            request.file("images", "chaos.png", several.get(i).bytes());
        }
        long begun = ledger.now();
        Outcome outcome = ask(node, client -> tenant.as(client).post("/api/upload/multiple", request));
        if (!outcome.is(200)) {
            notAcknowledged(outcome, tenant, "upload of several", several);
            return;
        }
        JsonNode data = outcome.data();
        Set<Integer> failed = new HashSet<>();
        for (JsonNode failure : data.get("failed")) {
            failed.add(failure.get("index").asInt());
            String code = failure.get("code").asString();
            if (!LEGAL_FAILURES.contains(code)) {
                violations.add(Kind.OTHER, "Part of an upload of several failed with " + code);
            }
        }
        int next = 0;
        for (int i = 0; i < several.size(); i++) {
            if (failed.contains(i)) {
                tally.count(Event.UPLOAD_FAILED);
                ledger.uploadInDoubt(tenant.owner(), several.get(i));
            } else {
                acknowledged(
                        begun,
                        tenant,
                        several.get(i),
                        data.get("successful").get(next++).get("data"));
            }
        }
    }

    private void acknowledged(long begun, Tenant tenant, Picture picture, JsonNode uploaded) {
        boolean duplicate = uploaded.get("duplicate").asBoolean();
        Link link = new Link(
                uploaded.get("id").asLong(),
                tenant.owner(),
                uploaded.get("filename").asString(),
                uploaded.get("fileHash").asString());
        ledger.uploaded(begun, picture, link, duplicate);
        tally.count(Event.UPLOAD_ACKNOWLEDGED);
        tally.add(Event.DUPLICATE, duplicate ? 1 : 0);
        String path = Client.pathOf(uploaded.get("url").asString());
        if (!path.equals(link.path())) {
            violations.add(Kind.OTHER, "An image's link leads to " + path + ", not to " + link.path());
        }
    }

    private void notAcknowledged(Outcome outcome, Tenant tenant, String what, List<Picture> attempted) {
        if (isBeyondQuota(outcome, tenant)) {
            tally.add(Event.UPLOAD_FAILED, attempted.size());
            return;
        }
        if (outcome.wasSent()) {
            attempted.forEach(picture -> ledger.uploadInDoubt(tenant.owner(), picture));
        }
        tally.add(outcome.isLost() ? Event.UPLOAD_UNKNOWN : Event.UPLOAD_FAILED, attempted.size());
        requireRetryable(outcome, what);
    }

    private static boolean isBeyondQuota(Outcome outcome, Tenant tenant) {
        return outcome.is(403)
                && outcome.answered().orElseThrow().code().equals("quota_exceeded")
                && tenant.mostImages() < Long.MAX_VALUE;
    }

    private void delete(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Link> one = some(1, tenant, random);
        if (one.isEmpty()) {
            return;
        }
        ledger.deleting(one);
        Outcome outcome = ask(
                node,
                client -> tenant.as(client).delete("/api/images/" + one.get(0).id()));
        if (outcome.is(200)) {
            ledger.deleted(one.get(0));
            tally.count(Event.DELETION_ACKNOWLEDGED);
        } else {
            notDeleted(outcome, one);
        }
    }

    private void deleteSeveral(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Link> several = some(1 + random.nextInt(LARGEST_BATCH), tenant, random);
        if (several.isEmpty()) {
            return;
        }
        String ids = several.stream().map(link -> String.valueOf(link.id())).collect(Collectors.joining(",", "[", "]"));
        ledger.deleting(several);
        Outcome outcome = ask(node, client -> tenant.as(client).deleteJson("/api/images", "{\"ids\":" + ids + "}"));
        if (!outcome.is(200)) {
            notDeleted(outcome, several);
            return;
        }
        Set<Long> notFound = new HashSet<>();
        outcome.data().get("notFound").forEach(id -> notFound.add(id.asLong()));
        for (Link link : several) {
            if (notFound.contains(link.id())) {
                ledger.notFoundToDelete(link);
            } else {
                ledger.deleted(link);
                tally.count(Event.DELETION_ACKNOWLEDGED);
            }
        }
    }

    private void notDeleted(Outcome outcome, List<Link> links) {
        if (outcome.is(404)) {
            links.forEach(ledger::notFoundToDelete);
            return;
        }
        ledger.deletionInDoubt(links);
        tally.add(outcome.isLost() ? Event.DELETION_UNKNOWN : Event.DELETION_FAILED, links.size());
        requireRetryable(outcome, "deletion");
    }

    private void read(Node node, Random random) throws InterruptedException {
        Optional<Link> chosen = oneOfLate(random);
        if (chosen.isEmpty()) {
            return;
        }
        Link link = chosen.get();
        long begun = ledger.now();
        Outcome outcome = look(node, client -> client.get(link.path()));
        if (outcome.is(200)) {
            ledger.read(
                    begun,
                    link,
                    Picture.digestOf(outcome.answered().orElseThrow().bytes()));
            tally.count(Event.READ);
        } else if (outcome.is(404)) {
            ledger.notFoundToRead(link);
            tally.count(Event.READ);
        } else {
            requireRetryable(outcome, "read");
        }
    }

    private void lookAtThumbnail(Node node, Random random) throws InterruptedException {
        Optional<Link> chosen = oneOfLate(random);
        if (chosen.isEmpty()) {
            return;
        }
        Link link = chosen.get();
        long begun = ledger.now();
        Outcome outcome = look(node, client -> client.get(link.thumbnailPath()));
        if (outcome.is(200)) {
            ledger.found(begun, link);
            if (!Picture.isOne(outcome.answered().orElseThrow().bytes())) {
                violations.add(Kind.LOST, "The thumbnail can't be decoded of " + link);
            }
            tally.count(Event.THUMBNAIL);
        } else if (outcome.is(404)) {
            ledger.notFoundToRead(link);
            tally.count(Event.THUMBNAIL);
        } else {
            requireRetryable(outcome, "thumbnail");
        }
    }

    /** An image that is there, or one that is gone: those of late are the ones that something may happen to. */
    private Optional<Link> oneOfLate(Random random) {
        List<Link> links = ledger.links(random.nextInt(4) == 0 ? Ledger.Fate.GONE : Ledger.Fate.LIVE);
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(links.get(links.size() - 1 - random.nextInt(Math.min(links.size(), IMAGES_TO_KEEP))));
    }

    /** Images of somebody that are there, or in doubt, in no particular order. */
    private List<Link> some(int count, Tenant tenant, Random random) {
        List<Link> links = new ArrayList<>(ledger.links(Ledger.Fate.LIVE));
        links.addAll(ledger.links(Ledger.Fate.IN_DOUBT));
        links.removeIf(link -> !link.owner().equals(tenant.owner()));
        List<Link> chosen = new ArrayList<>();
        while (chosen.size() < count && !links.isEmpty()) {
            chosen.add(links.remove(random.nextInt(links.size())));
        }
        return chosen;
    }

    private interface Request {
        Answer ask(Client client) throws IOException, InterruptedException;
    }

    /** What became of a request: an answer, or none although it was sent, or it was not even sent. */
    private record Outcome(Optional<Answer> answered, boolean wasSent) {

        boolean is(int status) {
            return answered.isPresent() && answered.get().status() == status;
        }

        boolean isLost() {
            return wasSent && answered.isEmpty();
        }

        JsonNode data() {
            return answered.orElseThrow().data();
        }
    }

    /** A picture that is deleted while it is sent may be broken off: then it is gone when somebody asks again. */
    private Outcome look(Node node, Request request) throws InterruptedException {
        try {
            return new Outcome(Optional.of(request.ask(node.client())), true);
        } catch (HttpTimeoutException e) {
            return unanswered(e);
        } catch (IOException e) {
            Outcome again = ask(node, request);
            return again.is(404) ? again : brokenOff(node, e);
        }
    }

    private Outcome ask(Node node, Request request) throws InterruptedException {
        try {
            return new Outcome(Optional.of(request.ask(node.client())), true);
        } catch (HttpTimeoutException e) {
            return unanswered(e);
        } catch (IOException e) {
            return brokenOff(node, e);
        }
    }

    private Outcome unanswered(HttpTimeoutException e) {
        violations.add(Kind.OTHER, "A request was not answered in time: " + e);
        return new Outcome(Optional.empty(), true);
    }

    private Outcome brokenOff(Node node, IOException e) {
        if (!node.isKilled()) {
            violations.add(Kind.OTHER, "A process that nobody killed broke a connection off: " + e);
        }
        return new Outcome(Optional.empty(), !(e instanceof ConnectException));
    }

    private void requireRetryable(Outcome outcome, String what) {
        outcome.answered()
                .filter(answer -> answer.status() != 503)
                .ifPresent(answer -> violations.add(
                        Kind.OTHER, "A " + what + " was answered " + answer.status() + ": " + answer.text()));
    }
}
