package io.github.imagehost.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.terminal.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @Test
    void namesEveryCommand() {
        Result result = imagehost.run("--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "  upload  ",
                        "  import  ",
                        "  list  ",
                        "  show  ",
                        "  delete  ",
                        "  stats  ",
                        "  fsck  ",
                        "  restore  ",
                        "  owner  ",
                        "  token  ",
                        "  invite  ",
                        "  login-link  ",
                        "  client  ",
                        "  doctor  ",
                        "  completion  ",
                        "  help  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload",
                "import",
                "list",
                "show",
                "delete",
                "stats",
                "sweep",
                "fsck",
                "migrate-store",
                "export",
                "restore",
                "login-link",
                "client",
                "doctor"
            })
    void explainsEveryCommandWithExitCodesAndExamples(String command) {
        Result help = imagehost.run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: imagehost " + command)
                .contains("--json", "--env-file=FILE", "--verbose", "Exit codes:", "Example", "  imagehost " + command);
        for (ExitCode code : ExitCode.values()) {
            assertThat(help.out()).containsPattern("\\R  " + code.value() + " +\\S");
        }
        assertThat(imagehost.run("help", command)).isEqualTo(help);
    }

    @ParameterizedTest
    @CsvSource({
        "owner, add",
        "owner, list",
        "owner, show",
        "owner, set",
        "owner, suspend",
        "owner, activate",
        "token, create",
        "token, list",
        "token, revoke",
        "invite, create",
        "invite, list",
        "invite, revoke"
    })
    void explainsEveryCommandOfACommand(String command, String subcommand) {
        String typed = command + " " + subcommand;

        Result help = imagehost.run(command, subcommand, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: imagehost " + typed)
                .contains("--json", "--env-file=FILE", "--verbose", "Exit codes:", "Example", "  imagehost " + typed);
        assertThat(imagehost.run(command, "--help").out())
                .contains("Commands:", "  " + subcommand + "  ", "Exit codes:");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void touchesNothing() {
        imagehost.run("--help");
        imagehost.run("help", "upload");
        imagehost.run("list", "--help");
        imagehost.run("--version");
        imagehost.run("delete", "--help", "1");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tellsTheVersion() {
        Result result = imagehost.run("--version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.onlyLine()).startsWith("imagehost ");
        assertThat(imagehost.run("-V")).isEqualTo(result);
        assertThat(imagehost.run("--version", "list")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing required subcommand, imagehost",
        "uplaod, 'Unmatched argument at index 0: ''uplaod''; did you mean upload?', imagehost",
        "upload, 'Missing required parameter: ''PATH''', imagehost upload",
        "show, 'Missing required parameter: ''PICTURE''', imagehost show",
        "show 1 2, 'Unmatched argument at index 2: ''2''', imagehost show",
        "list --nope, 'Unknown option: ''--nope''', imagehost list",
        "list --page, 'Missing required parameter for option ''--page'' (N)', imagehost list",
        "upload - -, 'Standard input (-) can be read only once', imagehost upload",
        "owner, Missing required subcommand, imagehost owner",
        "owner ad, 'Unmatched argument at index 1: ''ad''; did you mean add?', imagehost owner",
        "owner add, 'Missing required parameter: ''NAME''', imagehost owner add",
        "owner add 1x, '''1x'' is no name of an owner: legal are 1 to 64 letters (a-z), digits, dots, hyphens, underscores and @, beginning with a letter', imagehost owner add",
        "owner add al --role king, '--role: ''king'' is none of admin, user', imagehost owner add",
        "owner set al, 'What is to change? Give --name, --role, --max-images or --max-size', imagehost owner set",
        "token create t --scopes read;write, '--scopes: ''read;write'' is no scope; legal are upload, read, delete, manage, account, admin, all, and several with commas between them', imagehost token create",
        "token create t --expires 0s, '--expires: ''0s'' is no time span from 1s to 36500d, such as 12h, 30d or 365d', imagehost token create",
        "token create t --expires 36501d, '--expires: ''36501d'' is no time span from 1s to 36500d, such as 12h, 30d or 365d', imagehost token create",
        "token create t --expires 1d --never, 'Error: --expires=SPAN, --never are mutually exclusive (specify only one)', imagehost token create",
        "token revoke x, '''x'' is not a whole number, or too large', imagehost token revoke",
        "list --owner 7, '--owner: ''7'' is no name of an owner: legal are 1 to 64 letters (a-z), digits, dots, hyphens, underscores and @, beginning with a letter', imagehost list",
        "fsck --deep --sample 1%, '--deep reads every object, and --sample a share of them', imagehost fsck",
        "fsck --sample 101%, '--sample: ''101%'' is no share such as 0.5%, 1% or 100%', imagehost fsck",
        "fsck --orphan-age 5, '--orphan-age: ''5'' is no age such as 0s, 45m, 12h or 30d', imagehost fsck",
        "fsck --threads 65, '--threads is from 1 to 64', imagehost fsck",
        "fsck --purge-quarantine 30d --repair, '--purge-quarantine does nothing else', imagehost fsck",
        "upload a.png --jobs 0, '--jobs is 0, but legal is 1 to 64', imagehost upload",
        "upload a.png --jobs x, '--jobs: ''x'' is not a whole number, or too large', imagehost upload",
        "upload a.png --name b, '--name goes with - only: files have their own names', imagehost upload",
    })
    void refusesAWrongCommandLineInOneLine(String arguments, String message, String command) {
        Result result = imagehost.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result)
                .isEqualTo(new Result(
                        2, "", "imagehost: " + message + " (see '" + command + " --help')" + System.lineSeparator()));
        assertThat(directory).isEmptyDirectory();
    }
}
