package io.github.imagehost.rest.chaos;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.github.imagehost.core.model.OwnerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the clients asked for and were answered, and therefore what has to be there and what must not. Finds fault with
 * answers that contradict earlier ones. Safe for use by many threads.
 *
 * <p>Every request asks for {@link #now} before it is sent, so that the ledger can tell what was already true by then.
 * An answer that was lost leaves the picture or the image in doubt until an audit has looked.
 */
final class Ledger {

    /** What is known of an image while no request is under way. */
    enum Fate {
        /** Has to be readable. */
        LIVE,
        /** A deletion was asked for and not answered: readable, or gone without a trace. */
        IN_DOUBT,
        /** Must never be seen again. */
        GONE
    }

    private final Violations violations;
    private final Map<String, Entry> byFilename = new LinkedHashMap<>();
    private final ListMultimap<String, Entry> byDigest = ArrayListMultimap.create();
    private final Set<OwnedDigest> picturesInDoubt = new HashSet<>();
    private final List<List<Link>> deletionsInDoubt = new ArrayList<>();
    private long clock;

    Ledger(Violations violations) {
        this.violations = violations;
    }

    private record OwnedDigest(OwnerId owner, String digest) {}

    private static final class Entry {

        private final Link link;
        private final long knownSince;
        private boolean answeredAsNew;
        /** Begun since the last audit. */
        private int deletions;

        private boolean acknowledgedAsDeleted;
        /** 0 while it is not known to be gone. */
        private long goneSince;

        private Entry(Link link, long knownSince) {
            this.link = link;
            this.knownSince = knownSince;
        }

        private Fate fate() {
            if (goneSince > 0) {
                return Fate.GONE;
            }
            return deletions == 0 ? Fate.LIVE : Fate.IN_DOUBT;
        }
    }

    /** The present: later than everything that was noted so far. */
    synchronized long now() {
        return ++clock;
    }

    /** An upload that began at that time was answered with this link. */
    synchronized void uploaded(long begun, Picture picture, Link link, boolean duplicate) {
        if (!link.digest().equals(picture.digest())) {
            violations.add(Violation.Kind.LOST, "The upload of " + picture.digest() + " was answered with " + link);
            return;
        }
        Entry entry = entry(link);
        if (!entry.link.equals(link)) {
            violations.add(Violation.Kind.OTHER, "One name for two images: " + entry.link + " and " + link);
        }
        if (isGoneBefore(entry, begun)) {
            violations.add(Violation.Kind.DEAD_LINK, "An upload was answered with what had been deleted: " + link);
        }
        if (!duplicate && entry.answeredAsNew) {
            violations.add(Violation.Kind.OTHER, "Two uploads were told to be the first: " + link);
        }
        entry.answeredAsNew |= !duplicate;
        for (Entry other : byDigest.get(link.digest())) {
            boolean isOfOneOwner = other.link.owner().equals(link.owner());
            if (other != entry && isOfOneOwner && other.fate() == Fate.LIVE && other.knownSince < begun) {
                violations.add(Violation.Kind.OTHER, "A second image beside " + other.link + ": " + link);
            }
        }
    }

    /** An upload of this picture by this owner may have happened or not. */
    synchronized void uploadInDoubt(OwnerId owner, Picture picture) {
        picturesInDoubt.add(new OwnedDigest(owner, picture.digest()));
    }

    /** A deletion of these images is going to be asked for. */
    synchronized void deleting(Collection<Link> links) {
        links.forEach(link -> entry(link).deletions++);
    }

    /** A deletion was acknowledged for this image. */
    synchronized void deleted(Link link) {
        Entry entry = entry(link);
        if (entry.acknowledgedAsDeleted) {
            violations.add(Violation.Kind.UNDELETED, "Deleted twice: " + link);
        }
        entry.acknowledgedAsDeleted = true;
        markGone(entry);
    }

    /** A deletion did not find this image. */
    synchronized void notFoundToDelete(Link link) {
        Entry entry = entry(link);
        if (entry.deletions == 1 && entry.goneSince == 0) {
            violations.add(Violation.Kind.LOST, "The only deletion that was asked for did not find " + link);
        }
        markGone(entry);
    }

    /** A deletion of these images, asked for in one request, may have happened or not, but only to all of them. */
    synchronized void deletionInDoubt(Collection<Link> links) {
        deletionsInDoubt.add(List.copyOf(links));
    }

    /** A read that began at that time found this image, with bytes that hash to this. */
    synchronized void read(long begun, Link link, String digest) {
        if (!link.digest().equals(digest)) {
            violations.add(Violation.Kind.LOST, "Other bytes, with " + digest + ", were read from " + link);
        }
        found(begun, link);
    }

    /** A read that began at that time found this image, or what is derived from it. */
    synchronized void found(long begun, Link link) {
        if (isGoneBefore(entry(link), begun)) {
            violations.add(Violation.Kind.UNDELETED, "Read after it had been deleted: " + link);
        }
    }

    /** A read did not find this image. */
    synchronized void notFoundToRead(Link link) {
        if (entry(link).fate() == Fate.LIVE) {
            violations.add(Violation.Kind.LOST, "Nobody asked to delete what was not found: " + link);
        }
    }

    /** All images with this fate. */
    synchronized List<Link> links(Fate fate) {
        return byFilename.values().stream()
                .filter(entry -> entry.fate() == fate)
                .map(entry -> entry.link)
                .toList();
    }

    /** All images that were found to be gone since that time. */
    synchronized List<Link> goneSince(long time) {
        return byFilename.values().stream()
                .filter(entry -> entry.goneSince > time)
                .map(entry -> entry.link)
                .toList();
    }

    /**
     * Compares with the images that there are while no request is under way, and removes all doubts: from now on what
     * there is has to stay, and what there is not must not come back.
     */
    synchronized void settle(Collection<Link> found) {
        Map<String, Link> present = new HashMap<>();
        found.forEach(link -> present.put(link.filename(), link));
        deletionsInDoubt.forEach(links -> requireAllOrNothing(links, present.keySet()));
        deletionsInDoubt.clear();
        byFilename.values().forEach(entry -> settle(entry, Optional.ofNullable(present.remove(entry.link.filename()))));
        for (Link link : present.values()) {
            if (!picturesInDoubt.contains(new OwnedDigest(link.owner(), link.digest()))) {
                violations.add(Violation.Kind.OTHER, "An image that nobody was told of: " + link);
            }
            entry(link);
        }
        picturesInDoubt.clear();
    }

    private void requireAllOrNothing(List<Link> deleted, Set<String> present) {
        List<Link> deletedByNobodyElse = deleted.stream()
                .filter(link -> entry(link).fate() == Fate.IN_DOUBT && entry(link).deletions == 1)
                .toList();
        long left = deletedByNobodyElse.stream()
                .filter(link -> present.contains(link.filename()))
                .count();
        if (left > 0 && left < deletedByNobodyElse.size()) {
            violations.add(Violation.Kind.OTHER, "A deletion was done in part: " + deletedByNobodyElse);
        }
    }

    private void settle(Entry entry, Optional<Link> found) {
        if (found.isPresent() && !found.get().equals(entry.link)) {
            violations.add(Violation.Kind.LOST, entry.link + " has become " + found.get());
        }
        if (found.isPresent() && entry.fate() == Fate.GONE) {
            violations.add(Violation.Kind.UNDELETED, "Still in the database: " + entry.link);
        }
        if (found.isEmpty() && entry.fate() == Fate.LIVE) {
            violations.add(Violation.Kind.LOST, "Not in the database any more: " + entry.link);
        }
        entry.deletions = 0;
        if (found.isEmpty()) {
            markGone(entry);
        }
    }

    private Entry entry(Link link) {
        return byFilename.computeIfAbsent(link.filename(), filename -> {
            Entry entry = new Entry(link, now());
            byDigest.put(link.digest(), entry);
            return entry;
        });
    }

    private void markGone(Entry entry) {
        if (entry.goneSince == 0) {
            entry.goneSince = now();
        }
    }

    private static boolean isGoneBefore(Entry entry, long time) {
        return entry.goneSince > 0 && entry.goneSince < time;
    }
}
