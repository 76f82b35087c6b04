package io.github.imagehost.mysql.mapper;

import org.apache.ibatis.annotations.Param;

/**
 * Statements about what one process has at a time. Each decides by itself, on the row that it writes: so it does on a
 * cluster, too. Writes return how many rows they concerned.
 */
public interface LeaseMapper {

    int insertUnlessThere(@Param("purpose") String purpose);

    int take(@Param("purpose") String purpose, @Param("holder") String holder, @Param("micros") long micros);

    int keep(@Param("purpose") String purpose, @Param("holder") String holder, @Param("micros") long micros);

    int end(@Param("purpose") String purpose, @Param("holder") String holder);
}
