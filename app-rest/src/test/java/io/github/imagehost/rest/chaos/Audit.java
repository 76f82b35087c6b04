package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.rest.chaos.MetadataView.Blob;
import io.github.imagehost.rest.chaos.MetadataView.ImageRow;
import io.github.imagehost.rest.chaos.MetadataView.OwnerCount;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what clients were told with what the processes serve, what the database says, and what lies in the store.
 * Only to be run while no request is under way, and none of a killed process either: it lets the quarantine of all
 * blobs run out by moving their times into the past, instead of waiting for a quarter of an hour.
 */
final class Audit {

    private static final Duration LONGER_THAN_ANY_QUARANTINE = Duration.ofMinutes(30);

    private final Installation installation;
    private final MetadataView metadata;
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
        this.metadata = new MetadataView(installation.database());
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

    private record OwnedKey(OwnerId owner, String objectKey) {}

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
            List<Blob> blobs = metadata.blobs();
            List<ImageRow> images = metadata.images();
            compareWithStore(blobs, images, store);
            compareWithCounters(images.size());
            List<SharedLink> shared = images.stream().map(ImageRow::image).toList();
            ledger.settle(shared);
            for (Client process : processes) {
                Inspection inspection = new Inspection(process, tenants, violations);
                inspection.requireShown(shared);
                inspection.requireGone(ledger.goneSince(since));
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
                return metadata.blobs().stream().allMatch(blob -> blob.state().equals("STORED"))
                        && metadata.images().stream().noneMatch(ImageRow::ended);
            });
        } catch (AssertionError e) {
            violations.add(Kind.ORPHAN, e.getMessage() + ": " + metadata.blobs() + metadata.images());
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
        Inspection.inParallel(
                live, blob -> requireStored(store, blob, Optional.ofNullable(sizes.get(blob.objectKey()))));
    }

    /** What owners have is counted with each upload and deletion: the counters have to say what there is. */
    private void compareWithCounters(int imagesInAll) throws IOException {
        // a process may have set right what was wrong
        installation.recounts().forEach(recount -> violations.add(Kind.OTHER, recount));
        List<OwnerCount> counted = metadata.countedUsage();
        List<OwnerCount> there = metadata.usage();
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
}
