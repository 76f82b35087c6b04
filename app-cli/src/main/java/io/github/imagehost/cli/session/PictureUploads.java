package io.github.imagehost.cli.session;

import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.BulkTask;
import io.github.imagehost.core.bulk.TriedFilenames;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.util.Optional;

/** Uploads pictures to a {@link PictureHost}. */
public interface PictureUploads extends BulkTask<PictureItem> {

    /** What the run of this task is to tell how far it is. */
    Progress progress();

    /**
     * Gets the picture that a link stands for, and looks at it: as {@link #prepare} does with one that is here.
     *
     * @param link begins with {@code http://}, {@code https://} or {@code data:}
     */
    Prepared prepareLinked(PictureItem item, String link, TriedFilenames tried) throws IOException;

    /**
     * What was uploaded. To be asked once for each result.
     *
     * @return empty if the item has no picture
     */
    Optional<UploadedImage> uploaded(PictureItem item, BulkResult result);
}
