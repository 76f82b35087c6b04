package io.github.imagehost.mysql.type;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** An instant as date and time in UTC, which no driver converts into any time zone. */
public final class UtcInstantTypeHandler extends BaseTypeHandler<Instant> {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, Instant instant, @Nullable JdbcType type)
            throws SQLException {
        statement.setString(index, toColumnValue(instant));
    }

    /**
     * What a driver writes without converting it; null for null. As text: MariaDB before version 11 says that it is
     * MySQL 5.5.5, which had no fractions of seconds, and Connector/J leaves them out of dates and times then.
     */
    public static @Nullable String toColumnValue(@Nullable Instant instant) {
        return instant == null ? null : FORMAT.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    @Override
    public @Nullable Instant getNullableResult(ResultSet result, String column) throws SQLException {
        return instant(result.getObject(column, LocalDateTime.class));
    }

    @Override
    public @Nullable Instant getNullableResult(ResultSet result, int column) throws SQLException {
        return instant(result.getObject(column, LocalDateTime.class));
    }

    @Override
    public @Nullable Instant getNullableResult(CallableStatement statement, int column) throws SQLException {
        return instant(statement.getObject(column, LocalDateTime.class));
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
