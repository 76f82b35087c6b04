package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.command.CommandLines;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        Terminal nowhere = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false);
        CommandLine commands = CommandLines.create(Map.of(), nowhere);

        assertThat(commands.getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(document).contains("| `" + command));
        Stream<OptionSpec> options = commands.getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream());
        assertThat(options.map(OptionSpec::longestName))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(document).contains("`" + option));
    }
}
