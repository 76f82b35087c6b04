package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest {

    private final CommandLine program = AllCommands.program();

    @Test
    void everyCommandHasAPageThatNamesItsOptionsAndExitCodes() {
        Map<String, String> pages = ManPages.pages(program);

        assertThat(pages)
                .containsKey("imagehost.1")
                .hasSize(AllCommands.of(program).size() + 1);
        AllCommands.of(program).forEach((typed, command) -> {
            String name = typed.replace(" ", "-");
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
    void aPageLeadsToThoseAboveAndBelow() {
        Map<String, String> pages = ManPages.pages(program);

        assertThat(pages.get("imagehost.1")).contains("imagehost\\-token(1)");
        assertThat(pages.get("imagehost-token.1"))
                .contains(".SH COMMANDS\n.TP\n\\fBcreate\\fR\n")
                .endsWith(".SH SEE ALSO\nimagehost(1), imagehost-token-create(1), imagehost-token-list(1),"
                                .replace("-", "\\-")
                        + " imagehost\\-token\\-revoke(1)\n");
        assertThat(pages.get("imagehost-token-create.1")).endsWith(".SH SEE ALSO\nimagehost\\-token(1)\n");
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
            assertThat(files).hasSize(AllCommands.of(program).size() + 1);
        }
    }
}
