package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.mysql.row.listing.OwnerRange;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.row.listing.SlotRow;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/**
 * Statements about how many images, and how many bytes of them, are in ranges of ids. Writes return how many rows they
 * concerned.
 */
public interface RangeMapper {

    int noteRenaming(@Param("ownerId") long ownerId, @Param("idRange") long idRange, @Param("slot") int slot);

    int subtract(
            @Param("ownerId") long ownerId,
            @Param("idRange") long idRange,
            @Param("slot") int slot,
            @Param("images") long images,
            @Param("bytes") long bytes);

    List<RangeRow> selectRanges(@Param("ownerId") long ownerId);

    Optional<Long> selectLastId();

    Optional<Long> selectRangeFrom(@Param("idRange") long idRange, @Param("firstId") long firstId);

    List<OwnerRange> selectMiscounted(
            @Param("idRange") long idRange, @Param("firstId") long firstId, @Param("lastId") long lastId);

    Optional<Long> selectRangeOf(
            @Param("ownerId") long ownerId, @Param("idRange") long idRange, @Param("firstId") long firstId);

    List<Usage> selectExcesses(
            @Param("ownerId") long ownerId,
            @Param("idRange") long idRange,
            @Param("firstId") long firstId,
            @Param("lastId") long lastId);

    Usage selectUsage(@Param("ownerId") long ownerId);

    List<OwnerRange> selectUnindexed(
            @Param("before") long before, @Param("minImages") int minImages, @Param("limit") int limit);

    int lock(@Param("ownerId") long ownerId, @Param("idRange") long idRange, @Param("slots") List<Integer> slots);

    List<SlotRow> selectCounted(
            @Param("ownerId") long ownerId, @Param("firstId") long firstId, @Param("lastId") long lastId);

    int reset(@Param("ownerId") long ownerId, @Param("idRange") long idRange);

    int set(@Param("ownerId") long ownerId, @Param("idRange") long idRange, @Param("slot") SlotRow slot);

    int delete(@Param("ownerId") long ownerId, @Param("idRange") long idRange);

    int markIndexed(@Param("ownerId") long ownerId, @Param("idRange") long idRange);
}
