package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The ports as one party of a schedule sees them: each call happens when the schedule says so, and ends as it says. */
public final class Ports {

    private final Caller caller;
    private final Ledger ledger = new Ledger();
    private final Store store = new Store();
    private final Set<String> filenamesOfOperation = new HashSet<>();
    private int filenamesGiven;

    Ports(Caller caller) {
        this.caller = caller;
    }

    /** The party's name. */
    public String party() {
        return caller.name();
    }

    /** The store. */
    public ImageStore store() {
        return store;
    }

    /** The repository's ledgers. */
    public Ledger ledger() {
        return ledger;
    }

    /** Tells the time as the party could know it when it got its last answer. */
    public LongSupplier nanoTime() {
        return caller::time;
    }

    /**
     * Makes fresh names, which begin with the party's. Whoever takes one starts over: what follows may depend on how
     * many were taken, and on the time, but on no answer from before.
     */
    public Function<ImageType, String> filenames() {
        return type -> {
            caller.startOver();
            return filename(caller.name() + "-" + ++filenamesGiven + "." + type.extension());
        };
    }

    /** Takes a name for what the party makes now, whether it is fresh or not. */
    public String filename(String filename) {
        filenamesOfOperation.add(filename);
        return filename;
    }

    /** Does something to its end and tells the answer, or that it failed. */
    public void perform(Supplier<Answer> operation) {
        filenamesOfOperation.clear();
        try {
            answer(operation.get());
        } catch (RuntimeException e) {
            caller.fail(e, filenamesOfOperation);
        }
    }

    /** Tells somebody an answer. */
    public void answer(Answer answer) {
        caller.answer(answer, filenamesOfOperation);
    }

    /** The store loses all its objects: one step of a schedule. */
    public void loseObjects() {
        call("the store loses everything", CallKind.ACCIDENT, World::loseObjects);
    }

    /** It is {@link Scenario#IMAGE_END}, if that was not before: one step of a schedule. */
    public void endImages() {
        call("images end", CallKind.ACCIDENT, World::endImages);
    }

    /** Makes a call that the ports don't have: one step of a schedule. */
    public <T> T call(String description, CallKind kind, Function<World, T> effect) {
        return call(description, kind, effect, List.of());
    }

    private <T> T call(String description, CallKind kind, Function<World, T> effect, Collection<ObjectKey> keys) {
        return call(description, kind, effect, keys, world -> false);
    }

    @SuppressWarnings("unchecked") // the answer is what the effect gave
    private <T> T call(
            String description,
            CallKind kind,
            Function<World, T> effect,
            Collection<ObjectKey> keys,
            Predicate<World> mustWait) {
        return (T) caller.call(new Call(description, kind, effect::apply, List.copyOf(keys), mustWait, caller.time()));
    }

    private void run(String description, CallKind kind, Consumer<World> effect, Collection<ObjectKey> keys) {
        call(
                description,
                kind,
                world -> {
                    effect.accept(world);
                    return "done";
                },
                keys);
    }

    /** All ledgers of the repository. */
    public final class Ledger implements UploadLedger, VariantLedger, DeletionLedger, BlobCatalog {

        private Ledger() {}

        @Override
        public Claim<UploadRequest, Image> claim(UploadRequest request) {
            return call(
                    "claim " + request.filename(),
                    CallKind.CLAIM,
                    world -> world.repository().claim(request),
                    List.of(),
                    world -> world.repository().isBusy(request));
        }

        @Override
        public Optional<Image> complete(Reservation<UploadRequest> reservation) {
            return call(
                    "complete " + reservation.request().filename(),
                    CallKind.COMPLETION,
                    world -> world.repository().complete(reservation));
        }

        @Override
        public boolean isLost(ObjectKey key) {
            return call(
                    "ask whether " + key + " is lost",
                    CallKind.READ,
                    world -> world.repository().isLost(key));
        }

        @Override
        public void abandon(Reservation<?> reservation) {
            run(
                    "abandon " + reservation.request().objectKey(),
                    CallKind.CHANGE,
                    world -> world.repository().abandon(reservation),
                    List.of());
        }

        @Override
        public Claim<VariantRequest, Variant> claimVariant(VariantRequest request) {
            return call(
                    "claim " + request.objectKey(),
                    CallKind.CHANGE,
                    world -> world.repository().claimVariant(request),
                    List.of(),
                    world -> world.repository().isBusy(request));
        }

