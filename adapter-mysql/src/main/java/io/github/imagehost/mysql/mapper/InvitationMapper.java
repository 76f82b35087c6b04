package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.access.InvitationRow;
import io.github.imagehost.mysql.row.access.NewInvitationRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** Statements about invitations. Writes return how many rows they concerned. */
public interface InvitationMapper {

    int insert(@Param("invitation") NewInvitationRow invitation, @Param("generated") GeneratedId generated);

    Optional<InvitationRow> selectBySecret(@Param("secret") Digest secret);

    Optional<InvitationRow> selectById(@Param("id") long id);

    List<InvitationRow> selectAll();

    int revoke(@Param("id") long id, @Param("now") Instant now);

    /** Only if there is one left. */
    int takeUse(@Param("secret") Digest secret, @Param("now") Instant now);

    /** Sets what a new owner may have, if there is a limit. */
    int giveQuota(@Param("secret") Digest secret, @Param("ownerId") long ownerId);
}
