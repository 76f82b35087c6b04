package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.s3.testing.ScriptedS3;
import io.github.imagehost.s3.testing.ScriptedS3.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {

    private static final String SECRET = "do-not-tell";

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @Test
    void makesNothingBeforeTheFirstStart() {
        Result result = imagehost.run("doctor");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.lines())
                .contains("Settings", "Database", "Store", "Disk")
                .endsWith("Failed: 0, warnings: 0, ok: 12, not checked: 2");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void findsNothingWrongWithTheEmbeddedDefaultAndLeavesNothingBehind() throws IOException {
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");
        // the folder that the probe shares with images stays
        imagehost.run("doctor");
        long before = countFiles();

        Result result = imagehost.run("doctor");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).endsWith("Failed: 0, warnings: 0, ok: 24, not checked: 0");
        assertThat(result.out())
                .contains("  ok  migrations  All tables are there", "  ok  directory  Objects can be stored");
        assertThat(countFiles()).isEqualTo(before);
    }

    @Test
    void checksWhatIsLeftIfSettingsAreWrong() {
        Result result = imagehost
                .with(Map.of(
                        "DB_USER",
                        "me",
                        "DB_PASSWORD",
                        SECRET,
                        "S3_SECRET_KEY",
                        SECRET,
                        "MAX_FILE_SIZE",
                        "x",
                        "FETCH_ALLOW",
                        "http://x"))
                .run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.SETTINGS.value());
        assertThat(result.out())
                .contains(
                        "  FAIL  uploads         MAX_FILE_SIZE is 'x', but legal is ",
                        "  FAIL  fetching        FETCH_ALLOW names 'http://x', but legal are networks",
                        "  FAIL  database        DB_HOST is not set, but DB_USER is",
                        "  FAIL  store           S3_BUCKET is not set, but it has to be",
                        "        -> Correct it in the environment or in the settings file",
                        "  -  not checked  all of it: A setting is wrong, see above",
                        "  ok  free space  ")
                .doesNotContain(SECRET);
    }

    @Test
    void tellsWhoMayUseTheService() {
        assertThat(imagehost.run("doctor").out())
                .contains(
                        "  ok  access          Only this machine reaches the service: nothing is set that lets others in,"
                                + " and it asks for no token");
        assertThat(imagehost.with("BIND_ADDRESS", "0.0.0.0").run("doctor").out())
                .contains(
                        "  ok  access          Others may reach the service, because BIND_ADDRESS is no loopback address,"
                                + " and it asks for a token; 'imagehost token create' makes one");
        assertThat(imagehost.with("ACCESS", "all").run("doctor").out())
                .contains("  FAIL  access          ACCESS is 'all', but legal is local, token or open");
    }

    @Test
    void tellsWhatElseLetsSomebodyInOrOut() {
        Result result = imagehost
                .with(Map.of(
                        "ACCESS", "token",
                        "GUEST_UPLOAD", "true",
                        "GUEST_TYPES", "image/png",
                        "ALLOW_FROM", "10.0.0.0/8,::ffff:192.0.2.1",
                        "BLOCK_FROM", "10.6.6.6",
                        "HOTLINK_ALLOW", "blog.example",
                        "PUBLIC_URL", "https://images.example"))
                .run("doctor");

        assertThat(result.out())
                .contains(
                        "'imagehost token create' makes one; guests may upload image/png up to 2097152 bytes, 20 times an"
                                + " hour; only from 10.0.0.0/8, 192.0.2.1/32, but for pictures; not from 10.6.6.6/32; pictures only"
                                + " in pages of blog.example, images.example");
    }

    @Test
    void tellsWherePeopleLogIn() {
        Map<String, String> settings = Map.of(
                "OIDC_ISSUER", "https://login.test/",
                "OIDC_CLIENT_ID", "imagehost",
                "OIDC_CLIENT_SECRET", "hush");

        assertThat(imagehost.with(settings).run("doctor").out())
                .contains("Others may reach the service, because OIDC_ISSUER is set")
                .contains("; people log in at https://login.test/\n".replace("\n", System.lineSeparator()))
                .doesNotContain("hush");
        assertThat(imagehost
                        .with(settings)
                        .with(Map.of("OIDC_CREATE_OWNERS", "true", "OIDC_AUDIENCE", "api"))
                        .run("doctor")
                        .out())
                .contains(
                        "; people log in at https://login.test/, and whoever does becomes an owner, whose tokens for api"
                                + " are credentials");
        assertThat(imagehost
                        .with(settings)
                        .with(Map.of(
                                "OIDC_ROLE_CLAIM",
                                "groups",
                                "OIDC_ADMIN_VALUES",
                                "ops,admins",
                                "OIDC_QUOTA_CLAIM",
                                "q"))
                        .run("doctor")
                        .out())
                .contains(
                        "; people log in at https://login.test/, administrators are those whose groups is one of admins,"
                                + " ops, their q says how many bytes they may have");
    }

    @ParameterizedTest
    @CsvSource({
        "OIDC_ISSUER, http://login.test, 'OIDC_ISSUER is ''http://login.test'', but legal is an address that begins with https://'",
        "OIDC_ISSUER, https://login.test, 'OIDC_CLIENT_ID is not set, but it has to be, because OIDC_ISSUER is set'",
        "ALLOW_FROM, office, ALLOW_FROM names 'office'",
        "BLOCK_FROM, 10.0.0.0/40, BLOCK_FROM names '10.0.0.0/40'",
        "HOTLINK_ALLOW, https://blog.example, HOTLINK_ALLOW names 'https://blog.example'",
        "GUEST_UPLOAD, true, 'GUEST_UPLOAD is true, but there are guests only where others need a token'"
    })
    void saysWhichOfTheseIsWrong(String name, String value, String message) {
        Result result = imagehost.with(name, value).run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.SETTINGS.value());
        assertThat(result.out()).contains("  FAIL  access          " + message);
    }

    @Test
    void warnsOfAServiceThatIsOpenToEverybody() {
        Result result = imagehost.with("ACCESS", "open").run("doctor");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "  warn  access          ACCESS says so: everybody who reaches the service may list, upload and"
                                + " delete",
                        "        -> Set ACCESS=token and give each client a token ('imagehost token create')");
    }

    @Test
    void goesOnIfCommandsCanTakeNoTurns() throws IOException {
        Files.createDirectories(directory.resolve("data/command.lock"));

        Result result = imagehost.run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.SETTINGS.value());
        assertThat(result.out())
                .contains("  FAIL  turn  DATA_DIR: no file can be made and locked in ", "  ok  free space  ");
    }

    @Test
    void endsAsUnavailableIfAllThatFailedIsThatNothingAnswers() throws IOException {
        String port = String.valueOf(portWithoutServer());
        Result result = imagehost
                .with(Map.of("DB_HOST", "127.0.0.1", "DB_PORT", port, "DB_USER", "me", "DB_PASSWORD", SECRET))
                .with(s3(Map.of("S3_ENDPOINT", "http://127.0.0.1:" + port)))
                .run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.value());
        assertThat(result.out())
                .contains("  FAIL  server       DB_HOST and DB_PORT: ", "  FAIL  endpoint     S3_ENDPOINT is ")
                .contains("not checked  login, database, writes, cluster, encryption, version,");
    }

    @Test
    void endsWithOneIfFailuresAreOfSeveralKinds() throws IOException {
        Result result = imagehost
                .with("MAX_FILE_SIZE", "x")
                .with(s3(Map.of("S3_ENDPOINT", "http://127.0.0.1:" + portWithoutServer())))
                .run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_DONE.value());
    }

    @Test
    void warnsOfPlainHttpToAnotherMachine() {
        Result result = imagehost
                .with(s3(Map.of("S3_ENDPOINT", "http://store.invalid")))
                .run("doctor");

        assertThat(result.out())
                .contains("  warn  encryption   Requests go over plain http: the secret key only signs them");
    }

    @Test
    void printsNothingThatSteersATerminal() throws IOException {
        try (ScriptedS3 server = new ScriptedS3()) {
            server.answer(request -> new Answer(400, Map.of(), "<Error><Code>a&#10;b</Code></Error>"));

            Result result = imagehost.with(server.values(Map.of())).run("doctor");

            assertThat(result.out()).contains("the store answers 400 a?b");
        }
    }

    @Test
    void printsOneDocumentOnRequest() throws IOException {
        Result result = imagehost
                .with("MAX_FILE_SIZE", "x")
                .with(s3(Map.of("S3_ENDPOINT", "http://127.0.0.1:" + portWithoutServer())))
                .run("doctor", "--json");

        JsonNode document = result.json();
        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_DONE.value());
        assertThat(document.at("/summary/failures").asInt()).isEqualTo(2);
        assertThat(document.at("/summary/warnings").asInt()).isZero();
        JsonNode first = document.at("/findings/0");
        assertThat(first.propertyNames()).containsExactly("area", "check", "outcome", "seen", "advice");
        assertThat(first.get("area").asString()).isEqualTo("settings");
        assertThat(first.get("outcome").asString()).isEqualTo("setting_wrong");
        assertThat(document.at("/findings/1/advice").isNull()).isTrue();
        assertThat(document.get("findings")
                        .valueStream()
                        .map(finding -> finding.get("outcome").asString()))
                .contains("ok", "not_checked", "unreachable");
    }

    @Test
    void neverPrintsASecret() throws IOException {
        Map<String, String> database = Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                String.valueOf(portWithoutServer()),
                "DB_USER",
                "me",
                "DB_PASSWORD",
                SECRET);
        try (ScriptedS3 server = new ScriptedS3()) {
            server.answer(request -> ScriptedS3.error(403, "SignatureDoesNotMatch"));
            CommandRunner wrong = imagehost.with(database).with(server.values(Map.of("S3_SECRET_KEY", SECRET)));

            for (String[] options :
                    List.of(new String[] {"doctor", "--verbose"}, new String[] {"doctor", "--json", "--verbose"})) {
                Result result = wrong.run(options);

                assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_DONE.value());
                assertThat(result.err()).contains("S3Exception: ", "Communications link failure");
                assertThat(result.toString()).doesNotContain(SECRET);
            }
        }
    }

    private long countFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.count();
        }
    }

    private static Map<String, String> s3(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("S3_BUCKET", "pictures", "S3_ACCESS_KEY", "me", "S3_SECRET_KEY", SECRET));
        settings.putAll(more);
        return settings;
    }

    private static int portWithoutServer() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
