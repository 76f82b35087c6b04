package io.github.imagehost.mysql;

import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTimeZoneTest extends TimeZoneContract {

    @TempDir(factory = InMemory.class)
    private Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.embedded(directory);
    }

    @Override
    protected DataSource inTokyo(TestDatabase database) {
        MySqlSettings settings = database.databaseSettings();
        String url = settings.jdbcUrl() + ";TIME ZONE=Asia/Tokyo";
        return new UnpooledDataSource(settings.driverClassName(), url, settings.user(), settings.password());
    }
}
