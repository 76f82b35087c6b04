package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.Adoption.Obstacle;
import io.github.imagehost.core.port.repository.administration.AdoptionLedger;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.image.BlobRow;
import io.github.imagehost.mysql.row.image.BlobState;
import io.github.imagehost.mysql.row.image.ClaimRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes over objects that lie in the store already, as {@link AdoptionLedger} says. */
public final class Adoptions implements AdoptionLedger {

    private static final long NOBODY = 0;

    private final Transactions transactions;

    public Adoptions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Adoption adopt(AdoptionRequest request) {
        return adopt("adopt " + request.objectKey(), request, ImageTable::insert);
    }

    @Override
    public Adoption restore(AdoptionRequest request) {
        return adopt("restore " + request.objectKey(), request, ImageTable::insertBeyondQuotas);
    }

    private Adoption adopt(String operation, AdoptionRequest request, Insertion insertion) {
        if (!ImageQueries.FILENAME.matcher(request.filename()).matches()) {
            throw new IllegalArgumentException("No filename: '" + request.filename() + "'");
        }
        return transactions.untilDecided(
                operation, () -> transactions.write(operation, on -> adopt(on, request, insertion)));
    }

    /** How an image is made. */
    private interface Insertion {

        List<Image> insert(Statements on, List<NewImage> images);
    }

    /** Empty if somebody else was faster. */
    private static Optional<Adoption> adopt(Statements on, AdoptionRequest request, Insertion insertion) {
        Optional<Image> known = ImageTable.find(on, request.filename());
        if (known.isPresent()) {
            return Optional.of(
                    isOf(request, known.get())
                            ? new Adoption.Known(known.get())
                            : new Adoption.Refused(Obstacle.FILENAME_USED));
        }
        if (on.images().isFilenameUsed(request.filename())) {
            return Optional.of(new Adoption.Refused(Obstacle.FILENAME_USED));
        }
        if (request.id().isPresent() && on.images().isIdUsed(request.id().get())) {
            return Optional.of(new Adoption.Refused(Obstacle.ID_USED));
        }
        Optional<BlobRow> there = on.blobs().selectAt(request.objectKey().value());
        Optional<Obstacle> obstacle = there.flatMap(blob -> obstacle(blob, request.content()));
        if (obstacle.isPresent()) {
            return Optional.of(new Adoption.Refused(obstacle.get()));
        }
        Digest digest = request.content().digest();
        Optional<ClaimRow> live = on.blobs().selectLive(digest, request.owner().value());
        if (live.isPresent() && live.get().state() == BlobState.RESERVED) {
            return Optional.of(new Adoption.Refused(Obstacle.BUSY));
        }
        if (live.isEmpty()) {
            // an object of other bytes was found above, so that this one is not known at all
            long blobId = insertAdopted(on, request, null);
            String mimeType = request.content().type().mimeType();
            return Optional.of(adopted(on, insertion, ImageRows.toNewImage(request, blobId, mimeType)));
        }
        ImageRows.requireSize(live.get(), request.content());
        long blobId = live.get().blobId();
        if (on.blobs().checkStored(List.of(blobId)) == 0) {
            return Optional.empty();
        }
        Optional<Image> image = on.blobs()
                .selectLive(digest, request.owner().value())
                .flatMap(row -> ImageRows.toImage(row, request.owner(), digest));
        if (image.isPresent() && !image.get().sharing().isLike(request.sharing())) {
            return Optional.of(new Adoption.Refused(Obstacle.SHARED_OTHERWISE));
        }
        long objectId = there.map(BlobRow::id).orElseGet(() -> insertAdopted(on, request, blobId));
        if (image.isEmpty()) {
            return Optional.of(adopted(
                    on,
                    insertion,
                    ImageRows.toNewImage(request, blobId, live.get().mimeType())));
        }
        request.id().ifPresent(id -> {
            String mimeType = live.get().mimeType();
            takeOutOfUse(on, id, ImageRows.toNewImage(request, id, NOBODY, objectId, mimeType));
        });
        on.images()
                .insertAlias(
                        request.filename(),
                        request.id().orElse(null),
                        image.get().id(),
                        objectId);
        return Optional.of(new Adoption.Folded(image.get()));
    }

    /**
     * A database gives no new image an id that is not above all that there ever were, also those of rows that are gone.
     */
    private static void takeOutOfUse(Statements on, long id, NewImage image) {
        UploadStatements.insertImages(on, List.of(image));
        on.images().delete(List.of(id));
    }

    private static Adoption.Adopted adopted(Statements on, Insertion insertion, NewImage image) {
        return new Adoption.Adopted(insertion.insert(on, List.of(image)).get(0));
    }

    private static boolean isOf(AdoptionRequest request, Image image) {
        return image.owner().equals(request.owner())
                && image.content().digest().equals(request.content().digest());
    }

    private static Optional<Obstacle> obstacle(BlobRow there, ImageDescriptor content) {
        boolean isSame = there.digest().equals(content.digest())
                && there.storedDigest().equals(content.storedDigest())
                && there.state() != BlobState.CONDEMNED;
        if (!isSame) {
            return Optional.of(Obstacle.OBJECT_USED);
        }
        return there.state() == BlobState.RESERVED ? Optional.of(Obstacle.BUSY) : Optional.empty();
    }

    private static long insertAdopted(Statements on, AdoptionRequest request, @Nullable Long sourceId) {
        GeneratedId id = new GeneratedId();
        ImageDescriptor content = request.content();
        on.blobs()
                .insertAdopted(
                        content, content.type().mimeType(), request.objectKey().value(), sourceId, id);
        return id.getId();
    }
}
