package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.mysql.row.access.SessionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/**
 * Statements about sessions; those that select answer only what belongs to its owner's epoch. Writes return how many
 * rows they concerned.
 */
public interface SessionMapper {

    int insert(@Param("session") SessionRow session);

    Optional<SessionRow> selectBySecret(@Param("secret") Digest secret);

    List<SessionRow> selectOfOwner(@Param("ownerId") long ownerId);

    int noteSeen(
            @Param("secret") Digest secret, @Param("seenAt") Instant seenAt, @Param("expiresAt") Instant expiresAt);

    int delete(@Param("secret") Digest secret);

    int deleteExpired(@Param("now") Instant now, @Param("limit") int limit);
}
