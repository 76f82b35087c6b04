package io.github.imagehost.mysql.transaction;

import io.github.imagehost.mysql.mapper.AlbumMapper;
import io.github.imagehost.mysql.mapper.AuditMapper;
import io.github.imagehost.mysql.mapper.BlobMapper;
import io.github.imagehost.mysql.mapper.GramMapper;
import io.github.imagehost.mysql.mapper.ImageMapper;
import io.github.imagehost.mysql.mapper.InvitationMapper;
import io.github.imagehost.mysql.mapper.LeaseMapper;
import io.github.imagehost.mysql.mapper.LoginMapper;
import io.github.imagehost.mysql.mapper.MembershipMapper;
import io.github.imagehost.mysql.mapper.OwnerMapper;
import io.github.imagehost.mysql.mapper.RangeMapper;
import io.github.imagehost.mysql.mapper.SessionMapper;
import io.github.imagehost.mysql.mapper.StatisticsMapper;
import io.github.imagehost.mysql.mapper.TagMapper;
import io.github.imagehost.mysql.mapper.TokenMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/** The statements, on one connection. For use by one thread. */
public final class Statements {

    private final SqlSession session;
    private final Mappers mappers;

    Statements(SqlSession session, Mappers mappers) {
        this.session = session;
        this.mappers = mappers;
    }

    public BlobMapper blobs() {
        return mappers.get(session, BlobMapper.class);
    }

    public ImageMapper images() {
        return mappers.get(session, ImageMapper.class);
    }

    public StatisticsMapper statistics() {
        return mappers.get(session, StatisticsMapper.class);
    }

    public RangeMapper ranges() {
        return mappers.get(session, RangeMapper.class);
    }

    public GramMapper grams() {
        return mappers.get(session, GramMapper.class);
    }

    public OwnerMapper owners() {
        return mappers.get(session, OwnerMapper.class);
    }

    public TokenMapper tokens() {
        return mappers.get(session, TokenMapper.class);
    }

    public LoginMapper logins() {
        return mappers.get(session, LoginMapper.class);
    }

    public SessionMapper sessions() {
        return mappers.get(session, SessionMapper.class);
    }

    public AuditMapper audit() {
        return mappers.get(session, AuditMapper.class);
    }

    public InvitationMapper invitations() {
        return mappers.get(session, InvitationMapper.class);
    }

    public LeaseMapper leases() {
        return mappers.get(session, LeaseMapper.class);
    }

    public AlbumMapper albums() {
        return mappers.get(session, AlbumMapper.class);
    }

    public MembershipMapper memberships() {
        return mappers.get(session, MembershipMapper.class);
    }

    public TagMapper tags() {
        return mappers.get(session, TagMapper.class);
    }

    /** The present in UTC, in the SQL of this database. */
    public String now() {
        return MyBatisSetup.now(session.getConfiguration());
    }

    /** What one row of a result holds. */
    @FunctionalInterface
    public interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs a statement without a mapper: those that busy services run most, for as many rows as it happens. A lock that
     * others hold ends it as it ends all statements, and so does a server other than H2 that says nothing for
     * {@link TimeLimits#silence}. It has no time limit besides: the driver would wake a thread for each statement.
     *
     * @param parameters bytes, texts or numbers
     * @return how many rows it concerned
     */
    public int update(String sql, List<@Nullable Object> parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** Reads rows without a mapper; see {@link #update}. */
    public <T> List<T> query(String sql, List<@Nullable Object> parameters, RowReader<T> reader) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private PreparedStatement prepare(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = session.getConnection().prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    /**
     * Waits until neither a kill nor a loss of power can take away what was read: nobody is told of an image, and
     * nothing is deleted, before that. H2 shows a commit to others before it is in the file, and before whoever commits
     * has flushed that to the disk; servers do not.
     */
    public void awaitDurability() {
        if (MyBatisSetup.isH2(session.getConfiguration())) {
            blobs().flushToDisk();
        }
    }

    /** What a server is asked about itself. */
    @FunctionalInterface
    public interface ServerQuestion<T> {

        Optional<T> ask(Connection connection) throws SQLException;
    }

    /** Asks a server about itself; empty on H2, which is none. */
    public <T> Optional<T> askServer(ServerQuestion<T> question) {
        if (MyBatisSetup.isH2(session.getConfiguration())) {
            return Optional.empty();
        }
        try {
            return question.ask(session.getConnection());
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** Waits until there is a connection, which otherwise only the first statement does. */
    public void awaitConnection() {
        session.getConnection();
    }
}
