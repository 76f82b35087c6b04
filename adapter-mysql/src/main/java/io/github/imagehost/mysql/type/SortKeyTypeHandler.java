package io.github.imagehost.mysql.type;

import java.nio.charset.StandardCharsets;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** What a list is sorted by, whichever column that is: reads a number, a time, a text or bytes. */
public final class SortKeyTypeHandler extends BaseTypeHandler<Object> {

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, Object key, @Nullable JdbcType type) {
        throw new UnsupportedOperationException("A sort key is only read");
    }

    @Override
    public @Nullable Object getNullableResult(ResultSet result, String column) throws SQLException {
        return getNullableResult(result, result.findColumn(column));
    }

    @Override
    public Object getNullableResult(ResultSet result, int column) throws SQLException {
        return switch (result.getMetaData().getColumnType(column)) {
            case Types.BIGINT -> result.getLong(column);
            case Types.TIMESTAMP ->
                result.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
            // every byte becomes the character with its number, so that it compares as the bytes do
            case Types.VARBINARY -> new String(result.getBytes(column), StandardCharsets.ISO_8859_1);
            default -> result.getString(column);
        };
    }

    @Override
    public @Nullable Object getNullableResult(CallableStatement statement, int column) {
        throw new UnsupportedOperationException("A sort key is read from a list");
    }
}
