package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.dedup.Protocol.PICTURE;

import com.google.common.collect.Iterables;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.schedule.Answer;
import io.github.imagehost.core.schedule.CallKind;
import io.github.imagehost.core.schedule.Ports;
import io.github.imagehost.core.schedule.Scenario;
import io.github.imagehost.core.schedule.Script;
import io.github.imagehost.core.testing.TestContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Uploads, variants, deletions and sweeps as somebody might have written them who did not think of everything. */
final class MistakenProtocol {

    private static final int NO_LIMIT = 1000;

    private MistakenProtocol() {}

    static Script uploadThatPutsBeforeItReserves(OwnerId owner) {
        return ports -> ports.perform(() -> {
            UploadRequest request = request(ports, owner);
            ports.store().put(request.objectKey(), PICTURE);
            return upload(ports, request, reservation -> ports.ledger().complete(reservation));
        });
    }

    static Script uploadThatAnswersBeforeItCompletes(OwnerId owner) {
        return ports -> ports.perform(() -> upload(ports, request(ports, owner), reservation -> {
            ports.store().put(reservation.request().objectKey(), PICTURE);
            ports.answer(uploaded(owner, imageToBe(reservation)));
            return ports.ledger().complete(reservation);
        }));
    }

    /** What the repository would make of the reservation. */
    private static Image imageToBe(Reservation<UploadRequest> reservation) {
        UploadRequest request = reservation.request();
        return new Image(
                reservation.blobId() + 1,
                request.owner(),
                request.filename(),
                request.originalName(),
                request.content(),
                request.objectKey(),
                Instant.EPOCH,
                Instant.EPOCH,
                request.sharing());
    }

    static Script uploadThatDeletesItsObjectWhenItCannotComplete(OwnerId owner) {
        return ports -> ports.perform(() -> upload(ports, request(ports, owner), reservation -> {
            ports.store().put(reservation.request().objectKey(), PICTURE);
            try {
                return ports.ledger().complete(reservation);
            } catch (RepositoryException e) {
                ports.store().delete(List.of(reservation.request().objectKey()));
                throw e;
            }
        }));
    }

    static Script uploadThatDeletesItsObjectWhenItsImageIsGone(OwnerId owner) {
        return ports -> ports.perform(() -> upload(ports, request(ports, owner), reservation -> {
            ports.store().put(reservation.request().objectKey(), PICTURE);
            Optional<Image> image;
            try {
                image = ports.ledger().complete(reservation);
            } catch (CommitStateUnknownException e) {
                image = ports.ledger().complete(reservation);
            }
            if (image.isEmpty()) {
                ports.store().delete(List.of(reservation.request().objectKey()));
            }
            return image;
        }));
    }

    static Script uploadThatTellsOfOthers(OwnerId owner) {
        return ports -> ports.perform(() -> {
            if (ports.ledger().claim(request(ports, owner)) instanceof Claim.Attached<UploadRequest, Image> attached) {
                return new Answer.Uploaded(owner, new Upload(attached.item(), true), Sharing.UNLIMITED);
            }
            throw givingUp();
        });
    }

    static Script uploadThatForgetsTheTime(OwnerId owner) {
        return ports -> ports.perform(() -> upload(
                owner,
                new Uploads(
                        ports.store(),
                        ports.ledger(),
                        ports.ledger()::find,
                        Protocol.TIMING,
                        ports.filenames(),
                        () -> 0,
                        2)));
    }

    static Script uploadUnderTheSameKeyAsBefore(OwnerId owner) {
        return ports -> ports.perform(() -> upload(
                owner,
                new Uploads(
                        ports.store(),
                        ports.ledger(),
                        ports.ledger()::find,
                        Protocol.TIMING,
                        type -> ports.filename("digest.png"),
                        ports.nanoTime(),
                        1)));
    }

