package io.github.imagehost.mysql.album;

import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;

/** What several operations do with albums. */
final class AlbumTable {

    private AlbumTable() {}

    /**
     * Takes images out of an album whose lock is held.
     *
     * @param images at least one
     */
    static void takeOut(Statements on, long album, List<Long> images) {
        int removed = on.albums().deleteImages(album, images);
        if (removed > 0) {
            on.albums().count(album, -removed);
            on.albums().uncover(album, images);
        }
    }
}
