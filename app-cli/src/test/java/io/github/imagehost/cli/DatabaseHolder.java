package io.github.imagehost.cli;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.IOException;
import java.util.Map;

/** Stands for a service that runs: a process that holds the database open until its standard input ends. */
public final class DatabaseHolder {

    public static final String READY = "ready";

    private DatabaseHolder() {}

    /**
     * Says when the database is open, and waits.
     *
     * @param arguments the data directory
     */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.of(Map.of("DATA_DIR", arguments[0]));
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(MySqlSettings.from(settings))) {
            repository.check();
            System.out.println(READY);
            while (System.in.read() >= 0) {
                repository.check();
            }
        }
    }
}
