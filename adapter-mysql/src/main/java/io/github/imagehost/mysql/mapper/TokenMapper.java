package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.access.NewTokenRow;
import io.github.imagehost.mysql.row.access.TokenRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** Statements about tokens. Writes return how many rows they concerned. */
public interface TokenMapper {

    int insert(@Param("token") NewTokenRow token, @Param("generated") GeneratedId generated);

    Optional<TokenRow> selectBySecret(@Param("secret") Digest secret);

    Optional<TokenRow> selectById(@Param("ownerId") long ownerId, @Param("id") long id);

    List<TokenRow> selectOfOwner(@Param("ownerId") long ownerId);

    boolean isAnyUsable(@Param("now") Instant now);

    /** As {@link TokenRow#origins()} has them. */
    List<String> selectBoundOrigins(@Param("now") Instant now);

    int revoke(@Param("ownerId") long ownerId, @Param("id") long id, @Param("now") Instant now);

    int noteUse(@Param("id") long id, @Param("now") Instant now);
}
