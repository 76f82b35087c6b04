package io.github.imagehost.mysql.type;

import io.github.imagehost.core.model.Digest;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** A digest as its 32 bytes. */
public final class DigestTypeHandler extends BaseTypeHandler<Digest> {

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, Digest digest, @Nullable JdbcType type)
            throws SQLException {
        statement.setBytes(index, digest.bytes());
    }

    @Override
    public @Nullable Digest getNullableResult(ResultSet result, String column) throws SQLException {
        return digest(result.getBytes(column));
    }

    @Override
    public @Nullable Digest getNullableResult(ResultSet result, int column) throws SQLException {
        return digest(result.getBytes(column));
    }

    @Override
    public @Nullable Digest getNullableResult(CallableStatement statement, int column) throws SQLException {
        return digest(statement.getBytes(column));
    }

    private static @Nullable Digest digest(byte @Nullable [] bytes) {
        return bytes == null ? null : Digest.of(bytes);
    }
}
