package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlSettingsTest {

    private static final String SECRET = " s3cret ";

    @Test
    void everyDefaultAndKeyOfAServer() {
        MySqlSettings settings = from(Map.of("DB_HOST", "db.example", "DB_USER", "imagehost", "DB_PASSWORD", SECRET));

        assertThat(settings.jdbcUrl())
                .isEqualTo("jdbc:mysql://db.example:3306/imagehost?connectTimeout=3000&tcpKeepAlive=true"
                        + "&characterEncoding=UTF-8&connectionTimeZone=UTC&useLocalSessionState=true"
                        + "&cachePrepStmts=true&prepStmtCacheSize=100&prepStmtCacheSqlLimit=4096&cacheServerConfiguration=true"
                        + "&sessionVariables=innodb_lock_wait_timeout=3&sslMode=PREFERRED&socketTimeout=10000");
        assertThat(settings.driverClassName()).isEqualTo("com.mysql.cj.jdbc.Driver");
        assertThat(settings.user()).isEqualTo("imagehost");
        assertThat(settings.password()).isEqualTo(SECRET);
        assertThat(settings).hasToString("the database imagehost at db.example:3306");
    }

    @Test
    void everySettingOfAServer() {
        MySqlSettings settings = from(Map.of(
                "DB_HOST",
                "::1",
                "DB_PORT",
                "3307",
                "DB_NAME",
                "pictures",
                "DB_USER",
                "me",
                "DB_SSL_MODE",
                "verify_ca"));

        assertThat(settings.jdbcUrl())
                .startsWith("jdbc:mysql://[::1]:3307/pictures?")
                .contains("&sslMode=VERIFY_CA&")
                .doesNotContain("allowPublicKeyRetrieval");
        assertThat(settings.password()).isEmpty();
    }

    @Test
    void onlyWhoSwitchesTlsOffTrustsTheNetworkWithThePassword() {
        MySqlSettings settings = from(Map.of("DB_HOST", "db", "DB_USER", "me", "DB_SSL_MODE", "DISABLED"));

        assertThat(settings.jdbcUrl()).contains("&sslMode=DISABLED&allowPublicKeyRetrieval=true");
    }

    @Test
    void withoutAHostItIsH2BelowTheDataDirectory() {
        MySqlSettings settings = from(Map.of());

        Path file = Path.of("data/database/imagehost").toAbsolutePath();
        assertThat(settings.jdbcUrl())
                .isEqualTo("jdbc:h2:async:" + file
                        + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;AUTO_SERVER=TRUE;LOCK_TIMEOUT=3000;WRITE_DELAY=0");
        assertThat(settings.driverClassName()).isEqualTo("org.h2.Driver");
        assertThat(settings).hasToString("H2 in " + file);
        assertThat(System.getProperty("h2.bindAddress")).isEqualTo("127.0.0.1");
    }

    @Test
    void theFolderOfTheEmbeddedDatabaseIsItsOwnersOnly(@TempDir Path directory) throws Exception {
        MySqlMetadataRepository.open(from(Map.of("DATA_DIR", directory.toString())))
                .close();

        Path folder = directory.resolve("database");
        assertThat(folder).isDirectoryContaining("glob:**.mv.db");
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> MySqlMetadataRepository.open(from(Map.of("DATA_DIR", file.toString()))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DATA_DIR");
    }

    @Test
    void aBrokenDatabaseFileIsNamed(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("database"));
        Files.writeString(directory.resolve("database/imagehost.mv.db"), "no database".repeat(1000));

        assertThatThrownBy(() -> MySqlMetadataRepository.open(from(Map.of("DATA_DIR", directory.toString()))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DATA_DIR")
                .hasMessageContaining("imagehost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_SSL_MODE"})
    void halfAConfigurationIsRefused(String name) {
        assertThatThrownBy(() -> from(Map.of(name, SECRET)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("DB_HOST")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:" + SECRET + "@db", "jdbc:mysql://db/x?user=me&password=" + SECRET})
    void aSecretInTheWrongPlaceIsNotRepeated(String host) {
        assertThatThrownBy(() -> from(Map.of("DB_HOST", host, "DB_USER", "me")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("DB_HOST is more than the name or address of a server")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aServerNeedsAUser() {
        assertThatThrownBy(() -> from(Map.of("DB_HOST", "db")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DB_USER");
    }

    @ParameterizedTest
    @CsvSource({
        "DB_HOST, db:3306",
        "DB_HOST, db/other",
        "DB_HOST, db?allowLoadLocalInfile=true",
        "DB_HOST, 'a,b'",
        "DB_PORT, 0",
        "DB_PORT, 65536",
        "DB_PORT, x",
        "DB_NAME, a?b=c",
        "DB_NAME, a/b",
        "DB_SSL_MODE, maybe"
    })
    void whatIsNotLegalIsNamed(String name, String value) {
        Map<String, String> values = new HashMap<>(Map.of("DB_HOST", "db", "DB_USER", "me"));
        values.put(name, value);

        assertThatThrownBy(() -> from(values))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aDataDirectoryThatWouldBecomeParametersIsRefused() {
        assertThatThrownBy(() -> from(Map.of("DATA_DIR", "a;AUTO_SERVER=FALSE")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DATA_DIR");
    }

    private static MySqlSettings from(Map<String, String> values) {
        return MySqlSettings.from(Settings.of(values));
    }
}
