package io.github.imagehost.core.transform.vips;

import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.TimeLimit;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds programs on this machine. */
public final class Programs {

    /** The first that can block loaders which are not made for files from strangers. */
    public static final String OLDEST_VIPS = "8.13";

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    private static final Pattern VIPS_VERSION = Pattern.compile("libvips (\\d{1,4})\\.(\\d{1,4})");
    private static final int OLDEST_MAJOR = 8;
    private static final int OLDEST_MINOR = 13;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Programs() {}

    /**
     * The first program of this name.
     *
     * @param searchPath directories, as in the environment variable {@code PATH}; null means that there are none
     */
    static Optional<Path> find(String name, @Nullable String searchPath) {
        if (searchPath == null) {
            return Optional.empty();
        }
        for (String directory : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
            try {
                Path program = Path.of(directory, name);
                if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            } catch (InvalidPathException e) {
                LOG.debug("Not a directory to search in: {}", directory, e);
            }
        }
        return Optional.empty();
    }

    /** The thumbnail tool of libvips, if it is there and answers that it is new enough. */
    public static Optional<Path> findVipsthumbnail(@Nullable String searchPath) {
        return find("vipsthumbnail", searchPath).filter(Programs::isNewEnough);
    }

    private static boolean isNewEnough(Path vipsthumbnail) {
        try (ChildProcesses processes = new ChildProcesses()) {
            ChildProcesses.Result result = processes.run(
                    List.of(vipsthumbnail.toString(), "--vips-version"), new byte[0], TimeLimit.of(PATIENCE));
            String answer = new String(result.output(), StandardCharsets.UTF_8).strip();
            if (isNewEnough(answer)) {
                return true;
            }
            LOG.warn("{} is not used: it has to be {} or newer, and answers: {}", vipsthumbnail, OLDEST_VIPS, answer);
        } catch (EngineOverloadedException e) {
            LOG.warn("{} is not used, because it does not work", vipsthumbnail, e);
        }
        return false;
    }

    private static boolean isNewEnough(String answer) {
        Matcher version = VIPS_VERSION.matcher(answer);
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(version.group(2)) >= OLDEST_MINOR);
    }
}
