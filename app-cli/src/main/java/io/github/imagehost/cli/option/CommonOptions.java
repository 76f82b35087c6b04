package io.github.imagehost.cli.option;

import io.github.imagehost.cli.remote.ServerSettings;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.NewStore;
import io.github.imagehost.cli.session.SettingsFile;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();

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

    /**
     * The image host that the settings describe; whoever asked for it closes it.
     *
     * @throws SettingsException as {@link #settingsOfHost} does
     */
    public HostSession session() {
        return new HostSession(settingsOfHost());
    }

    /**
     * The settings of an image host of this machine, which may be wrong.
     *
     * @throws SettingsException if they name a service: this command works beside it, and not over HTTP
     */
    public Settings settingsOfHost() {
        Settings settings = settings();
        if (settings.has(ServerSettings.SERVER)) {
            throw new SettingsException(ServerSettings.SERVER
                    + " is set, but this command works on the database and the store themselves, not over HTTP: run it"
                    + " on the machine of the service, without " + ServerSettings.SERVER);
        }
        return settings;
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
