package io.github.imagehost.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before a service is asked for anything. */
class ServerSettingsTest {

    private static final String TOKEN = "imh_0123456789abcdefghijABCDEFGHIJ01234567";
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    private Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data")).impatient();
    }

    private void assertNothingHappened(Result result) {
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain(TOKEN);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://nas:3000", "http://192.168.1.5", "http://127.0.0.1.example.com", "http://[::2]:3000"})
    void noTokenGoesWhereItCouldBeReadOnItsWay(String server) {
        Result result = imagehost
                .with("IMAGEHOST_SERVER", server)
                .with("IMAGEHOST_TOKEN", TOKEN)
                .run("list", "--verbose");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("imagehost: The address of the service is " + server + ", so the token could be read");
        assertNothingHappened(result);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, false",
        "http://localhost:1, false",
        "http://[::1]:1, false",
        "http://0.0.0.0:1, true",
        "https://0.0.0.0:1, false"
    })
    void otherwiseItTriesTo(String server, String allowHttp) {
        Result result = imagehost
                .with("IMAGEHOST_TOKEN", TOKEN)
                .with("IMAGEHOST_ALLOW_HTTP", allowHttp)
                .run("list", "--server", server);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).startsWith("imagehost: " + server + " can't be reached");
        assertNothingHappened(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imh_abc\ndef", "imh abc", "імг_abc"})
    void whatCanBeNoTokenIsNotRepeated(String token) {
        Result result = imagehost
                .with("IMAGEHOST_SERVER", NOWHERE)
                .with("IMAGEHOST_TOKEN", token)
                .run("stats", "--verbose");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("imagehost: IMAGEHOST_TOKEN or the file that IMAGEHOST_TOKEN_FILE names is no token")
                .doesNotContain("abc");
    }

    @Test
    void aTokenStandsInOnePlace() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN);
        CommandRunner both = imagehost.with("IMAGEHOST_TOKEN", TOKEN).with("IMAGEHOST_TOKEN_FILE", file.toString());
        CommandRunner none = imagehost.with("IMAGEHOST_TOKEN_FILE", directory + "/absent");

        assertThat(both.run("list", "--server", NOWHERE).err())
                .startsWith("imagehost: IMAGEHOST_TOKEN and IMAGEHOST_TOKEN_FILE are both set; legal is one of them");
        assertThat(none.run("list", "--server", NOWHERE).err())
                .startsWith(
                        "imagehost: IMAGEHOST_TOKEN_FILE is '" + directory + "/absent', which can't be read as text");
    }

    @Test
    void anAddressIsThatOfAService() {
        Result option = imagehost.run("list", "--server", "ftp://host");
        Result setting =
                imagehost.with("IMAGEHOST_SERVER", "http://user:secret@host").run("list");

        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err())
                .isEqualTo("imagehost: --server is 'ftp://host', but legal is an address such as"
                        + " https://images.example.com/path (see 'imagehost list --help')" + System.lineSeparator());
        assertThat(setting.exitCode()).isEqualTo(3);
        assertThat(setting.err())
                .contains("IMAGEHOST_SERVER is 'http://***@host'")
                .doesNotContain("secret");
    }

    @Test
    void theTokenTellsTheOwner() {
        Result result = imagehost.run("list", "--server", NOWHERE, "--owner", "alice");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("imagehost: --owner is for this machine");
        assertNothingHappened(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import x",
                "sweep",
                "fsck",
                "export x",
                "restore x",
                "owner list",
                "token create x",
                "login-link x",
                "doctor"
            })
    void commandsThatNeedTheDatabaseSayThatTheyCanNotRunOverHttp(String command) {
        Result setting = imagehost.with("IMAGEHOST_SERVER", NOWHERE).run(command.split(" "));
        Result option = imagehost.run((command + " --server " + NOWHERE).split(" "));

        assertThat(setting.exitCode()).isEqualTo(3);
        assertThat(setting.err()).contains("IMAGEHOST_SERVER is set, but this command works on the database and the");
        assertNothingHappened(setting);
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err())
                .contains("'--server'", "works on the database and the store themselves, not over HTTP");
        assertNothingHappened(option);
    }

    @Test
    void anEmptySettingLeadsToThisMachine() {
        Result result = imagehost.with("IMAGEHOST_SERVER", "").run("stats", "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().at("/statistics/images").asInt()).isZero();
    }
}
