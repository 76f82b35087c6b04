package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.album.AlbumRow;
import io.github.imagehost.mysql.row.album.FiledImageRow;
import io.github.imagehost.mysql.row.album.ImagePlace;
import io.github.imagehost.mysql.row.album.ImagePlacementRow;
import io.github.imagehost.mysql.row.album.NewAlbumRow;
import io.github.imagehost.mysql.row.album.PlaceSelection;
import io.github.imagehost.mysql.row.image.ImageRow;
import io.github.imagehost.mysql.row.listing.KeyRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements about albums. Lists of ids are never empty; writes return how many rows they concerned. */
public interface AlbumMapper {

    int insert(@Param("album") NewAlbumRow album, @Param("generated") GeneratedId generated);

    Optional<AlbumRow> selectById(@Param("id") long id);

    Optional<AlbumRow> selectOwned(@Param("ownerId") long ownerId, @Param("id") long id);

    Optional<AlbumRow> selectByName(@Param("ownerId") long ownerId, @Param("foldedName") byte[] foldedName);

    Optional<AlbumRow> selectByKey(@Param("key") String key);

    List<AlbumRow> selectOfOwner(@Param("ownerId") long ownerId);

    Optional<Long> lockFirstOfOwner(@Param("ownerId") long ownerId);

    long countOfOwner(@Param("ownerId") long ownerId);

    Optional<Long> lockOwned(@Param("ownerId") long ownerId, @Param("id") long id);

    List<Long> lock(@Param("ids") Collection<Long> ids);

    /**
     * Ends an album at once.
     *
     * @param noName what no album is called, and no other one has in place of its name
     */
    int end(@Param("ownerId") long ownerId, @Param("id") long id, @Param("noName") byte[] noName);

    /** Of an album that has ended; see {@link #end}. */
    int freeName(
            @Param("ownerId") long ownerId, @Param("foldedName") byte[] foldedName, @Param("noName") byte[] noName);

    List<Long> selectEnded(@Param("limit") int limit);

    int deleteSomeImages(@Param("id") long id, @Param("limit") int limit);

    int deleteEnded(@Param("id") long id);

    int count(@Param("id") long id, @Param("more") long more);

    int uncover(@Param("id") long id, @Param("ids") Collection<Long> imageIds);

    List<FiledImageRow> lockImages(@Param("ownerId") long ownerId, @Param("ids") Collection<Long> ids);

    List<Long> selectMembers(@Param("albumId") long albumId, @Param("ids") Collection<Long> imageIds);

    Optional<Long> selectFirstPosition(@Param("albumId") long albumId);

    Optional<Long> selectLastPosition(@Param("albumId") long albumId);

    int insertImages(@Param("albumId") long albumId, @Param("images") Collection<ImagePlace> images);

    int deleteImages(@Param("albumId") long albumId, @Param("ids") Collection<Long> imageIds);

    List<Long> selectAlbumsWith(@Param("ids") Collection<Long> imageIds);

    List<AlbumRow> selectDrawn(@Param("firstId") long firstId, @Param("limit") int limit);

    Optional<Long> selectLastDrawn();

    /** At positions from the first to the last, which are shown to everybody. */
    List<Long> selectShown(
            @Param("albumId") long albumId,
            @Param("first") long first,
            @Param("last") long last,
            @Param("limit") int limit);

    /** Those that are of a kind, and shown to everybody. */
    List<Long> selectFitting(
            @Param("ids") Collection<Long> imageIds,
            @Param("orientation") @Nullable String orientation,
            @Param("tagId") @Nullable Long tagId);

    /** As the image is now. */
    int showOrHide(@Param("ids") Collection<Long> ids);

    /** In which albums they are, and which tags they have. */
    List<ImagePlacementRow> selectPlacements(@Param("ownerId") long ownerId, @Param("ids") Collection<Long> imageIds);

    List<KeyRow> selectPlaces(@Param("albumId") long albumId, @Param("wanted") PlaceSelection wanted);

    List<ImageRow> selectImages(@Param("ids") Collection<Long> imageIds, @Param("shownOnly") boolean shownOnly);
}
