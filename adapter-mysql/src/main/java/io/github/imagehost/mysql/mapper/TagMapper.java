package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.album.FiledImageRow;
import io.github.imagehost.mysql.row.album.ImageTagRow;
import io.github.imagehost.mysql.row.album.TagRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** Statements about tags. Lists of ids are never empty; writes return how many rows they concerned. */
public interface TagMapper {

    int insertOrLock(@Param("ownerId") long ownerId, @Param("foldedName") byte[] foldedName);

    Optional<TagRow> selectByName(@Param("ownerId") long ownerId, @Param("foldedName") byte[] foldedName);

    List<TagRow> selectOfOwner(@Param("ownerId") long ownerId, @Param("after") byte[] after, @Param("limit") int limit);

    List<ImageTagRow> selectTagsOf(@Param("ownerId") long ownerId, @Param("ids") Collection<Long> imageIds);

    /** The ids of all tags of these images, whoever owns them. */
    List<Long> selectTagsOn(@Param("ids") Collection<Long> imageIds);

    int insertImages(@Param("tagId") long tagId, @Param("images") Collection<FiledImageRow> images);

    int deleteImages(@Param("tagId") long tagId, @Param("ids") Collection<Long> imageIds);

    int count(@Param("tagId") long tagId, @Param("more") long more);

    int deleteUnused(@Param("tagId") long tagId);
}
