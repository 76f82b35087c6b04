package io.github.imagehost.cli.session;

import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where the pictures are to be kept from now on, as a settings file says. Everything else stays as it is set. */
public final class NewStore {

    private static final String STORE_SETTING = "S3_";
    private static final Set<String> SECRETS = Set.of("S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_SESSION_TOKEN");

    private final Path file;
    private final Settings settings;
    private final List<String> changes;

    private NewStore(Path file, Settings settings, List<String> changes) {
        this.file = file;
        this.settings = settings;
        this.changes = changes;
    }

    /**
     * Reads the file.
     *
     * @param present the present settings; those among them that say where pictures are kept count no more
     * @throws SettingsException if it can't be read, or leads to another database
     */
    public static NewStore read(Path file, Map<String, String> present) {
        Map<String, String> values = new HashMap<>(present);
        values.keySet().removeIf(NewStore::isOfStore);
        values.putAll(SettingsFile.values(Optional.of(file), Map.of()));
        Settings settings = Settings.of(values);
        if (!Bootstrap.isSameDatabase(Settings.of(present), settings)) {
            throw new SettingsException(file
                    + " leads to another database, but only the pictures are moved, not what is known of them: "
                    + (settings.has("DB_HOST")
                            ? "its DB_ settings have to be the present ones, or absent"
                            : "the embedded database is in " + DataDirectory.SETTING + ", which has to stay as it is"));
        }
        return new NewStore(file, settings, changes(present, values));
    }

    private static List<String> changes(Map<String, String> present, Map<String, String> values) {
        Set<String> names = new TreeSet<>(present.keySet());
        names.addAll(values.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String value = values.get(name);
            boolean concernsStore = isOfStore(name) || name.equals(DataDirectory.SETTING);
            if (concernsStore && !Objects.equals(value, present.get(name))) {
                changes.add(change(name, value));
            }
        }
        return changes;
    }

    private static String change(String name, @Nullable String value) {
        if (value == null) {
            return name + " is no longer set";
        }
        return name + "=" + (SECRETS.contains(name) ? "***" : value);
    }

    private static boolean isOfStore(String name) {
        return name.startsWith(STORE_SETTING);
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** What changes in the settings, one in each text, without secrets. */
    public List<String> changes() {
        return changes;
    }

    /**
     * Opens it; the caller closes it.
     *
     * @throws SettingsException if a setting is wrong; the message names it
     */
    ImageStore open() {
        return Bootstrap.openStore(settings);
    }
}