    static Script uploadThatLooksAndReservesInTwoSteps(OwnerId owner) {
        return ports -> ports.perform(() -> {
            UploadRequest request = request(ports, owner);
            boolean isNew = ports.call(
                    "look for the digest",
                    CallKind.READ,
                    world -> world.repository().blobs().isEmpty());
            if (!isNew) {
                throw givingUp();
            }
            Reservation<UploadRequest> reservation = ports.call(
                    "reserve " + request.filename(),
                    CallKind.CHANGE,
                    world -> ((MistakenRepository.InTwoSteps) world.repository()).reserveWithoutLooking(request));
            ports.store().put(request.objectKey(), PICTURE);
            return uploaded(owner, ports.ledger().complete(reservation).orElseThrow(MistakenProtocol::givingUp));
        });
    }

    static Script uploadThatCompletesBeforeItPuts(OwnerId owner) {
        return ports -> ports.perform(() -> upload(ports, request(ports, owner), reservation -> {
            Optional<Image> image = ports.ledger().complete(reservation);
            ports.store().put(reservation.objectKey(), PICTURE);
            return image;
        }));
    }

    static Script uploadThatDeletesWhatItBroughtBackWhenItCannotComplete(OwnerId owner) {
        return ports -> ports.perform(() -> upload(ports, request(ports, owner), reservation -> {
            ports.store().put(reservation.objectKey(), PICTURE);
            try {
                return ports.ledger().complete(reservation);
            } catch (RepositoryException e) {
                ports.store().delete(List.of(reservation.objectKey()));
                throw e;
            }
        }));
    }

    static Script repairThatLooksAtTheBlobLast() {
        return ports -> ports.perform(() -> {
            List<ObjectKey> keys = ports.ledger().blobs(Optional.empty(), NO_LIMIT).stream()
                    .map(BlobEntry::objectKey)
                    .filter(key -> ports.store().size(key).isEmpty())
                    .toList();
            keys.forEach(key -> ports.ledger().blobAt(key).ifPresent(ports.ledger()::markMissing));
            return new Answer.Repaired();
        });
    }

    static Script repetitionThatDoesNotAskForTheOutcome(OwnerId owner, String earlierFilename) {
        return ports -> ports.perform(() -> {
            ports.filename(earlierFilename);
            return upload(owner, uploads(ports));
        });
    }

    static Script repetitionThatTakesAnyImageForItsOwn(OwnerId owner, String earlierFilename) {
        return ports -> ports.perform(() -> {
            Claim<UploadRequest, Image> claim = ports.ledger().claim(request(owner, ports.filename(earlierFilename)));
            if (claim instanceof Claim.Existing<UploadRequest, Image> existing) {
                return uploaded(owner, existing.item());
            }
            if (claim instanceof Claim.Attached<UploadRequest, Image> attached) {
                return uploaded(owner, attached.item());
            }
            throw givingUp();
        });
    }

    static Script repetitionThatClaimsUnderTheEarlierName(OwnerId owner, String earlierFilename) {
        return ports -> ports.perform(() -> {
            Claim<UploadRequest, Image> claim = ports.ledger().claim(request(owner, ports.filename(earlierFilename)));
            if (claim instanceof Claim.Reserved<UploadRequest, Image> reserved) {
                ports.ledger().abandon(reserved.reservation());
            }
            return claim.found()
                    .<Answer>map(image -> new Answer.Uploaded(
                            owner, new Upload(image, !image.filename().equals(earlierFilename)), Sharing.UNLIMITED))
                    .orElseGet(() -> upload(owner, uploads(ports)));
        });
    }

    static Script repetitionThatUsesAnOldReservation(OwnerId owner, String earlierFilename) {
        return ports ->
                ports.perform(() -> upload(ports, request(owner, ports.filename(earlierFilename)), reservation -> {
                    ports.store().put(reservation.objectKey(), PICTURE);
                    return ports.ledger().complete(reservation);
                }));
    }

    private static Uploads uploads(Ports ports) {
        return new Uploads(
                ports.store(),
                ports.ledger(),
                ports.ledger()::find,
                Protocol.TIMING,
                ports.filenames(),
                ports.nanoTime(),
                1);
    }

    static Script variantThatPutsBeforeItReserves() {
        return Protocol.askingForVariant((ports, image) -> {
            VariantRequest request = request(ports, image);
            ports.store().put(request.objectKey(), rendered(ports));
            return variant(ports, request, reservation -> complete(ports, reservation));
        });
    }

