package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.SweepReport;
import io.github.imagehost.core.model.Usage;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Compares what clients were told with what the processes serve, what the database says, and what lies in the store.
 * Only to be run while no request is under way, and none of a killed process either: it lets the quarantine of all
 * blobs run out by moving their times into the past, instead of waiting for a quarter of an hour.
 */
final class Audit {

    private static final Duration LONGER_THAN_ANY_QUARANTINE = Duration.ofMinutes(30);
    private static final int READERS = 8;

    private final Installation installation;
    private final List<Tenant> tenants;
    private final Ledger ledger;
    private final Violations violations;
    private final Duration sweepingLimit;

    /**
     * @param tenants who may have how much
     * @param sweepingLimit how long sweeps may go on before they have to leave nothing to sweep
     */
    Audit(
            Installation installation,
            List<Tenant> tenants,
            Ledger ledger,
            Violations violations,
            Duration sweepingLimit) {
        this.installation = installation;
        this.tenants = tenants;
        this.ledger = ledger;
        this.violations = violations;
        this.sweepingLimit = sweepingLimit;
    }

    /**
     * What an audit saw.
     *
     * @param expiredReservations how many reservations its sweeps condemned
     * @param sweptObjects how many objects they deleted
     * @param images how many there are
     * @param temporaryFiles how many stayed although nobody uploads
     */
    record Report(int expiredReservations, int sweptObjects, int images, long temporaryFiles) {}

    /**
     * @param digest of the bytes in the store
     * @param source what it is derived from, if it is a variant
     */
    private record Blob(
            long id, String state, String identity, String digest, String objectKey, long size, Optional<Long> source) {

        boolean isLive() {
            return !state.equals("CONDEMNED");
        }
    }

    private record ImageRow(Link link, Optional<String> objectKey) {}

    private record OwnedKey(OwnerId owner, String objectKey) {}

    private record OwnerCount(OwnerId owner, Usage usage) {}

    /**
     * Waits until the processes have removed what killed ones left of uploads, sweeps until nothing is left to sweep,
     * then looks at everything. What is wrong is added to the violations.
     *
     * @param processes each image and its thumbnail is read through all of them
     * @param since images that went since that moment of the ledger are looked for, too
     */
    Report run(List<Client> processes, long since) throws Exception {
        // before a store is opened here, which would remove some
        long temporaryFiles = awaitNoTemporaryFiles();
        installation.database().letTimePass(LONGER_THAN_ANY_QUARANTINE);
        try (ImageStore store = installation.openStore();
                ImageHost host = installation.openHost(store)) {
            SweepReport swept = sweepUntilQuiet(host);
            List<Blob> blobs = blobs();
            List<ImageRow> images = images();
            compareWithStore(blobs, images, store);
            compareWithCounters(images.size());
            List<Link> links = images.stream().map(ImageRow::link).toList();
            ledger.settle(links);
            for (Client process : processes) {
                inParallel(links, link -> requireReadable(process, link));
                inParallel(links, link -> requireThumbnail(process, link));
                inParallel(ledger.goneSince(since), link -> requireAbsent(process, link));
            }
            return new Report(swept.expiredReservations(), swept.deletedObjects(), images.size(), temporaryFiles);
        }
    }

    private long awaitNoTemporaryFiles() throws IOException, InterruptedException {
        try {
            Waiting.until("no temporary file is left", sweepingLimit, () -> installation.temporaryFiles() == 0);
        } catch (AssertionError e) {
            violations.add(Kind.ORPHAN, String.valueOf(e.getMessage()));
        }
        return installation.temporaryFiles();
    }

