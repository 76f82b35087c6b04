package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.NewStore;
import io.github.imagehost.cli.session.SettingsFile;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class CommonOptions {

    private final Map<String, String> environment;

    @Option(names = "--json", description = "Print one JSON document, as the service answers it.")
    private boolean json;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Read settings from this file instead of .env in the working directory.")
    private Optional<Path> envFile = Optional.empty();

    @Option(names = "--verbose", description = "Show where an error comes from.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;

    public CommonOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether the result is wanted as JSON. */
    public boolean json() {
        return json;
    }

    /** Whether stack traces are wanted. */
    public boolean verbose() {
        return verbose;
    }

    /** The image host that the settings describe; whoever asked for it closes it. */
    public HostSession session() {
        return new HostSession(settings());
    }

    /** The settings, which may be wrong. */
    public Settings settings() {
        return SettingsFile.read(envFile, environment);
    }

    /**
     * Where the pictures are to be kept from now on.
     *
     * @param file says so, in place of all present settings that do
     * @throws SettingsException if it can't be read, or leads to another database
     */
    public NewStore newStore(Path file) {
        return NewStore.read(file, SettingsFile.values(envFile, environment));
    }
}
