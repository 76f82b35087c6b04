package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.FurtherName;
import io.github.imagehost.core.port.repository.ImageArchive;
import io.github.imagehost.core.port.repository.ImageCatalog;
import io.github.imagehost.mysql.listing.Listing;
import io.github.imagehost.mysql.row.ImageRows;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds live images, as {@link ImageCatalog} and {@link ImageArchive} say. */
public final class ImageQueries implements ImageCatalog, ImageArchive {

    /** Every filename there can be: nothing else is looked for, since a database might take it for equal to one. */
    static final Pattern FILENAME = Pattern.compile("[!-~]{1,200}");

    private final Transactions transactions;

    public ImageQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Image> findById(OwnerId owner, long id) {
        return transactions.read(
                "find the image " + id,
                on -> on.images()
                        .selectById(owner.value(), id)
                        .or(() -> on.images().selectByFormerId(owner.value(), id))
                        .map(ImageRows::toImage));
    }

    @Override
    public Optional<Image> findByDigest(OwnerId owner, Digest digest) {
        return transactions.read(
                "find the image of " + digest,
                on -> on.blobs()
                        .selectLive(digest, owner.value())
                        .flatMap(row -> ImageRows.toImage(row, owner, digest)));
    }

    @Override
    public Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        transactions.requireOpen();
        if (digests.isEmpty()) {
            return Map.of();
        }
        List<Digest> distinct = List.copyOf(new LinkedHashSet<>(digests));
        return transactions.read(
                "find the images of " + distinct.size() + " digests",
                on -> Batches.of(distinct).stream()
                        .flatMap(batch -> on.images().selectExisting(owner.value(), batch).stream())
                        .map(ImageRows::toImage)
                        .collect(Collectors.toUnmodifiableMap(
                                image -> image.content().digest(), image -> image)));
    }

    @Override
    public Optional<Image> findByFilename(String filename) {
        transactions.requireOpen();
        if (!FILENAME.matcher(filename).matches()) {
            return Optional.empty();
        }
        return transactions.read("find the image " + filename, on -> ImageTable.find(on, filename));
    }

    @Override
    public ImagePage list(ImageQuery query) {
        return transactions.readSnapshot("list images of owner " + query.owner().value(), on -> Listing.of(on, query));
    }

    @Override
    public List<Image> imagesAfter(long id, int limit) {
        if (limit < 1 || limit > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A listing has a limit from 1 to " + ImageArchive.MAX_LIMIT + ", not " + limit);
        }
        return transactions.read(
                "list all images",
                on -> on.images().selectAfter(id, limit).stream()
                        .map(ImageRows::toImage)
                        .toList());
    }

    @Override
    public List<FurtherName> furtherNames(Collection<Long> imageIds) {
        List<Long> sorted = Batches.sorted(imageIds);
        if (sorted.size() > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "At most " + ImageArchive.MAX_LIMIT + " images can be asked for, not " + sorted.size());
        }
        transactions.requireOpen();
        if (sorted.isEmpty()) {
            return List.of();
        }
        return transactions.read(
                "list further names",
                on -> on.images().selectFurtherNames(sorted).stream()
                        .map(ImageRows::toFurtherName)
                        .toList());
    }
}