    private SweepReport sweepUntilQuiet(ImageHost host) throws InterruptedException {
        List<SweepReport> reports = new ArrayList<>();
        try {
            Waiting.until("a sweep leaves nothing to sweep", sweepingLimit, () -> {
                reports.add(host.sweep());
                // the processes sweep, too, and may be in the midst of it
                return blobs().stream().allMatch(blob -> blob.state().equals("STORED"));
            });
        } catch (AssertionError e) {
            violations.add(Kind.ORPHAN, e.getMessage() + ": " + blobs());
        }
        return new SweepReport(
                reports.stream().mapToInt(SweepReport::endedImages).sum(),
                reports.stream().mapToInt(SweepReport::expiredReservations).sum(),
                reports.stream().mapToInt(SweepReport::deletedObjects).sum(),
                reports.stream().mapToInt(SweepReport::failedObjects).sum());
    }

    private void compareWithStore(List<Blob> blobs, List<ImageRow> images, ImageStore store) throws Exception {
        Map<String, Long> sizes = sizes(store);
        Map<String, Blob> byKey = new HashMap<>();
        Map<String, Blob> liveByDigest = new HashMap<>();
        for (Blob blob : blobs) {
            byKey.put(blob.objectKey(), blob);
            if (blob.isLive() && liveByDigest.put(blob.identity(), blob) != null) {
                violations.add(Kind.OTHER, "Two live blobs of " + blob.identity());
            }
        }
        Set<String> usedKeys = new HashSet<>();
        Map<OwnedKey, ImageRow> imagesByKey = new HashMap<>();
        for (ImageRow image : images) {
            Optional<String> key = image.objectKey();
            if (key.filter(sizes::containsKey).isEmpty()) {
                violations.add(Kind.DEAD_LINK, "There is no object for " + image);
            }
            key.ifPresent(usedKeys::add);
            if (key.isPresent() && imagesByKey.put(new OwnedKey(image.link().owner(), key.get()), image) != null) {
                violations.add(Kind.OTHER, "One owner has two images of " + key.get());
            }
        }
        sizes.keySet().stream()
                .filter(key -> !byKey.containsKey(key))
                .forEach(key -> violations.add(Kind.ORPHAN, "No blob names the object " + key));
        List<Blob> live = blobs.stream().filter(Blob::isLive).toList();
        Set<Long> sources = live.stream().map(Blob::id).collect(Collectors.toSet());
        for (Blob blob : blobs) {
            boolean isNeeded = blob.source()
                    .map(source -> blob.isLive() && sources.contains(source))
                    .orElseGet(() -> usedKeys.contains(blob.objectKey()));
            if (!isNeeded) {
                violations.add(Kind.ORPHAN, "No image needs the blob " + blob);
            }
        }
        inParallel(live, blob -> requireStored(store, blob, Optional.ofNullable(sizes.get(blob.objectKey()))));
    }

    /** What owners have is counted with each upload and deletion: the counters have to say what there is. */
    private void compareWithCounters(int imagesInAll) {
        List<OwnerCount> counted = counts("SELECT owner_id, SUM(images) AS images, SUM(bytes) AS bytes"
                + " FROM imagehost_image_range GROUP BY owner_id HAVING SUM(images) <> 0 OR SUM(bytes) <> 0");
        List<OwnerCount> there = counts("SELECT owner_id, COUNT(*) AS images, SUM(file_size) AS bytes"
                + " FROM imagehost_image GROUP BY owner_id");
        if (!Set.copyOf(counted).equals(Set.copyOf(there))) {
            violations.add(Kind.OTHER, "The counters say " + counted + ", but there are " + there);
        }
        long known = 0;
        for (Tenant tenant : tenants) {
            long images = there.stream()
                    .filter(count -> count.owner().equals(tenant.owner()))
                    .mapToLong(count -> count.usage().images())
                    .sum();
            if (images > tenant.mostImages()) {
                violations.add(Kind.OTHER, tenant + " has " + images + " images, more than it may have");
            }
            known += images;
        }
        if (known != imagesInAll) {
            violations.add(Kind.OTHER, "There are images of somebody else: " + there);
        }
    }

    private List<OwnerCount> counts(String sql) {
        return query(
                sql,
                row -> new OwnerCount(
                        new OwnerId(row.getLong("owner_id")), new Usage(row.getLong("images"), row.getLong("bytes"))));
    }

