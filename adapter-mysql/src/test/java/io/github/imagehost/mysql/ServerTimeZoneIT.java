package io.github.imagehost.mysql;

import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;

class ServerTimeZoneIT extends TimeZoneContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    @Override
    protected DataSource inTokyo(TestDatabase database) {
        MySqlSettings settings = database.databaseSettings();
        String url = settings.jdbcUrl()
                .replace("connectionTimeZone=UTC", "connectionTimeZone=SERVER")
                .replace("sessionVariables=", "sessionVariables=time_zone='%2B09:00',");
        return new UnpooledDataSource(settings.driverClassName(), url, settings.user(), settings.password());
    }
}
