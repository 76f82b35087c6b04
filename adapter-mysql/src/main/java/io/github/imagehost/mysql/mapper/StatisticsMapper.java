package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.image.BacklogRow;
import io.github.imagehost.mysql.row.image.BlobState;
import io.github.imagehost.mysql.row.image.CountRow;
import io.github.imagehost.mysql.row.image.ShareRow;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.TraitsRow;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Statements that count. */
public interface StatisticsMapper {

    CountRow countImages();

    CountRow countAliases();

    CountRow countBlobs();

    CountRow countDerived();

    long countMissing();

    long countInState(@Param("state") BlobState state);

    BacklogRow measureBacklog();

    List<ShareRow> countTypes();

    List<ShareRow> countMonths();

    List<TraitsRow> countTraits(@Param("ownerId") long ownerId, @Param("intervals") List<IdInterval> intervals);
}
