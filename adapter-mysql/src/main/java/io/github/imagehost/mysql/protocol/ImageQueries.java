package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.ImageCatalog;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import io.github.imagehost.mysql.listing.Listing;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.transaction.BatchCounts;
import io.github.imagehost.mysql.transaction.Batcher;
import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds live images, as {@link ImageCatalog} and {@link ImageArchive} say. */
public final class ImageQueries implements ImageCatalog, ImageArchive {

    /** Every filename there can be: nothing else is looked for, since a database might take it for equal to one. */
    static final Pattern FILENAME = Pattern.compile("[!-~]{1,200}");

    /** Looks for more digests than this are not batched. */
    private static final int MOST_TO_SHARE = 10;

    private final Transactions transactions;
    private final Batcher<Look, Map<Digest, Image>> looks;

    public ImageQueries(Transactions transactions) {
        this.transactions = transactions;
        this.looks = new Batcher<>(transactions, "find images of digests", ImageQueries::findTogether);
    }

    /** How many looks for digests shared a batch. */
    public BatchCounts batchCounts() {
        return looks.counts();
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
    public Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        transactions.requireOpen();
        if (digests.isEmpty()) {
            return Map.of();
        }
        List<Digest> distinct = List.copyOf(new LinkedHashSet<>(digests));
        String operation = "find the images of " + distinct.size() + " digests";
        if (distinct.size() <= MOST_TO_SHARE) {
            return looks.call(operation, new Look(owner, distinct));
        }
        Map<Digest, Image> found = new HashMap<>();
        for (List<Digest> some : Chunks.of(distinct)) {
            List<Look> look = List.of(new Look(owner, some));
            findTogether(transactions, operation, () -> look).ifPresent(images -> found.putAll(images.get(0)));
        }
        return Collections.unmodifiableMap(found);
    }

    private static Optional<List<Map<Digest, Image>>> findTogether(
            Transactions transactions, String operation, Supplier<List<Look>> members) {
        return Optional.of(transactions.read(operation, on -> {
            on.awaitConnection();
            List<Look> wanted = members.get();
            Set<Long> owners =
                    wanted.stream().map(look -> look.owner().value()).collect(Collectors.toCollection(TreeSet::new));
            Set<Digest> digests =
                    wanted.stream().flatMap(look -> look.digests().stream()).collect(Collectors.toSet());
            List<Image> images = UploadStatements.selectExisting(on, owners, digests).stream()
                    .map(ImageRows::toImage)
                    .toList();
            if (!images.isEmpty()) {
                on.awaitDurability();
            }
            return wanted.stream().map(look -> look.among(images)).toList();
        }));
    }

    /** What one caller looks for. */
    private record Look(OwnerId owner, List<Digest> digests) {

        /** Others may look for the same contents of other owners, and for other contents. */
        Map<Digest, Image> among(List<Image> images) {
            Set<Digest> wanted = Set.copyOf(digests);
            return images.stream()
                    .filter(image -> image.owner().equals(owner))
                    .filter(image -> wanted.contains(image.content().digest()))
                    .collect(Collectors.toMap(image -> image.content().digest(), image -> image));
        }
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
        List<Long> sorted = Chunks.sorted(imageIds);
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
