package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
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
import io.github.imagehost.mysql.row.DigestTypeHandler;
import io.github.imagehost.mysql.row.UtcInstantTypeHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.TransactionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/**
 * What the repository needs of MyBatis, for whoever builds the {@link SqlSessionFactory} himself. It also needs
 * MyBatis's {@link JdbcTransactionFactory}, since the repository begins and ends its transactions itself.
 */
public final class MyBatisSetup {

    /** The {@code databaseId} of statements for MySQL and what is compatible with it, such as MariaDB. */
    public static final String MYSQL = "mysql";

    /** The {@code databaseId} of statements for H2. */
    static final String H2 = "h2";

    private static final String NOW = "now";

    private static final String NOW_OF_MYSQL = "UTC_TIMESTAMP(3)";

    private static final String NOW_OF_H2 =
            "DATEADD(MILLISECOND, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT),"
                    + " TIMESTAMP '1970-01-01 00:00:00')";

    private MyBatisSetup() {}

    /**
     * Adds the statements, type handlers and settings to a configuration that no other mapper shares. Connects once, to
     * find out which database it is.
     *
     * @throws RepositoryUnavailableException if the database does not answer
     * @throws RepositoryException if it is neither H2 nor compatible with MySQL
     */
    public static void configure(Configuration configuration, DataSource dataSource) {
        configuration.setDatabaseId(databaseId(dataSource));
        configuration.getVariables().setProperty(NOW, now(configuration));
        configuration.setDefaultStatementTimeout(
                (int) TimeLimits.current().statement().toSeconds());
        configuration.setCacheEnabled(false);
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        // a column such as object_key goes to the parameter objectKey of a record's constructor
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.getTypeHandlerRegistry().register(Digest.class, new DigestTypeHandler());
        configuration.getTypeHandlerRegistry().register(Instant.class, new UtcInstantTypeHandler());
        configuration.addMapper(BlobMapper.class);
        configuration.addMapper(ImageMapper.class);
        configuration.addMapper(StatisticsMapper.class);
        configuration.addMapper(RangeMapper.class);
        configuration.addMapper(GramMapper.class);
        configuration.addMapper(OwnerMapper.class);
        configuration.addMapper(TokenMapper.class);
        configuration.addMapper(LoginMapper.class);
        configuration.addMapper(SessionMapper.class);
        configuration.addMapper(AuditMapper.class);
        configuration.addMapper(InvitationMapper.class);
        configuration.addMapper(LeaseMapper.class);
        configuration.addMapper(AlbumMapper.class);
        configuration.addMapper(MembershipMapper.class);
        configuration.addMapper(TagMapper.class);
    }

    /**
     * Looks whether a session factory is one that the repository can use.
     *
     * @throws IllegalArgumentException if it was not {@linkplain #configure configured}, or has no
     *     {@link JdbcTransactionFactory}
     */
    public static void requireConfigured(SqlSessionFactory sessions) {
        Configuration configuration = sessions.getConfiguration();
        TransactionFactory transactions = configuration.getEnvironment().getTransactionFactory();
        if (!(transactions instanceof JdbcTransactionFactory)) {
            throw new IllegalArgumentException(
                    "The repository ends its transactions itself and needs a JdbcTransactionFactory, not "
                            + transactions.getClass().getName());
        }
        if (!configuration.hasMapper(BlobMapper.class)) {
            throw new IllegalArgumentException("The session factory was not configured by MyBatisSetup");
        }
    }

    /** The present in UTC, whatever the time zone of the session is. */
    static String now(Configuration configuration) {
        return isH2(configuration) ? NOW_OF_H2 : NOW_OF_MYSQL;
    }

    static boolean isH2(Configuration configuration) {
        return H2.equals(configuration.getDatabaseId());
    }

    public static SqlSessionFactory sessionFactory(DataSource dataSource) {
        Configuration configuration =
                new Configuration(new Environment("imagehost", new JdbcTransactionFactory(), dataSource));
        configure(configuration, dataSource);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    public static String databaseId(DataSource dataSource) {
        String product;
        try (Connection connection = dataSource.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new RepositoryUnavailableException("Could not connect to the database", e);
        }
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            default ->
                throw new RepositoryException(
                        "The repository works on MySQL, MariaDB and H2, but this database is " + product);
        };
    }
}
