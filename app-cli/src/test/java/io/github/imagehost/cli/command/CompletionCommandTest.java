package io.github.imagehost.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.AllCommands;
import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    @ValueSource(strings = {"bash", "zsh"})
    void namesEveryCommandAndOption(String shell) {
        Result result = imagehost.run("completion", shell);

        assertThat(result.exitCode()).isZero();
        AllCommands.of(AllCommands.program()).forEach((name, command) -> {
            assertThat(result.out()).contains(name);
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(result.out()).contains(option.longestName().substring(2));
            }
        });
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void beginsZshsScriptWithWhatItCompletes() {
        assertThat(imagehost.run("completion", "zsh").lines()).first().isEqualTo("#compdef imagehost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fish", "tcsh"})
    void knowsNoOtherShell(String shell) {
        Result result = imagehost.run("completion", shell);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("bash, zsh").hasLineCount(1);
    }
}
