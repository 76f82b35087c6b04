package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.mysql.row.access.LoginLinkRow;
import io.github.imagehost.mysql.row.access.LoginRow;
import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** Statements about how owners may log in. Writes return how many rows they concerned. */
public interface LoginMapper {

    Optional<LoginRow> selectById(@Param("ownerId") long ownerId);

    Optional<LoginRow> selectByName(@Param("name") String name);

    /** Makes the row of an owner who is there, unless there is one. */
    int insert(@Param("ownerId") long ownerId);

    int changePassword(
            @Param("ownerId") long ownerId, @Param("epoch") long epoch, @Param("passwordHash") String passwordHash);

    int renewHash(
            @Param("ownerId") long ownerId,
            @Param("passwordHash") String passwordHash,
            @Param("newHash") String newHash);

    int startEpoch(@Param("ownerId") long ownerId);

    int insertLink(@Param("link") LoginLinkRow link);

    /** Only if its owner's epoch is still that of the link. */
    Optional<LoginLinkRow> selectLink(@Param("secret") Digest secret);

    int deleteLink(@Param("secret") Digest secret);

    int deleteExpiredLinks(@Param("now") Instant now, @Param("limit") int limit);
}