    private void requireStored(ImageStore store, Blob blob, Optional<Long> size) throws IOException {
        if (size.isEmpty()) {
            violations.add(Kind.DEAD_LINK, "The object is missing of " + blob);
            return;
        }
        try (InputStream object = store.open(new ObjectKey(blob.objectKey()))) {
            byte[] bytes = object.readAllBytes();
            if (size.get() != blob.size()
                    || bytes.length != blob.size()
                    || !Picture.digestOf(bytes).equals(blob.digest())) {
                violations.add(Kind.LOST, "The object has other bytes than " + blob);
            }
        } catch (ObjectNotFoundException e) {
            violations.add(Kind.DEAD_LINK, "The object is listed, but missing, of " + blob);
        }
    }

    private void requireReadable(Client process, Link link) throws IOException, InterruptedException {
        Answer answer = process.get(link.path());
        if (!Picture.digestOf(answer.bytes()).equals(link.digest())) {
            violations.add(Kind.LOST, process.base() + " answers " + answer.status() + " for " + link);
        }
    }

    private void requireThumbnail(Client process, Link link) throws IOException, InterruptedException {
        Answer answer = process.get(link.thumbnailPath());
        if (answer.status() != 200 || !Picture.isOne(answer.bytes())) {
            violations.add(Kind.LOST, process.base() + " answers " + answer.status() + " for the thumbnail of " + link);
        }
    }

    private void requireAbsent(Client process, Link link) throws IOException, InterruptedException {
        Answer answer = process.get(link.path());
        if (answer.status() != 404) {
            violations.add(Kind.UNDELETED, process.base() + " answers " + answer.status() + " for " + link);
        }
    }

    private static Map<String, Long> sizes(ImageStore store) {
        Map<String, Long> sizes = new HashMap<>();
        Optional<ObjectKey> last = Optional.empty();
        List<StoredObject> page;
        do {
            page = ((ObjectLister) store).list(last, ObjectLister.MAX_LIMIT);
            page.forEach(object -> sizes.put(object.key().value(), object.size()));
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).key());
        } while (page.size() == ObjectLister.MAX_LIMIT);
        return sizes;
    }

    private List<Blob> blobs() {
        return query(
                "SELECT id, state, digest, stored_digest, object_key, stored_size, source_id FROM imagehost_blob",
                row -> new Blob(
                        row.getLong("id"),
                        row.getString("state"),
                        HexFormat.of().formatHex(row.getBytes("digest")),
                        HexFormat.of().formatHex(row.getBytes("stored_digest")),
                        row.getString("object_key"),
                        row.getLong("stored_size"),
                        Optional.ofNullable(row.getObject("source_id", Long.class))));
    }

    private List<ImageRow> images() {
        return query(
                "SELECT i.id, i.owner_id, i.filename, b.digest, b.object_key FROM imagehost_image i"
                        + " LEFT JOIN imagehost_blob b ON b.id = i.blob_id AND b.state = 'STORED'",
                row -> {
                    byte[] digest = row.getBytes("digest");
                    return new ImageRow(
                            new Link(
                                    row.getLong("id"),
                                    new OwnerId(row.getLong("owner_id")),
                                    row.getString("filename"),
                                    digest == null ? "" : HexFormat.of().formatHex(digest)),
                            Optional.ofNullable(row.getString("object_key")));
                });
    }

    private interface Mapping<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Mapping<T> mapping) {
        try (Connection connection = installation.database().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapping.map(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private interface Task<T> {
        void run(T item) throws Exception;
    }

    private static <T> void inParallel(List<T> items, Task<T> task) throws Exception {
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        Callable<Boolean> worker = () -> {
            for (T item = left.poll(); item != null; item = left.poll()) {
                task.run(item);
            }
            return true;
        };
        Concurrently.run(READERS, worker);
    }
}
