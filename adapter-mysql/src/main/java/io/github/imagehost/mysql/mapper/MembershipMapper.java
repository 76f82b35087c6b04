package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.FilterSelection;
import io.github.imagehost.mysql.row.ImageRow;
import io.github.imagehost.mysql.row.Membership;
import io.github.imagehost.mysql.row.PageSelection;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Lists that are read from what is in an album, or has a tag, of the images' owner. */
public interface MembershipMapper {

    /**
     * How many there are, up to a limit.
     *
     * @param filter what else is asked of them
     */
    long countUpTo(
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("limit") long limit);

    /**
     * A page of them.
     *
     * @param filter what else is asked of them
     * @param joined whether more is to be known of images than what stands in the album or tag
     */
    List<ImageRow> selectPage(
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("page") PageSelection page,
            @Param("joined") boolean joined);
}
