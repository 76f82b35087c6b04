package io.github.imagehost.core.schedule;

import io.github.imagehost.core.fsck.Quarantine;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.testing.BlobRow;
import io.github.imagehost.core.testing.BlobState;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.TestContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must always be true of a repository, a store and what people were told:
 *
 * <ol>
 *   <li>A live image has its bytes, and so has each of its variants that is stored; what somebody was told of stays.
 *       The bytes may be absent only if the store has lost them, and until they are put there again. A blob is noted as
 *       missing only while its object is not there, and is taken for whole again only when it is.
 *   <li>There is one live blob of the same bytes at the most, and one image of it for each owner.
 *   <li>Every object in the store is named by a row.
 *   <li>Success is told only of what is durable, and of what is noted as missing only to whoever had stored it before
 *       that, and has not put it there again since. Failure is not told of what was done, and nothing is called gone
 *       that is there.
 *   <li>After a crash, sweeps leave live blobs with their objects, and nothing else. Variants go in the same step as
 *       their source. Of what the store has lost, a repair leaves it noted, and an upload of the same bytes everything
 *       as if nothing was lost.
 *   <li>What was deleted does not come back, and no object key is used twice.
 *   <li>No image goes that its owner did not delete and that has not ended.
 *   <li>Nobody is told whether somebody else has a picture.
 *   <li>Nobody has more than its quota allows, and nobody else is told that it would.
 *   <li>What is uploaded lasts as long as whoever uploaded it wanted, or longer; what has ended is deleted.
 *   <li>Who may see an image is what its first upload said.
 * </ol>
 */
final class Invariants {

    private final InMemoryMetadataRepository repository;
    private final InMemoryImageStore objects;
    private final Clock clock;
    /** Every image that was ever live. */
    private final Map<Long, Image> known = new TreeMap<>();

    private final Set<Long> removable = new TreeSet<>();
    private final Set<String> goneFilenames = new TreeSet<>();
    private final Map<ObjectKey, Long> blobsByKey = new TreeMap<>();
    /** The variants that somebody was told of, by the numbers of their images, as far as those are live. */
    private final Map<Long, Set<ObjectKey>> toldVariants = new TreeMap<>();

    /** The objects that the store has lost and that were not put there again, unless they are noted as missing. */
    private final Set<ObjectKey> lost = new TreeSet<>();

    /** What is noted as missing. */
    private final Set<ObjectKey> missing = new TreeSet<>();

    /** Who has put what is noted as missing there again, by the objects' keys. */
    private final Map<ObjectKey, Set<String>> broughtBack = new TreeMap<>();

    private boolean knowsLosses;

    Invariants(InMemoryMetadataRepository repository, InMemoryImageStore objects, Clock clock) {
        this.repository = repository;
        this.objects = objects;
        this.clock = clock;
    }

    void copyFrom(Invariants original) {
        known.putAll(original.known);
        removable.addAll(original.removable);
        goneFilenames.addAll(original.goneFilenames);
        blobsByKey.putAll(original.blobsByKey);
        lost.addAll(original.lost);
        missing.addAll(original.missing);
        knowsLosses = original.knowsLosses;
        original.toldVariants.forEach((image, variants) -> toldVariants.put(image, new TreeSet<>(variants)));
        original.broughtBack.forEach((key, parties) -> broughtBack.put(key, new TreeSet<>(parties)));
    }

    void mayRemove(OwnerId owner, Collection<Long> ids) {
        ids.stream()
                .filter(id -> known.containsKey(id) && known.get(id).owner().equals(owner))
                .forEach(removable::add);
    }

    /** Says that the store has lost these objects. */
    void lose(Collection<ObjectKey> keys) {
        knowsLosses = true;
        lost.addAll(keys);
        broughtBack.keySet().removeAll(keys);
        toldVariants.values().forEach(variants -> variants.removeAll(keys));
    }

    /** Says that a party has put this object into the store. */
    void put(String party, ObjectKey key) {
        if (missing.contains(key)) {
            broughtBack.computeIfAbsent(key, missingKey -> new TreeSet<>()).add(party);
        }
    }

    /** Whether the store has ever lost something. */
    boolean knowsLosses() {
        return knowsLosses;
    }

