package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.row.ImageRows;
import io.github.imagehost.mysql.row.NewImage;
import io.github.imagehost.mysql.transaction.Transactions.Statements;
import java.util.Optional;

/** What several operations do with images. */
final class ImageTable {

    private ImageTable() {}

    /** The image with this filename, or with this further one. */
    static Optional<Image> find(Statements on, String filename) {
        return on.images()
                .selectByFilename(filename)
                .or(() -> on.images().selectByAlias(filename))
                .map(ImageRows::toImage);
    }

    /** Whether something has or had this name. */
    static boolean isUsed(Statements on, String filename) {
        return on.images().isFilenameOrObjectKeyUsed(filename);
    }

    /** The last thing that a transaction does: it counts the image, and whoever else counts may wait for it. */
    static Image insert(Statements on, long blobId, NewImage image) {
        on.images().insert(blobId, image, ImageRows.toFoldedName(image.originalName()));
        Image inserted = find(on, image.filename())
                .orElseThrow(() -> new RepositoryException(
                        "The image " + image.filename() + " can't be read by the transaction that inserted it"));
        ImageRanges.add(on, inserted);
        return inserted;
    }
}