    static Script variantThatAnswersBeforeItCompletes() {
        return Protocol.askingForVariant((ports, image) -> variant(ports, request(ports, image), reservation -> {
            ports.store().put(reservation.request().objectKey(), rendered(ports));
            ports.answer(new Answer.Derived(image, variantToBe(ports, reservation)));
            return complete(ports, reservation);
        }));
    }

    static Script variantThatDeletesItsObjectWhenItCannotComplete() {
        return Protocol.askingForVariant((ports, image) -> variant(ports, request(ports, image), reservation -> {
            ports.store().put(reservation.request().objectKey(), rendered(ports));
            try {
                return complete(ports, reservation);
            } catch (RepositoryException e) {
                ports.store().delete(List.of(reservation.request().objectKey()));
                throw e;
            }
        }));
    }

    static Script variantThatTakesALostReservationForADeletion() {
        return Protocol.askingForVariant((ports, image) -> {
            VariantRequest request = request(ports, image);
            if (ports.ledger().claimVariant(request) instanceof Claim.Reserved<VariantRequest, Variant> reserved) {
                ports.store().put(request.objectKey(), rendered(ports));
                return complete(ports, reserved.reservation());
            }
            throw givingUp();
        });
    }

    static Script variantThatForgetsTheTime() {
        return Protocol.askingForVariant(
                (ports, image) -> Protocol.variants(ports, () -> 0, 1).variant(image, Protocol.THUMBNAIL));
    }

    private static VariantRequest request(Ports ports, Image image) {
        return Protocol.variants(ports, ports.nanoTime(), 1).newRequest(image, Protocol.THUMBNAIL);
    }

    /** The variant that the mistakes are made in: it is right but for what it does with its reservation. */
    private static Optional<Variant> variant(
            Ports ports,
            VariantRequest request,
            Function<Reservation<VariantRequest>, Optional<Variant>> storeAndComplete) {
        Claim<VariantRequest, Variant> claim = ports.ledger().claimVariant(request);
        if (claim instanceof Claim.Existing<VariantRequest, Variant> stored) {
            return Optional.of(stored.item());
        }
        if (claim instanceof Claim.SourceGone) {
            return Optional.empty();
        }
        if (claim instanceof Claim.Reserved<VariantRequest, Variant> reserved) {
            return Optional.of(storeAndComplete.apply(reserved.reservation()).orElseThrow(MistakenProtocol::givingUp));
        }
        throw givingUp();
    }

    private static Optional<Variant> complete(Ports ports, Reservation<VariantRequest> reservation) {
        Variant variant = variantToBe(ports, reservation);
        return Optional.of(variant)
                .filter(made -> ports.ledger().completeVariant(reservation, made.digest(), made.size()));
    }

    private static Variant variantToBe(Ports ports, Reservation<VariantRequest> reservation) {
        ObjectContent content = rendered(ports);
        return new Variant(
                reservation.request().objectKey(), reservation.request().type(), content.digest(), content.size());
    }

    private static ObjectContent rendered(Ports ports) {
        return TestContent.of(ports.party().getBytes(StandardCharsets.UTF_8));
    }