    /** To be called after every step. */
    void check() {
        List<BlobRow> blobs = repository.blobs();
        List<Image> images = repository.images();
        Set<ObjectKey> stored = stored();
        Set<ObjectKey> storedBlobs = storedBlobs(blobs);
        checkObjectsHaveRows(stored, blobs);
        checkBlobs(blobs);
        checkLosses(blobs, stored);
        checkImagesHaveBytes(images, storedBlobs, stored);
        checkImagesStay(images);
        checkVariants(blobs, storedBlobs, stored);
        checkToldVariantsStay(images, storedBlobs);
        checkQuotas(images);
    }

    private void checkQuotas(List<Image> images) {
        for (Image image : images) {
            OwnerId owner = image.owner();
            Usage usage = repository.usage(owner);
            require(
                    9,
                    repository.quota(owner).allows(usage),
                    () -> "owner " + owner.value() + " has more than its quota allows: " + usage);
        }
    }

    /** What a repair has moved to quarantine is nobody's concern any more. */
    private Set<ObjectKey> stored() {
        Set<ObjectKey> stored = new HashSet<>(objects.keys());
        stored.removeIf(Quarantine::holds);
        return stored;
    }

    private void checkObjectsHaveRows(Set<ObjectKey> stored, List<BlobRow> blobs) {
        Set<ObjectKey> unnamed = new HashSet<>(stored);
        blobs.forEach(blob -> unnamed.remove(blob.key()));
        require(3, unnamed.isEmpty(), () -> "the objects " + unnamed + " are in the store, but no row names them");
    }

    private void checkBlobs(List<BlobRow> blobs) {
        Set<Object> liveDigests = new HashSet<>();
        for (BlobRow blob : blobs) {
            require(
                    2,
                    blob.state() == BlobState.CONDEMNED || liveDigests.add(blob.digest()),
                    () -> "there are two live blobs of the same bytes");
            Long first = blobsByKey.putIfAbsent(blob.key(), blob.id());
            require(
                    6,
                    first == null || first == blob.id(),
                    () -> "the object key " + blob.key() + " is used a second time");
        }
    }

    private void checkLosses(List<BlobRow> blobs, Set<ObjectKey> stored) {
        lost.removeAll(stored);
        for (BlobRow blob : blobs) {
            ObjectKey key = blob.key();
            if (blob.missing() && missing.add(key)) {
                require(1, !stored.contains(key), () -> key + " is noted as missing, but its object is there");
                lost.remove(key);
            }
            if (!blob.missing() && missing.remove(key) && blob.state() == BlobState.STORED) {
                require(1, stored.contains(key), () -> key + " is taken for whole again, but its object is not there");
            }
        }
        broughtBack.keySet().retainAll(missing);
    }

    private void checkImagesHaveBytes(List<Image> images, Set<ObjectKey> storedBlobs, Set<ObjectKey> stored) {
        Set<Object> ownersAndDigests = new HashSet<>();
        for (Image image : images) {
            require(
                    1,
                    isThereOrLost(image.objectKey(), stored),
                    () -> "the image " + image.filename() + " is live, but its object is not in the store");
            require(
                    1,
                    storedBlobs.contains(image.objectKey()),
                    () -> "the image " + image.filename() + " is live, but its blob is not");
            require(
                    2,
                    ownersAndDigests.add(List.of(image.owner(), image.content().digest())),
                    () -> "owner " + image.owner().value() + " has two images of the same bytes");
        }
    }

    private boolean isThereOrLost(ObjectKey key, Set<ObjectKey> stored) {
        return stored.contains(key) || lost.contains(key) || missing.contains(key);
    }

    private void checkVariants(List<BlobRow> blobs, Set<ObjectKey> storedBlobs, Set<ObjectKey> stored) {
        for (BlobRow blob : blobs) {
            if (blob.source().isEmpty() || blob.state() == BlobState.CONDEMNED) {
                continue;
            }
            require(
                    5,
                    storedBlobs.contains(blob.source().get()),
                    () -> "the variant " + blob.key() + " is live, but what it is derived from is not");
            if (blob.state() == BlobState.STORED) {
                require(
                        1,
                        isThereOrLost(blob.key(), stored),
                        () -> "the variant " + blob.key() + " is stored, but its object is not in the store");
                require(
                        1,
                        !stored.contains(blob.key()) || digestOf(blob.key()).equals(blob.storedDigest()),
                        () -> "the object of the variant " + blob.key() + " has other bytes");
            }
        }
    }

