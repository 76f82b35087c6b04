package io.github.imagehost.core.transform;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "toolIsInstalled",
        disabledReason = "libvips' vipsthumbnail is not on the PATH; Debian has it in libvips-tools")
class VipsImageEngineTest extends ImageEngineContract {

    private static final String PATH = System.getenv("PATH");

    static boolean toolIsInstalled() {
        return Programs.findVipsthumbnail(PATH).isPresent();
    }

    @Override
    ImageEngine createEngine(Duration timeLimit) {
        return ImageEngines.choose(EngineChoice.VIPS, timeLimit, PATH);
    }

    @Override
    ImageEngine createEngineForOne(Duration timeLimit) {
        Path tool = Programs.findVipsthumbnail(PATH).orElseThrow();
        return new VipsImageEngine(tool, Programs.find("prlimit", PATH), timeLimit, 1, 1L << 30);
    }
}
