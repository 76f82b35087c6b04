package io.github.imagehost.mysql.settings;

import io.github.imagehost.core.settings.SettingNames;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.transaction.TimeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.engine.SysProperties;

/**
 * H2 in a file. Whichever process opens it first also serves it to the others, on a port of the loopback address. They
 * need a key from a file beside it, so that whoever may not read the folder can't get in.
 */
record EmbeddedDatabase(Path folder, SettingNames names) {

    static final String DRIVER = "org.h2.Driver";
    static final String USER = "imagehost";

    private static final String BIND_ADDRESS = "h2.bindAddress";
    private static final String LOOPBACK = "127.0.0.1";

    /** H2 does not know the half of a URL that follows as parameters, but takes it to be part of the file's name. */
    private static final char PARAMETER_SEPARATOR = ';';

    /**
     * @param names what the data directory is called
     * @throws SettingsException if there can't be a database below it
     */
    static EmbeddedDatabase below(Path dataDirectory, SettingNames names) {
        Path folder = dataDirectory.resolve("database").toAbsolutePath().normalize();
        if (folder.toString().indexOf(PARAMETER_SEPARATOR) >= 0) {
            throw new SettingsException(
                    names.in("DATA_DIR must not contain a semicolon, since the embedded database can't be in it"));
        }
        listenOnLoopbackOnly(names);
        return new EmbeddedDatabase(folder, names);
    }

    private static void listenOnLoopbackOnly(SettingNames names) {
        if (System.getProperty(BIND_ADDRESS) == null) {
            System.setProperty(BIND_ADDRESS, LOOPBACK);
        }
        // H2 has read the property once and for all when its class was loaded, which may have been too early
        if (SysProperties.BIND_ADDRESS == null) {
            throw new SettingsException((names.equals(SettingNames.VARIABLES) ? "DB_HOST is not set, but the" : "The")
                    + " embedded database would listen on every address, since"
                    + " something else in this JVM used H2 before: start it with -D" + BIND_ADDRESS + "="
                    + LOOPBACK);
        }
    }

    Path file() {
        return folder.resolve("imagehost");
    }

    boolean exists() {
        return Files.exists(folder.resolve("imagehost.mv.db"));
    }

    String url(TimeLimits limits) {
        // an interrupted thread would close any other kind of file under all who use it
        return "jdbc:h2:async:" + file() + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;AUTO_SERVER=TRUE;LOCK_TIMEOUT="
                + limits.lock().toMillis()
                // every commit goes to the file at once, not half a second later
                + ";WRITE_DELAY=0";
    }

    void createFolder() {
        try {
            Files.createDirectories(folder);
            PosixFileAttributeView permissions = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            if (permissions != null) {
                permissions.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new SettingsException(
                    names.in("DATA_DIR: the folder ") + folder + " can't be created for the database", e);
        }
    }
}
