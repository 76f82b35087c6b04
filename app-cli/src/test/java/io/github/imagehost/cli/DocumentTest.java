package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class DocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");

    @Test
    void explainsEveryExitCode() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(ExitCode.meanings()).hasSize(8);
        assertThat(ExitCode.meanings())
                .allSatisfy((code, meaning) -> assertThat(document).contains("| " + code + " | " + meaning + " |"));
    }

    @Test
    void namesEveryCommandAndEveryOption() throws IOException {
        String document = Files.readString(DOCUMENT);
        Map<String, CommandLine> commands = AllCommands.of(AllCommands.program());

        assertThat(commands.keySet())
                .contains("upload", "owner add")
                .allSatisfy(command -> assertThat(document).contains("| `" + command));
        Stream<OptionSpec> options =
                commands.values().stream().flatMap(command -> command.getCommandSpec().options().stream());
        assertThat(options.map(OptionSpec::longestName))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(document).contains("`" + option));
    }
}