    private void checkToldVariantsStay(List<Image> images, Set<ObjectKey> storedBlobs) {
        if (toldVariants.isEmpty()) {
            return;
        }
        toldVariants.keySet().retainAll(images.stream().map(Image::id).collect(Collectors.toSet()));
        toldVariants.forEach((image, variants) -> require(
                1,
                storedBlobs.containsAll(variants),
                () -> "somebody was told of the variants " + variants + " of the live image " + image
                        + ", but they are not all there"));
    }

    private static Set<ObjectKey> storedBlobs(List<BlobRow> blobs) {
        Set<ObjectKey> stored = new HashSet<>();
        for (BlobRow blob : blobs) {
            if (blob.state() == BlobState.STORED) {
                stored.add(blob.key());
            }
        }
        return stored;
    }

    private void checkImagesStay(List<Image> images) {
        Set<Long> live = new HashSet<>();
        for (Image image : images) {
            live.add(image.id());
            @Nullable Image before = known.put(image.id(), image);
            require(
                    11,
                    before == null
                            || before.sharing().visibility() == image.sharing().visibility(),
                    () -> "who may see " + image.filename() + " was changed, but not by its owner");
            if (hasEnded(image)) {
                goneFilenames.add(image.filename());
            } else {
                require(
                        6,
                        !goneFilenames.contains(image.filename()),
                        () -> "the image " + image.filename() + " was deleted, and has come back");
            }
        }
        for (Image image : known.values()) {
            if (!live.contains(image.id())) {
                goneFilenames.add(image.filename());
                require(
                        7,
                        removable.contains(image.id()) || hasEnded(image),
                        () -> "the image " + image.filename() + " is gone, but its owner did not delete it");
            }
        }
    }

    private boolean hasEnded(Image image) {
        return image.sharing().hasEndedBy(clock.instant());
    }

    /** Of an image that was uploaded, or uploaded once more. */
    private void checkSharing(String party, Image image, boolean isNew, Sharing wanted) {
        require(
                11,
                !isNew || image.sharing().visibility() == wanted.visibility(),
                () -> party + " has got an image that others may see than was asked for");
        Sharing sharing = Objects.requireNonNull(known.get(image.id())).sharing();
        require(
                10,
                removable.contains(image.id())
                        || sharing.extendedTo(wanted).isLike(sharing)
                        || wanted.hasEndedBy(clock.instant()),
                () -> party + " was told of " + image.filename() + ", but that does not last as long as was asked for");
    }

    /**
     * To be called when a party tells an answer.
     *
     * @param ownFilenames the names that were made for what is answered
     */
    void afterAnswer(String party, Answer answer, Set<String> ownFilenames) {
        if (answer instanceof Answer.Uploaded uploaded) {
            Image image = uploaded.upload().image();
            require(
                    4,
                    known.containsKey(image.id()),
                    () -> party + " was told that " + image.filename() + " is stored, but it never was");
            require(
                    4,
                    !missing.contains(image.objectKey())
                            || ownFilenames.contains(image.objectKey().value()),
                    () -> party + " was told that " + image.filename() + " is stored, but it is noted as missing");
            require(
                    4,
                    !broughtBack.getOrDefault(image.objectKey(), Set.of()).contains(party),
                    () -> party + " has brought back " + image.objectKey() + ", but it is still noted as missing");
            require(8, image.owner().equals(uploaded.owner()), () -> party + " was told of somebody else's image");
            boolean isItsOwn = ownFilenames.contains(image.filename());
            require(
                    8,
                    uploaded.upload().duplicate() != isItsOwn,
                    () -> isItsOwn
                            ? party + " was told that somebody else has this picture"
                            : party + " was told that an older image is new");
            checkSharing(party, image, isItsOwn, uploaded.wanted());
        } else if (answer instanceof Answer.Derived derived) {
            toldVariants
                    .computeIfAbsent(derived.image().id(), id -> new TreeSet<>())
                    .add(derived.variant().objectKey());
            checkToldVariantsStay(repository.images(), storedBlobs(repository.blobs()));
        } else if (answer instanceof Answer.Gone gone) {
            require(
                    4,
                    goneFilenames.contains(gone.filename()),
                    () -> party + " was told that " + gone.filename() + " is gone, but it is live");
        } else if (answer instanceof Answer.Deleted deleted) {
            Set<Long> live = repository.images().stream().map(Image::id).collect(Collectors.toSet());
            for (long id : deleted.ids()) {
                require(
                        6,
                        !live.contains(id),
                        () -> party + " was told that image " + id + " is deleted, but it is live");
            }
        }
    }

