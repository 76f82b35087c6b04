package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.listing.GramRow;
import io.github.imagehost.mysql.row.listing.NameRow;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Statements about the index of names. Lists are never empty; writes return how many rows they concerned. */
public interface GramMapper {

    List<GramRow> selectGrams(
            @Param("ownerId") long ownerId,
            @Param("idRanges") Collection<Long> idRanges,
            @Param("grams") Collection<byte[]> grams);

    List<NameRow> selectNames(
            @Param("ownerId") long ownerId, @Param("firstId") long firstId, @Param("lastId") long lastId);

    int insertGrams(@Param("ownerId") long ownerId, @Param("grams") List<GramRow> grams);

    int deleteGrams(@Param("ownerId") long ownerId, @Param("idRange") long idRange);
}
