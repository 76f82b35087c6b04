package io.github.imagehost.mysql.testing;

import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An embedded database as the first start leaves it, for tests of what comes later: to copy one takes a hundredth of
 * the time that all scripts take. It is made once per JVM.
 */
public final class MigratedDatabase {

    private static @Nullable Path template;

    private MigratedDatabase() {}

    /** Puts one into a data directory that has none; makes the directory if it is not there. */
    public static void putInto(Path dataDirectory) {
        try {
            Path source = template();
            Files.createDirectories(dataDirectory);
            try (Stream<Path> files = Files.walk(source)) {
                List<Path> directoriesFirst = files.skip(1).toList();
                for (Path file : directoriesFirst) {
                    Files.copy(
                            file, dataDirectory.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path template() throws IOException {
        if (template == null) {
            Path made = Files.createTempDirectory("imagehost-migrated-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            SchemaMigration.migrate(MySqlSettings.embedded(made));
            template = made;
        }
        return template;
    }

    private static void delete(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
