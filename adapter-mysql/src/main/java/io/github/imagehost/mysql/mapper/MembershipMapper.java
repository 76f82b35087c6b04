package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.image.ImageRow;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.ListEnd;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.row.listing.Membership;
import io.github.imagehost.mysql.row.listing.PageSelection;
import io.github.imagehost.mysql.row.listing.SampleRow;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/**
 * Lists of what is in an album, or has a tag, of the images' owner. The filter is what else is asked of them; they are
 * joined if more is to be known of images than what stands in the albums and tags.
 */
public interface MembershipMapper {

    /** How many there are, up to a limit. */
    long countUpTo(
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("joined") boolean joined,
            @Param("limit") long limit);

    /** The first and the last id; there has to be one. */
    IdInterval selectSpan(@Param("membership") Membership membership);

    List<Long> selectIds(@Param("membership") Membership membership);

    /**
     * How many of those with these ids are wanted, for each place at which there are any.
     *
     * @param first the first id of the first place
     * @param distance how many ids further each place begins
     */
    List<SampleRow> selectSamples(
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("joined") boolean joined,
            @Param("intervals") List<IdInterval> intervals,
            @Param("first") long first,
            @Param("distance") long distance);

    /** A page of them. All are read and sorted, unless the order is one in which they are there. */
    List<ImageRow> selectPage(
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("joined") boolean joined,
            @Param("page") PageSelection page);

    /**
     * A page of them, for which a list of all images is read in its order until the page is full.
     *
     * @param index by which it is read
     * @param last where it ends; null to read all of it
     */
    List<ImageRow> selectWalking(
            @Param("ownerId") long ownerId,
            @Param("membership") Membership membership,
            @Param("filter") FilterSelection filter,
            @Param("joined") boolean joined,
            @Param("page") PageSelection page,
            @Param("index") ListIndex index,
            @Param("last") @Nullable ListEnd last);
}
