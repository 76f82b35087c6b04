package io.github.imagehost.mysql.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.transaction.TimeLimits;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                        + "&sessionVariables=innodb_lock_wait_timeout=3,sql_mode=TRADITIONAL,sql_safe_updates=0"
                        + ",sql_select_limit=18446744073709551615,sql_big_selects=1,autocommit=1,unique_checks=1,completion_type=NO_CHAIN"
                        + "&sslMode=PREFERRED&socketTimeout=10000");
        assertThat(settings.driverClassName()).isEqualTo("com.mysql.cj.jdbc.Driver");
        assertThat(settings.user()).isEqualTo("imagehost");
        assertThat(settings.password()).isEqualTo(SECRET);
        assertThat(settings).hasToString("the database imagehost at db.example:3306");
    }

    /** Otherwise a start would never go on to the next of several servers. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoIsPatientWithStatementsIsNotSoWithAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TimeLimits limits = new TimeLimits(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50));
            MySqlSettings settings = from(Map.of("DB_HOST", "127.0.0.1:" + silent.getLocalPort(), "DB_USER", "me"))
                    .within(limits);

            assertThatThrownBy(() -> settings.patientDataSource().getConnection())
                    .isInstanceOf(SQLException.class);
        }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my_db | my_db:3307",
                "db:1 | db:1",
                "[::1] | [::1]:3307",
                "[::1]:65535 | [::1]:65535",
                "::1 | [::1]:3307",
                "a, b:3306 ,10.0.0.3,[fd00::4]:5 | a:3307,b:3306,10.0.0.3:3307,[fd00::4]:5"
            })
    void aListOfServersHasPortsOfItsOwn(String host, String inUrl) {
        MySqlSettings settings = from(Map.of("DB_HOST", host, "DB_PORT", "3307", "DB_USER", "me"));

        assertThat(settings.jdbcUrl()).startsWith("jdbc:mysql://" + inUrl + "/imagehost?");
        assertThat(settings).hasToString("the database imagehost at " + inUrl.replace(",", ", "));
    }

    @ParameterizedTest
    @CsvSource({"localhost, true", "'127.0.0.1:1,[::1]', true", "my_db, false", "'localhost,db', false"})
    void whatLeavesThisMachineIsKnownForEachServer(String host, boolean stays) {
        assertThat(from(Map.of("DB_HOST", host, "DB_USER", "me")).isOnThisMachine())
                .isEqualTo(stays);
    }

    @Test
    void whatIsWrongInAListIsNamedWithWhatIsLegal() {
        assertThatThrownBy(() -> from(Map.of("DB_HOST", "a,b:99999,c", "DB_USER", "me")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "DB_HOST names 'b:99999', but legal are names and addresses of servers, separated by commas, each with"
                                + " a port from 1 to 65535 behind a colon or without one, such as"
                                + " db-1.example,db-2.example:3307,[fd00::3]");
    }

    @Test
    void onlyWhoSwitchesTlsOffTrustsTheNetworkWithThePassword() {
        MySqlSettings settings = from(Map.of("DB_HOST", "db", "DB_USER", "me", "DB_SSL_MODE", "DISABLED"));

        assertThat(settings.jdbcUrl()).contains("&sslMode=DISABLED&allowPublicKeyRetrieval=true");
    }

    @Test
    void aServerOfParametersIsTheSameAsOneOfVariables() {
        MySqlSettings least =
                MySqlSettings.server("db.example").user("imagehost").build();
        MySqlSettings most = MySqlSettings.server("db-1.example,[::1]:3307")
                .port(3308)
                .name("pictures")
                .user("me")
                .password(SECRET)
                .sslMode(SslMode.VERIFY_IDENTITY)
                .build();

        assertThat(least.jdbcUrl())
                .isEqualTo(from(Map.of("DB_HOST", "db.example", "DB_USER", "imagehost"))
                        .jdbcUrl());
        assertThat(least.password()).isEmpty();
        assertThat(most.jdbcUrl())
                .isEqualTo(from(Map.of(
                                "DB_HOST", "db-1.example,[::1]:3307",
                                "DB_PORT", "3308",
                                "DB_NAME", "pictures",
                                "DB_USER", "me",
                                "DB_SSL_MODE", "verify_identity"))
                        .jdbcUrl());
        assertThat(most.user()).isEqualTo("me");
        assertThat(most.password()).isEqualTo(SECRET);
    }

    @Test
    void aParameterThatIsMissingOrNotLegalIsNamed() {
        assertThatThrownBy(() -> MySqlSettings.server("db.example").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user is not set, but it has to be, because host is set");
        assertThatThrownBy(() -> MySqlSettings.server(" ").user("me").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host is not set, but it has to be, because the database is on a server");
        assertThatThrownBy(() -> MySqlSettings.server("db.example")
                        .user("me")
                        .port(70_000)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port is '70000', but legal is a whole number from 1 to 65535");
        assertThatThrownBy(() -> MySqlSettings.server("db.example")
                        .user("me")
                        .name("my database")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name is 'my database', but legal is 1 to 64 of the characters A-Z a-z 0-9 _ $ -");
        assertThatThrownBy(() -> MySqlSettings.embedded(Path.of("da;ta")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("directory must not contain a semicolon, since the embedded database can't be in it");
    }

    @Test
    void aParameterThatKeepsTheDatabaseFromBeingUsedIsNamed(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedSoon.getLocalPort();
        }
        MySqlSettings server =
                MySqlSettings.server("127.0.0.1").port(port).user("me").build();
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> MySqlMetadataRepository.open(server))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "host and port: the database imagehost at 127.0.0.1:" + port + " does not answer");
        assertThatThrownBy(() -> MySqlMetadataRepository.embedded(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("directory: the folder " + file.resolve("database") + " can't be created");
    }

    @Test
    void anEmbeddedDatabaseOfAParameterIsTheSameAsOneOfAVariable() {
        assertThat(MySqlSettings.embedded(Path.of("somewhere")).jdbcUrl())
                .isEqualTo(from(Map.of("DATA_DIR", "somewhere")).jdbcUrl());
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
        "DB_HOST, db/other",
        "DB_HOST, db?allowLoadLocalInfile=true",
        "DB_HOST, 'a,,b'",
        "DB_HOST, 'a,b,'",
        "DB_HOST, ','",
        "DB_HOST, 'a b'",
        "DB_HOST, a:",
        "DB_HOST, a:0",
        "DB_HOST, a:65536",
        "DB_HOST, a:999999",
        "DB_HOST, a:b",
        "DB_HOST, '[::1'",
        "DB_HOST, '[::1]:x'",
        "DB_HOST, '[a]:3306'",
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
