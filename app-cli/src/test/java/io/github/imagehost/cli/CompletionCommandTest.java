package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CompletionCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void namesEveryCommandAndOption(String shell) {
        Result result = imagehost.run("completion", shell);

        assertThat(result.exitCode()).isZero();
        program().getSubcommands().forEach((name, command) -> {
            assertThat(result.out()).contains(name);
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(result.out()).contains(option.longestName().substring(2));
            }
        });
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tellsFishWhatToOfferAndWhere() {
        Result result = imagehost.run("completion", "fish");

        assertThat(result.lines())
                .contains(
                        "complete -c imagehost -n '__fish_use_subcommand' -f -a 'list' -d 'List pictures, newest first.'",
                        "complete -c imagehost -n '__fish_seen_subcommand_from list' -l limit -x"
                                + " -d 'How many pictures a page has, 1 to 100; 20 otherwise.'",
                        "complete -c imagehost -n '__fish_seen_subcommand_from list' -l env-file -r -F"
                                + " -d 'Read settings from this file instead of .env in the working directory.'",
                        "complete -c imagehost -n '__fish_seen_subcommand_from list' -s h -l help -d 'Show this help.'",
                        "complete -c imagehost -n '__fish_seen_subcommand_from delete' -f",
                        "complete -c imagehost -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'")
                .doesNotContain("complete -c imagehost -n '__fish_seen_subcommand_from upload' -f");
        assertThat(result.lines()).allMatch(line -> line.startsWith("complete -c imagehost -n '"));
    }

    @Test
    void beginsZshsScriptWithWhatItCompletes() {
        assertThat(imagehost.run("completion", "zsh").lines()).first().isEqualTo("#compdef imagehost");
    }

    @Test
    void knowsNoOtherShell() {
        Result result = imagehost.run("completion", "tcsh");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("bash, zsh, fish").hasLineCount(1);
    }

    private static CommandLine program() {
        return CommandLines.create(
                Map.of(),
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        false));
    }
}
