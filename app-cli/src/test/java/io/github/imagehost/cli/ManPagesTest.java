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
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest {

    private final CommandLine program = CommandLines.create(
            Map.of(),
            new Terminal(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    false));

    @Test
    void everyCommandHasAPageThatNamesItsOptionsAndExitCodes() {
        Map<String, String> pages = ManPages.pages(program);

        assertThat(pages)
                .containsKey("imagehost.1")
                .hasSize(program.getSubcommands().size() + 1);
        program.getSubcommands().forEach((name, command) -> {
            String page = pages.get("imagehost-" + name + ".1");
            assertThat(page)
                    .startsWith(".TH \"IMAGEHOST-")
                    .contains(".SH NAME\nimagehost\\-" + name.replace("-", "\\-") + " \\- ");
            for (OptionSpec option : command.getCommandSpec().options()) {
                for (String optionName : option.names()) {
                    assertThat(page).contains("\\fB" + optionName.replace("-", "\\-") + "\\fR");
                }
                assertThat(page).contains(option.description()[0].replace("-", "\\-"));
            }
            for (ExitCode code : ExitCode.values()) {
                assertThat(page).contains(".TP\n\\fB" + code.value() + "\\fR\n");
            }
        });
        assertThat(pages.get("imagehost-list.1"))
                .contains(
                        "\\fB\\-\\-limit\\fR=\\fIN\\fR\n", ".SH EXAMPLES\n.nf\n  imagehost list \\-\\-search holiday");
    }

    @Test
    void noLineIsTakenForAnOrder() {
        String page = ManPages.pages(program).getOrDefault("imagehost.1", "");

        assertThat(Arrays.stream(page.split("\n")).filter(line -> line.startsWith(".") || line.startsWith("'")))
                .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|nf|fi)( .*)?"));
    }

    @Test
    void theFilesHaveTheNamesOfTheCommands(@TempDir Path directory) throws IOException {
        Path folder = directory.resolve("man1");

        ManPages.main(new String[] {folder.toString()});

        assertThat(folder.resolve("imagehost-upload.1")).content().contains("standard input");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(program.getSubcommands().size() + 1);
        }
    }
}