        @Override
        public boolean completeVariant(Reservation<VariantRequest> reservation, Digest digest, long size) {
            return call(
                            "complete " + reservation.request().objectKey(),
                            CallKind.CHANGE,
                            world -> Optional.of(reservation)
                                    .filter(held -> world.repository().completeVariant(held, digest, size)))
                    .isPresent();
        }

        @Override
        public Removal remove(OwnerId owner, Collection<Long> ids) {
            return call("remove " + ids, CallKind.CHANGE, world -> {
                world.mayRemove(owner, ids);
                return world.repository().remove(owner, ids);
            });
        }

        @Override
        public Removal removeEnded(int limit) {
            // in a list: with a removal of its own, a party has done what it was asked for
            return call(
                            "remove what has ended",
                            CallKind.CHANGE,
                            world -> List.of(world.repository().removeEnded(limit)))
                    .get(0);
        }

        @Override
        public int condemnExpired() {
            return call(
                    "condemn expired reservations",
                    CallKind.CHANGE,
                    world -> world.repository().condemnExpired());
        }

        @Override
        public List<CondemnedBlob> condemned(long afterBlobId, int limit) {
            return call(
                    "list the condemned",
                    CallKind.READ,
                    world -> world.repository().condemned(afterBlobId, limit));
        }

        @Override
        public void forget(Collection<CondemnedBlob> blobs) {
            List<CondemnedBlob> all = new ArrayList<>(blobs);
            run(
                    "forget " + all.stream().map(CondemnedBlob::objectKey).toList(),
                    CallKind.CHANGE,
                    world -> world.repository().forget(all),
                    List.of());
        }

        @Override
        public List<BlobEntry> blobs(Optional<ObjectKey> after, int limit) {
            return call(
                    "list all blobs", CallKind.READ, world -> world.repository().blobs(after, limit));
        }

        @Override
        public Optional<BlobEntry> blobAt(ObjectKey key) {
            return call(
                    "look at the blob of " + key,
                    CallKind.READ,
                    world -> world.repository().blobAt(key));
        }

        @Override
        public boolean markMissing(BlobEntry blob) {
            return call(
                    "note that " + blob.objectKey() + " is missing",
                    CallKind.CHANGE,
                    world -> world.repository().markMissing(blob));
        }

        @Override
        public boolean markPresent(BlobEntry blob) {
            return call(
                    "note that " + blob.objectKey() + " is back",
                    CallKind.CHANGE,
                    world -> world.repository().markPresent(blob));
        }

        /** The image with this name, whoever owns it. */
        public Optional<Image> find(String filename) {
            return call(
                    "find " + filename,
                    CallKind.READ,
                    world -> world.repository().findByFilename(filename));
        }

        /** The numbers of all images of an owner. */
        public List<Long> list(OwnerId owner) {
            return call(
                    "list the images of owner " + owner.value(),
                    CallKind.READ,
                    world -> world.repository().images().stream()
                            .filter(image -> image.owner().equals(owner))
                            .map(Image::id)
                            .toList());
        }
    }

    private final class Store implements ImageStore {

        @Override
        public void put(ObjectKey key, ObjectContent content) {
            run(
                    "put " + key,
                    CallKind.PUT,
                    world -> {
                        world.objects().put(key, content);
                        world.invariants().put(caller.name(), key);
                    },
                    List.of(key));
        }

        @Override
        public Map<ObjectKey, String> delete(Collection<ObjectKey> keys) {
            return call(
                    "delete " + keys, CallKind.DELETE, world -> world.objects().delete(keys), keys);
        }

        @Override
        public InputStream open(ObjectKey key) {
            return get(key, store -> store.open(key));
        }

        @Override
        public InputStream open(ObjectKey key, ByteRange range) {
            return get(key, store -> store.open(key, range));
        }

        private InputStream get(ObjectKey key, Function<ImageStore, InputStream> opening) {
            ByteBuffer bytes = call("get " + key, CallKind.GET, world -> {
                try (InputStream object = opening.apply(world.objects())) {
                    return ByteBuffer.wrap(object.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return new ByteArrayInputStream(bytes.array());
        }

        @Override
        public Optional<Long> size(ObjectKey key) {
            return call(
                    "look for the object " + key,
                    CallKind.GET,
                    world -> world.objects().size(key));
        }

        @Override
        public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
            return call(
                    "list all objects", CallKind.GET, world -> world.objects().list(after, limit));
        }

        @Override
        public void check() {
            run(
                    "ask the store for a sign of life",
                    CallKind.GET,
                    world -> world.objects().check(),
                    List.of());
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("The protocol has no such step");
        }
    }
}
