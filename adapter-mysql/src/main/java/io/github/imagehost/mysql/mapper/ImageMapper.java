package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.image.FurtherNameRow;
import io.github.imagehost.mysql.row.image.ImageReferenceRow;
import io.github.imagehost.mysql.row.image.ImageRow;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.KeyRow;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.row.listing.PageSelection;
import io.github.imagehost.mysql.row.listing.SampleRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements about images. Lists of ids and digests are never empty; writes return how many rows they concerned. */
public interface ImageMapper {

    int insertAlias(
            @Param("filename") String filename,
            @Param("formerId") @Nullable Long formerId,
            @Param("imageId") long imageId,
            @Param("blobId") long blobId);

    Optional<ImageRow> selectByAlias(@Param("filename") String filename);

    Optional<ImageRow> selectByFormerId(@Param("ownerId") long ownerId, @Param("id") long id);

    boolean isIdUsed(@Param("id") long id);

    Optional<ImageRow> selectById(@Param("ownerId") long ownerId, @Param("id") long id);

    Optional<ImageRow> selectByFilename(@Param("filename") String filename);

    boolean isFilenameUsed(@Param("filename") String filename);

    boolean isFilenameOrObjectKeyUsed(@Param("filename") String filename);

    List<ImageRow> selectByIds(@Param("ids") Collection<Long> ids);

    List<Long> selectIdsByLink(@Param("ownerId") long ownerId, @Param("name") String name);

    long countUpTo(
            @Param("ownerId") long ownerId,
            @Param("filter") FilterSelection filter,
            @Param("index") @Nullable ListIndex index,
            @Param("limit") long limit);

    List<ImageRow> selectPage(
            @Param("ownerId") long ownerId,
            @Param("filter") FilterSelection filter,
            @Param("page") PageSelection page,
            @Param("index") @Nullable ListIndex index);

    /** Where images of the owner stand, whichever they are. */
    List<KeyRow> selectKeys(
            @Param("ownerId") long ownerId, @Param("page") PageSelection page, @Param("index") ListIndex index);

    List<KeyRow> selectKeysBetween(
            @Param("ownerId") long ownerId,
            @Param("filter") FilterSelection filter,
            @Param("field") SortField field,
            @Param("index") @Nullable ListIndex index,
            @Param("ids") IdInterval ids,
            @Param("limit") long limit);

    List<KeyRow> selectKeysOf(
            @Param("ownerId") long ownerId,
            @Param("filter") FilterSelection filter,
            @Param("field") SortField field,
            @Param("ids") Collection<Long> ids);

    SampleRow selectSample(
            @Param("ownerId") long ownerId,
            @Param("filter") FilterSelection filter,
            @Param("intervals") List<IdInterval> intervals);

    List<ImageRow> selectAfter(@Param("id") long id, @Param("limit") int limit);

    List<FurtherNameRow> selectFurtherNames(@Param("ids") Collection<Long> imageIds);

    List<ImageReferenceRow> lockOwned(@Param("ownerId") long ownerId, @Param("ids") Collection<Long> ids);

    List<Long> selectEnded(@Param("limit") int limit);

    List<ImageReferenceRow> lockEnded(@Param("ids") Collection<Long> ids);

    int retireFilenames(@Param("ids") Collection<Long> ids);

    int retireAliases(@Param("ids") Collection<Long> ids);

    int deleteAliases(@Param("ids") Collection<Long> ids);

    int delete(@Param("ids") Collection<Long> ids);

    List<Long> selectBlobsInUse(@Param("ids") Collection<Long> blobIds);

    List<String> selectRetiredLongAgo(@Param("hours") int hours, @Param("limit") int limit);

    int deleteRetired(@Param("filenames") Collection<String> filenames);
}
