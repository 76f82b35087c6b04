package io.github.imagehost.cli.command;

import io.github.imagehost.cli.terminal.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program itself, which does nothing without a command. */
@Command(
        name = "imagehost",
        mixinStandardHelpOptions = true,
        versionProvider = ImageHostCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Stores every picture exactly once and gives you its link.",
            "",
            "Works on the same images as the service, whether that runs or not; with IMAGEHOST_SERVER or --server, over"
                    + " HTTP with a service anywhere. Settings are environment variables, also"
                    + " from a file .env in the working directory. Without any, everything is kept in the directory"
                    + " data."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost upload cat.jpg",
            "  imagehost list --search cat",
            "  imagehost help upload"
        })
final class ImageHostCommand {

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {ProgramVersion.text()};
        }
    }
}
