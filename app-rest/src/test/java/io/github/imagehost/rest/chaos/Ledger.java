package io.github.imagehost.rest.chaos;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        /**
         * A deletion was asked for and not answered, its end may be coming, or it may have had its last view: readable,
         * or gone without a trace.
         */
        IN_DOUBT,
        /** Must never be seen again. */
        GONE
    }

    private final Violations violations;
    private final Map<String, LedgerEntry> byFilename = new LinkedHashMap<>();
    private final ListMultimap<String, LedgerEntry> byDigest = ArrayListMultimap.create();
    private final Set<OwnedDigest> picturesInDoubt = new HashSet<>();
    private final List<List<Link>> deletionsInDoubt = new ArrayList<>();
    private boolean ending;
    private long clock;

    Ledger(Violations violations) {
        this.violations = violations;
    }

    private record OwnedDigest(OwnerId owner, String digest) {}

    /** The present: later than everything that was noted so far. */
    synchronized long now() {
        return ++clock;
    }

    /**
     * An upload that began at that time was answered with this image.
     *
     * @param wanted how it was to be shared
     */
    synchronized void uploaded(long begun, Picture picture, Terms wanted, SharedLink answer, boolean duplicate) {
        Link link = answer.link();
        if (!link.digest().equals(picture.digest())) {
            violations.add(Kind.LOST, "The upload of " + picture.digest() + " was answered with " + link);
            return;
        }
        LedgerEntry entry = entry(answer);
        if (!entry.link().equals(link)) {
            violations.add(Kind.OTHER, "One name for two images: " + entry.link() + " and " + link);
        }
        if (entry.isGoneBefore(begun)) {
            violations.add(Kind.DEAD_LINK, "An upload was answered with what had been deleted: " + link);
        }
        if (!duplicate && entry.answeredAsNew()) {
            violations.add(Kind.OTHER, "Two uploads were told to be the first: " + link);
        }
        for (LedgerEntry other : byDigest.get(link.digest())) {
            boolean isOfOneOwner = other.link().owner().equals(link.owner());
            if (other != entry && isOfOneOwner && fate(other) == Fate.LIVE && other.isKnownBefore(begun)) {
                violations.add(Kind.OTHER, "A second image beside " + other.link() + ": " + link);
            }
        }
        if (entry.isUnchangedSince(begun)) {
            requireAsWanted(wanted, answer, duplicate);
        }
        if (!wanted.ends()) {
            entry.uploadedWithoutEnd(begun);
        }
    }

    /** Who sees what was there before is not up to an upload. */
    private void requireAsWanted(Terms wanted, SharedLink answer, boolean duplicate) {
        if (!answer.terms().lastAsLongAs(wanted)) {
            violations.add(Kind.LOST, "An upload as " + wanted + " was answered with " + answer);
        }
        if (!duplicate && wanted.isPrivate() != answer.terms().isPrivate()) {
            violations.add(
                    wanted.isPrivate() ? Kind.EXPOSED : Kind.OTHER,
                    "An upload as " + wanted + " was answered with " + answer);
        }
    }

    /** An upload of this picture by this owner may have happened or not. */
    synchronized void uploadInDoubt(OwnerId owner, Picture picture) {
        picturesInDoubt.add(new OwnedDigest(owner, picture.digest()));
    }

    /** A deletion of these images is going to be asked for. */
    synchronized void deleting(Collection<Link> links) {
        links.forEach(link -> entry(link).deleting());
    }

    /** A deletion was acknowledged for this image. */
    synchronized void deleted(Link link) {
        if (entry(link).deleted(now())) {
            violations.add(Kind.UNDELETED, "Deleted twice: " + link);
        }
    }

    /** A deletion did not find this image. */
    synchronized void notFoundToDelete(Link link) {
        LedgerEntry entry = entry(link);
        if (entry.isAskedToBeDeletedOnce(ending)) {
            violations.add(Kind.LOST, "The only deletion that was asked for did not find " + link);
        }
        entry.gone(now());
    }

    /** A deletion of these images, asked for in one request, may have happened or not, but only to all of them. */
    synchronized void deletionInDoubt(Collection<Link> links) {
        deletionsInDoubt.add(List.copyOf(links));
    }

    /** A read that began at that time found this image, with bytes that hash to this. */
    synchronized void read(long begun, Link link, String digest) {
        if (!link.digest().equals(digest)) {
            violations.add(Kind.LOST, "Other bytes, with " + digest + ", were read from " + link);
        }
        found(begun, link);
    }

    /** A request that began at that time found this image, or what is derived from it. */
    synchronized void found(long begun, Link link) {
        LedgerEntry entry = entry(link);
        if (entry.isGoneBefore(begun)) {
            violations.add(goneKind(entry), "Seen after it was gone: " + link);
        }
    }

    /** A read or a change did not find this image. */
    synchronized void notFoundToRead(Link link) {
        if (fate(entry(link)) == Fate.LIVE) {
            violations.add(Kind.LOST, "Nobody asked to delete what was not found: " + link);
        }
    }

    // ---- how images are shared

    /** Somebody who is not its owner saw this image, and began to look at that time. */
    synchronized void shown(long begun, Link link) {
        if (entry(link).isPrivateSinceBefore(begun)) {
            violations.add(Kind.EXPOSED, "Shown to a stranger: " + link);
        }
    }

    /** Somebody who is not its owner did not find this image, and began to look at that time. */
    synchronized void hidden(long begun, Link link) {
        LedgerEntry entry = entry(link);
        if (fate(entry) == Fate.LIVE && entry.isPublicSinceBefore(begun)) {
            violations.add(Kind.LOST, "Not shown to a stranger, though it is for everybody: " + link);
        }
    }

    /**
     * This change is going to be asked for.
     *
     * @return whether it may be: no other one is under way or in doubt
     */
    synchronized boolean changing(Link link, Change change) {
        return entry(link).changing(change);
    }

    /** A change that began at that time was acknowledged. */
    synchronized void changed(long begun, Link link, Change change, Terms answered) {
        found(begun, link);
        if (!change.isDoneIn(answered)) {
            violations.add(Kind.OTHER, "After " + change + " an image is shared as " + answered + ": " + link);
        }
        entry(link).changed(begun, change, now());
    }

    /** Its bytes are going to be asked for. */
    synchronized void viewing(Link link) {
        entry(link).viewing();
    }

    /** Its bytes were sent. */
    synchronized void viewed(Link link) {
        if (!entry(link).viewed()) {
            violations.add(Kind.OVERSTAYED, "Seen more often than it may be: " + link);
        }
    }

    /** From now on, images may end that have an end. */
    synchronized void endsBegin() {
        ending = true;
    }

    /** The end of this image has come. */
    synchronized void ended(SharedLink image) {
        LedgerEntry entry = entry(image);
        if (entry.isUnlimited()) {
            violations.add(Kind.LOST, "It was to have no end: " + image);
        }
        entry.ended(now());
    }

    /** No image ends any more. */
    synchronized void endsAreOver() {
        ending = false;
    }

    /** All images that only their owners may see. */
    synchronized List<Link> privateLinks() {
        return byFilename.values().stream()
                .filter(LedgerEntry::isPrivate)
                .filter(entry -> fate(entry) != Fate.GONE)
                .map(LedgerEntry::link)
                .toList();
    }

    // ---- what there is

    /** All images with one of these fates at this moment, each once. */
    synchronized List<Link> links(Fate... fates) {
        Set<Fate> wanted = Set.of(fates);
        return byFilename.values().stream()
                .filter(entry -> wanted.contains(fate(entry)))
                .map(LedgerEntry::link)
                .toList();
    }

    /** All images that were found to be gone since that time. */
    synchronized List<Link> goneSince(long time) {
        return byFilename.values().stream()
                .filter(entry -> entry.isGoneAfter(time))
                .map(LedgerEntry::link)
                .toList();
    }

    /**
     * Compares with the images that there are while no request is under way, and removes all doubts: from now on what
     * there is has to stay, and what there is not must not come back.
     */
    synchronized void settle(Collection<SharedLink> found) {
        Map<String, SharedLink> present = new HashMap<>();
        found.forEach(image -> present.put(image.link().filename(), image));
        deletionsInDoubt.forEach(links -> requireAllOrNothing(links, present.keySet()));
        deletionsInDoubt.clear();
        for (LedgerEntry entry : byFilename.values()) {
            Optional.ofNullable(present.remove(entry.link().filename()))
                    .ifPresentOrElse(image -> settle(entry, image), () -> settleGone(entry));
        }
        for (SharedLink image : present.values()) {
            Link link = image.link();
            if (!picturesInDoubt.contains(new OwnedDigest(link.owner(), link.digest()))) {
                violations.add(Kind.OTHER, "An image that nobody was told of: " + link);
            }
            entry(image).settle(image.terms(), now());
        }
        picturesInDoubt.clear();
    }

    private void requireAllOrNothing(List<Link> deleted, Set<String> present) {
        List<Link> deletedByNobodyElse = deleted.stream()
                .filter(link -> entry(link).isAskedToBeDeletedOnce(ending))
                .toList();
        long left = deletedByNobodyElse.stream()
                .filter(link -> present.contains(link.filename()))
                .count();
        if (left > 0 && left < deletedByNobodyElse.size()) {
            violations.add(Kind.OTHER, "A deletion was done in part: " + deletedByNobodyElse);
        }
    }

    private void settle(LedgerEntry entry, SharedLink found) {
        if (!found.link().equals(entry.link())) {
            violations.add(Kind.LOST, entry.link() + " has become " + found.link());
        }
        if (fate(entry) == Fate.GONE) {
            violations.add(goneKind(entry), "Still in the database: " + found);
        }
        if (!entry.mayBeSharedWith(found.terms())) {
            violations.add(
                    found.terms().isPrivate() ? Kind.LOST : Kind.EXPOSED, "Others may see it than before: " + found);
        }
        if (entry.isUnlimited() && found.terms().ends()) {
            violations.add(Kind.LOST, "It was to have no end: " + found);
        }
        if (!entry.mayHaveLeft(found.terms().views())) {
            violations.add(Kind.OVERSTAYED, "Its views were not counted: " + found);
        }
        entry.settle(found.terms(), now());
    }

    private void settleGone(LedgerEntry entry) {
        if (fate(entry) == Fate.LIVE) {
            violations.add(Kind.LOST, "Not in the database any more: " + entry.link());
        }
        entry.gone(now());
    }

    private static Kind goneKind(LedgerEntry entry) {
        return entry.hasEnded() ? Kind.OVERSTAYED : Kind.UNDELETED;
    }

    private Fate fate(LedgerEntry entry) {
        return entry.fate(ending);
    }

    private LedgerEntry entry(SharedLink image) {
        return byFilename.computeIfAbsent(image.link().filename(), filename -> {
            LedgerEntry entry = new LedgerEntry(image, now());
            byDigest.put(image.link().digest(), entry);
            return entry;
        });
    }

    /** Of an image that was heard of before. */
    private LedgerEntry entry(Link link) {
        return Objects.requireNonNull(byFilename.get(link.filename()), link::toString);
    }
}
