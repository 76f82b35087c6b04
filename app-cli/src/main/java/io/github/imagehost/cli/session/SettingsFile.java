package io.github.imagehost.cli.session;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvBuilder;
import io.github.cdimascio.dotenv.DotenvException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings from a file of lines {@code NAME=value} and from the environment, which comes first. */
public final class SettingsFile {

    private static final String DEFAULT_NAME = ".env";

    private SettingsFile() {}

    /**
     * Reads the settings.
     *
     * @param file which file; {@code .env} in the working directory, if it is there, otherwise
     * @throws SettingsException if the file is not there or is no such file
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment) {
        return Settings.of(values(file, environment));
    }

    /** The same as they are written. */
    public static Map<String, String> values(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        load(file)
                .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        values.putAll(environment);
        return values;
    }

    private static Dotenv load(Optional<Path> file) {
        try {
            return file.map(SettingsFile::reader)
                    .orElseGet(() -> Dotenv.configure().ignoreIfMissing())
                    .load();
        } catch (DotenvException e) {
            // its message repeats the line, which may hold a secret
            throw new SettingsException(
                    "The settings file " + file.map(Path::toString).orElse(DEFAULT_NAME)
                            + " can't be read, or has a line that is not NAME=value",
                    e);
        }
    }

    private static DotenvBuilder reader(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("There is no settings file " + file);
        }
        Path absolute = file.toAbsolutePath();
        return Dotenv.configure()
                .directory(String.valueOf(absolute.getParent()))
                .filename(String.valueOf(absolute.getFileName()));
    }
}
