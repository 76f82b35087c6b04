package io.github.imagehost.core.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an application keeps what it keeps on the local disk: the setting {@code DATA_DIR}, {@code ./data} if it is
 * absent.
 *
 * @param path as it was set, perhaps relative to the working directory
 */
public record DataDirectory(Path path) {

    /** The name of the setting. */
    public static final String SETTING = "DATA_DIR";

    private static final Path DEFAULT = Path.of("data");

    /**
     * Reads the setting.
     *
     * @throws SettingsException if it is no path
     */
    public static DataDirectory from(Settings settings) {
        return new DataDirectory(settings.parse(SETTING, "a path", text -> Optional.of(Path.of(text)))
                .orElse(DEFAULT));
    }

    /** Where the images are, unless they are in another store. */
    public Path images() {
        return path.resolve("images");
    }

    /** Where copies of images are that are in another store. */
    public Path cache() {
        return path.resolve("cache");
    }

    /** Where uploads are kept while they are received. */
    public Path spool() {
        return path.resolve("spool");
    }
}