    static Script deletionThatDeletesTheObjectFirst(OwnerId owner) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            ObjectKey key = ports.call(
                    "look for the object",
                    CallKind.READ,
                    world -> Iterables.getOnlyElement(world.repository().images())
                            .objectKey());
            ports.store().delete(List.of(key));
            return deleted(owner, ports.ledger().remove(owner, ids).removed());
        });
    }

    static Script deletionThatIsAnsweredAnyway(OwnerId owner) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            try {
                return deleted(owner, ports.ledger().remove(owner, ids).removed());
            } catch (RepositoryException e) {
                return deleted(owner, Set.copyOf(ids));
            }
        });
    }

    static Script deletionThatFailsWithTheStore(OwnerId owner) {
        return ports -> ports.perform(() -> {
            Removal removal = ports.ledger().remove(owner, ports.ledger().list(owner));
            new Eraser(ports.store(), ports.ledger()).erase(removal.condemned());
            return deleted(owner, removal.removed());
        });
    }

    static Script deletionInTwoTransactions(OwnerId owner) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            List<Long> unused = ports.call("remove " + ids, CallKind.CHANGE, world -> {
                world.mayRemove(owner, ids);
                return ((MistakenRepository.InTwoSteps) world.repository()).removeWithoutCondemning(owner, ids);
            });
            ports.call(
                    "condemn blobs " + unused,
                    CallKind.CHANGE,
                    world -> ((MistakenRepository.InTwoSteps) world.repository())
                            .condemnWithoutLooking(PICTURE.descriptor().digest(), unused));
            return deleted(owner, Set.copyOf(ids));
        });
    }

    static Script deletionOfEverybodysImages(OwnerId owner, OwnerId other) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            ports.call("remove all images of the digest", CallKind.CHANGE, world -> {
                world.mayRemove(owner, ids);
                List<Long> others = world.repository().images().stream()
                        .filter(image -> image.owner().equals(other))
                        .map(Image::id)
                        .toList();
                world.repository().remove(other, others);
                return world.repository().remove(owner, ids);
            });
            return deleted(owner, Set.copyOf(ids));
        });
    }

    static Script sweepThatIgnoresErrors() {
        return ports -> ports.perform(() -> {
            ports.ledger().condemnExpired();
            List<CondemnedBlob> condemned = ports.ledger().condemned(0, NO_LIMIT);
            ports.store().delete(keys(condemned));
            ports.ledger().forget(condemned);
            return new Answer.Swept();
        });
    }

    static Script sweepThatCondemnsNothing() {
        return ports -> ports.perform(() -> {
            new Eraser(ports.store(), ports.ledger()).erase(ports.ledger().condemned(0, NO_LIMIT));
            return new Answer.Swept();
        });
    }

    static Script sweepThatForgetsNothing() {
        return ports -> ports.perform(() -> {
            ports.ledger().condemnExpired();
            ports.store().delete(keys(ports.ledger().condemned(0, NO_LIMIT)));
            return new Answer.Swept();
        });
    }

    static Script sweepThatForgetsBeforeItDeletes() {
        return ports -> ports.perform(() -> {
            ports.ledger().condemnExpired();
            List<CondemnedBlob> condemned = ports.ledger().condemned(0, NO_LIMIT);
            ports.ledger().forget(condemned);
            ports.store().delete(keys(condemned));
            return new Answer.Swept();
        });
    }

    private static List<ObjectKey> keys(List<CondemnedBlob> blobs) {
        return blobs.stream().map(CondemnedBlob::objectKey).toList();
    }

    private static UploadRequest request(Ports ports, OwnerId owner) {
        return request(owner, ports.filenames().apply(PICTURE.descriptor().type()));
    }

    private static UploadRequest request(OwnerId owner, String filename) {
        return new UploadRequest(owner, PICTURE.descriptor(), PICTURE.originalName(), filename, Scenario.LEASE);
    }

    /** The upload that the mistakes are made in: it is right but for what it does with its reservation. */
    private static Answer upload(
            Ports ports,
            UploadRequest request,
            Function<Reservation<UploadRequest>, Optional<Image>> storeAndComplete) {
        Claim<UploadRequest, Image> claim = ports.ledger().claim(request);
        if (claim instanceof Claim.Existing<UploadRequest, Image> existing) {
            return new Answer.Uploaded(request.owner(), new Upload(existing.item(), true), request.sharing());
        }
        if (claim instanceof Claim.Attached<UploadRequest, Image> attached) {
            return uploaded(request.owner(), attached.item());
        }
        if (claim instanceof Claim.Reserved<UploadRequest, Image> reserved) {
            Image image = storeAndComplete.apply(reserved.reservation()).orElseThrow(MistakenProtocol::givingUp);
            return uploaded(request.owner(), image);
        }
        throw givingUp();
    }

    private static Answer uploaded(OwnerId owner, Image image) {
        return new Answer.Uploaded(owner, new Upload(image, false), Sharing.UNLIMITED);
    }

    private static Answer upload(OwnerId owner, Uploads uploads) {
        return new Answer.Uploaded(owner, uploads.upload(owner, PICTURE), Sharing.UNLIMITED);
    }

    private static Answer deleted(OwnerId owner, Set<Long> ids) {
        return new Answer.Deleted(owner, ids);
    }

    private static RuntimeException givingUp() {
        return new UploadBusyException("Not what this script is about");
    }
}
