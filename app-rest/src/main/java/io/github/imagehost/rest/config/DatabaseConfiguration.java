package io.github.imagehost.rest.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.TimeLimits;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.mybatis.spring.boot.autoconfigure.ConfigurationCustomizer;
import org.mybatis.spring.boot.autoconfigure.SqlSessionFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database: its schema, a pool of connections, and the session factory that MyBatis's starter builds on it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int CONNECTIONS = 16;
    /** How long a request waits for a free connection before it is told to come back later. */
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(3);

    /** The embedded database can't be away; it is only slow while the disk is busy with large uploads. */
    private static final Duration EMBEDDED_PATIENCE = Duration.ofSeconds(30);

    private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(2);

    @Bean
    MySqlSettings databaseSettings(Settings settings, ServiceLimits limits) {
        return MySqlSettings.from(settings).within(TimeLimits.around(limits.databaseStatement()));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(MySqlSettings settings) {
        SchemaMigration.migrate(settings);
        Duration patience = settings.isEmbedded() ? EMBEDDED_PATIENCE : SERVER_PATIENCE;
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("imagehost");
        pool.setDataSource(settings.unpooledDataSource());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(VALIDATION_LIMIT.toMillis());
        // another process that serves the embedded database may just be giving way
        pool.setInitializationFailTimeout(EMBEDDED_PATIENCE.toMillis());
        // saves the repository from setting and resetting it for each transaction
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        UselessConnections uselessConnections = new UselessConnections();
        pool.setExceptionOverride(uselessConnections);
        HikariDataSource dataSource = new HikariDataSource(pool);
        uselessConnections.belongTo(dataSource);
        return dataSource;
    }

    @Bean
    ConfigurationCustomizer repositoryStatements(DataSource dataSource, MySqlSettings settings) {
        return configuration -> MyBatisSetup.configure(configuration, dataSource, settings.limits());
    }

    /** The repository begins and ends its transactions itself. */
    @Bean
    SqlSessionFactoryBeanCustomizer repositoryTransactions() {
        return factory -> factory.setTransactionFactory(new JdbcTransactionFactory());
    }

    @Bean
    MySqlMetadataRepository metadataRepository(SqlSessionFactory sessions) {
        return MySqlMetadataRepository.using(sessions);
    }

    @Bean
    AlbumRepository albumRepository(MySqlMetadataRepository repository) {
        return repository.albums();
    }
}