    /**
     * To be called when a party is told that something failed.
     *
     * @param isDone whether it had learned that it was done
     * @param ownFilenames the names that were made for what failed
     */
    void afterFailure(String party, RuntimeException failure, boolean isDone, Set<String> ownFilenames) {
        require(4, !isDone, () -> party + " was told that it failed (" + failure.getMessage() + "), but it was done");
        if (failure instanceof QuotaExceededException) {
            require(
                    4,
                    repository.images().stream().map(Image::filename).noneMatch(ownFilenames::contains),
                    () -> party + " was refused (" + failure.getMessage() + "), but it has got its image");
            return;
        }
        require(
                4,
                failure instanceof Retryable,
                () -> party + " was told that it failed for good, but nobody did anything wrong: "
                        + failure.getMessage());
    }

    /** To be called when everybody has ended and sweeps find nothing more to do. */
    void checkSwept() {
        for (Image image : repository.images()) {
            require(
                    10,
                    !hasEnded(image),
                    () -> "the image " + image.filename() + " has ended, but is left by all sweeps");
        }
        for (BlobRow blob : repository.blobs()) {
            require(
                    5,
                    blob.state() == BlobState.STORED,
                    () -> "a blob is left " + blob.state() + " by all sweeps: " + blob);
            ObjectKey source = blob.source().orElse(blob.key());
            require(
                    5,
                    repository.images().stream()
                            .anyMatch(image -> image.objectKey().equals(source)),
                    () -> "the live blob " + blob.key() + " has no image");
        }
        Set<ObjectKey> whole = repository.blobs().stream()
                .filter(blob -> !blob.missing())
                .map(BlobRow::key)
                .collect(Collectors.toSet());
        require(
                5,
                stored().equals(whole),
                () -> "sweeps left the objects " + stored() + ", but live and not noted as missing are " + whole);
        repository.blobs().stream()
                .filter(blob -> !blob.missing())
                .forEach(blob -> require(
                        5,
                        digestOf(blob.key()).equals(blob.storedDigest()),
                        () -> "the object " + blob.key() + " has other bytes"));
    }

    /** To be called when everything that was missing should be there again. */
    void checkRestored() {
        require(5, missing.isEmpty(), () -> "nobody can bring back " + missing);
        checkSwept();
    }

    /** What of the past decides whether a future step is right. */
    String fingerprint() {
        StringBuilder fingerprint = new StringBuilder(200);
        known.values().forEach(image -> {
            fingerprint.append(image.filename()).append(',');
            image.sharing().expiresAt().ifPresent(fingerprint::append);
        });
        fingerprint
                .append(lost)
                .append(removable)
                .append(goneFilenames)
                .append(blobsByKey)
                .append(toldVariants)
                .append(broughtBack);
        return fingerprint.toString();
    }

    private Object digestOf(ObjectKey key) {
        try (InputStream in = objects.open(key)) {
            return TestContent.digestOf(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nearly always it holds, so that what is said otherwise is not even put together. */
    private static void require(int invariant, boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new BrokenInvariant(invariant, otherwise.get());
        }
    }

    /** An invariant does not hold. Not a {@link RuntimeException}, which scripts may catch. */
    @SuppressWarnings("serial") // never leaves the explorer
    static final class BrokenInvariant extends Error {

        BrokenInvariant(int invariant, String message) {
            super("Invariant " + invariant + " is broken: " + message);
        }
    }
}
