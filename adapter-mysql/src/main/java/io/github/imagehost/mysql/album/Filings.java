package io.github.imagehost.mysql.album;

import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.Collection;
import java.util.List;

/**
 * What becomes of albums and tags when images change, in the transaction of whoever changes them and holds their locks.
 */
public final class Filings {

    private Filings() {}

    /** Images that are deleted are out of all albums and have no tags. */
    public static void remove(Statements on, Collection<Long> images) {
        for (List<Long> ids : Chunks.ofSorted(images)) {
            List<Long> albums = on.albums().selectAlbumsWith(ids);
            if (!albums.isEmpty()) {
                // those that are gone meanwhile have no images any more
                on.albums().lock(Chunks.sorted(albums)).forEach(album -> AlbumTable.takeOut(on, album, ids));
            }
            for (long tag : on.tags().selectTagsOn(ids)) {
                int removed = on.tags().deleteImages(tag, ids);
                on.tags().count(tag, -removed);
                on.tags().deleteUnused(tag);
            }
        }
    }

    /** Who may see these images has changed, or how often. */
    public static void showOrHide(Statements on, Collection<Long> images) {
        Chunks.ofSorted(images).forEach(on.albums()::showOrHide);
    }
}
