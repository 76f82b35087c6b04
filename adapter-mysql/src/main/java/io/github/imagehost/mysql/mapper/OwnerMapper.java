package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.access.NewOwnerRow;
import io.github.imagehost.mysql.row.access.OwnerChangeRow;
import io.github.imagehost.mysql.row.access.OwnerRow;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** Statements about owners and their identities. Writes return how many rows they concerned. */
public interface OwnerMapper {

    int insert(
            @Param("name") String name,
            @Param("role") String role,
            @Param("state") String state,
            @Param("generated") GeneratedId generated);

    /** With the time since when it has been there, and not from now on. */
    int insertFrom(@Param("owner") NewOwnerRow owner, @Param("generated") GeneratedId generated);

    int insertQuota(@Param("owner") NewOwnerRow owner, @Param("ownerId") long ownerId);

    Optional<OwnerRow> selectById(@Param("id") long id);

    Optional<OwnerRow> selectByName(@Param("name") String name);

    Optional<OwnerRow> selectByIdentity(@Param("identity") Identity identity);

    int insertIdentity(@Param("identity") Identity identity, @Param("ownerId") long ownerId);

    int insertOrUpdateIdentity(@Param("identity") Identity identity, @Param("ownerId") long ownerId);

    List<OwnerRow> selectAll();

    /** Writes only what is to change, since others may change the rest at the same moment. */
    int update(@Param("id") long id, @Param("change") OwnerChangeRow change);
}
