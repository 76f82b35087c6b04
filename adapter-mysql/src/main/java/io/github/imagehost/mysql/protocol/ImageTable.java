package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.InsertedRow;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds and inserts rows of the table of images, for all operations that do so. */
final class ImageTable {

    private ImageTable() {}

    /** The image with this filename, or with this further one. */
    static Optional<Image> find(Statements on, String filename) {
        return on.images()
                .selectByFilename(filename)
                .or(() -> on.images().selectByAlias(filename))
                .map(ImageRows::toImage);
    }

    /** Whether something has or had this name, or this key. */
    static boolean isUsed(Statements on, String filename) {
        return on.images().isFilenameOrObjectKeyUsed(filename);
    }

    /**
     * The last thing that a transaction does: it counts the images, and whoever else counts may wait for it.
     *
     * @param images at least one, in the order of their blobs
     * @return those with these filenames, in the same order
     * @throws QuotaExceededException if an owner would have more than its quota allows
     */
    static List<Image> insert(Statements on, List<NewImage> images) {
        return insert(on, images, InsertedRow::limited);
    }

    /** The same, whatever the quotas of the owners are. */
    static List<Image> insertBeyondQuotas(Statements on, List<NewImage> images) {
        return insert(on, images, row -> false);
    }

    /** @param hasQuota whose owner may not have as much as it likes */
    private static List<Image> insert(Statements on, List<NewImage> images, Predicate<InsertedRow> hasQuota) {
        UploadStatements.insertImages(on, images);
        List<String> filenames = images.stream().map(NewImage::filename).toList();
        List<InsertedRow> rows = UploadStatements.selectInserted(on, filenames);
        Map<String, Image> inserted = rows.stream()
                .map(row -> ImageRows.toImage(row.image()))
                .collect(Collectors.toMap(Image::filename, image -> image));
        SortedSet<Long> limited = rows.stream()
                .filter(hasQuota)
                .map(row -> row.image().ownerId())
                .collect(Collectors.toCollection(TreeSet::new));
        Quotas.lock(on, limited);
        ImageRanges.add(on, inserted.values());
        Quotas.check(on, limited);
        return filenames.stream().map(filename -> inserted(inserted, filename)).toList();
    }

    private static Image inserted(Map<String, Image> inserted, String filename) {
        Image image = inserted.get(filename);
        if (image == null) {
            throw new RepositoryException(
                    "The image " + filename + " can't be read by the transaction that inserted it");
        }
        return image;
    }
}
