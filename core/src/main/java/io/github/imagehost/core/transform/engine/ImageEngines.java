package io.github.imagehost.core.transform.engine;

import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.core.transform.vips.Programs;
import io.github.imagehost.core.transform.vips.VipsImageEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the engine that was chosen. */
public final class ImageEngines {

    private static final Logger LOG = LoggerFactory.getLogger(ImageEngines.class);

    private ImageEngines() {}

    /**
     * An engine with the limits that suit this machine; whoever calls this closes it.
     *
     * @param timeLimit for each picture, including its time in the queue
     * @param searchPath where tools are looked for, as in the environment variable {@code PATH}; null is no path at all
     * @throws IllegalStateException if libvips is chosen, but its tool is not on the path, or does not work
     */
    public static ImageEngine choose(EngineChoice choice, Duration timeLimit, @Nullable String searchPath) {
        if (choice == EngineChoice.JAVA) {
            return new JavaImageEngine(timeLimit);
        }
        Optional<Path> tool = Programs.findVipsthumbnail(searchPath);
        if (tool.isPresent()) {
            LOG.info("Pictures are rendered by {}", tool.get());
            return new VipsImageEngine(tool.get(), timeLimit, searchPath);
        }
        if (choice == EngineChoice.VIPS) {
            throw new IllegalStateException("libvips is to render pictures, but there is no vipsthumbnail of version "
                    + Programs.OLDEST_VIPS + " or newer on the PATH; Debian has it in libvips-tools");
        }
        return new JavaImageEngine(timeLimit);
    }
}
