package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.type.DigestTypeHandler;
import io.github.imagehost.mysql.type.UtcInstantTypeHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
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
     * Adds type handlers and settings to a configuration that no other mapper shares; the repository adds the
     * statements when it needs them. Connects once, to find out which database it is.
     *
     * @throws RepositoryUnavailableException if the database does not answer
     * @throws RepositoryException if it is neither H2 nor compatible with MySQL
     */
    public static void configure(Configuration configuration, DataSource dataSource) {
        configure(configuration, dataSource, TimeLimits.DEFAULT);
    }

    /**
     * As {@link #configure(Configuration, DataSource)}, with other time limits. The data source keeps to those of them
     * that are about locks and silence.
     */
    public static void configure(Configuration configuration, DataSource dataSource, TimeLimits limits) {
        configuration.setDatabaseId(databaseId(dataSource));
        configuration.getVariables().setProperty(NOW, now(configuration));
        configuration.setDefaultStatementTimeout((int) limits.statement().toSeconds());
        configuration.setCacheEnabled(false);
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        // a column such as object_key goes to the parameter objectKey of a record's constructor
        configuration.setArgNameBasedConstructorAutoMapping(true);
        configuration.setMapUnderscoreToCamelCase(true);
        configuration.getTypeHandlerRegistry().register(Digest.class, new DigestTypeHandler());
        configuration.getTypeHandlerRegistry().register(Instant.class, new UtcInstantTypeHandler());
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
        Properties variables = configuration.getVariables();
        if (variables == null || !now(configuration).equals(variables.getProperty(NOW))) {
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
