package io.github.imagehost.mysql.mapper;

import io.github.imagehost.mysql.row.audit.AuditRow;
import io.github.imagehost.mysql.row.audit.AuditSelection;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Statements about the audit log. Writes return how many rows they concerned. */
public interface AuditMapper {

    int insert(@Param("event") AuditRow event);

    List<AuditRow> select(@Param("wanted") AuditSelection wanted);

    List<AuditRow> selectOfOwner(@Param("ownerId") long ownerId, @Param("wanted") AuditSelection wanted);

    int deleteBefore(@Param("time") Instant time, @Param("limit") int limit);
}
