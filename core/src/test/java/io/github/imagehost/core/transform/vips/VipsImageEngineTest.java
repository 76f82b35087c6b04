package io.github.imagehost.core.transform.vips;

import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageEngineContract;
import io.github.imagehost.core.transform.engine.EngineChoice;
import io.github.imagehost.core.transform.engine.ImageEngines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledIf(
        value = "toolIsInstalled",
        disabledReason = "libvips' vipsthumbnail is not on the PATH; Debian has it in libvips-tools")
class VipsImageEngineTest extends ImageEngineContract {

    private static final String PATH = System.getenv("PATH");

    static boolean toolIsInstalled() {
        return Programs.findVipsthumbnail(PATH).isPresent();
    }

    /** Each takes a process. */
    static Stream<Arguments> someLooks() throws IOException {
        return some(looks().toList());
    }

    @Override
    @ParameterizedTest
    @MethodSource("someLooks")
    protected void aPictureLooksAsInABrowser(String name, String engines, String size, String[] colours)
            throws Exception {
        super.aPictureLooksAsInABrowser(name, engines, size, colours);
    }

    @Override
    protected ImageEngine createEngine(Duration timeLimit) {
        return ImageEngines.choose(EngineChoice.VIPS, timeLimit, PATH);
    }

    @Override
    protected ImageEngine createEngineForOne(Duration timeLimit) {
        Path tool = Programs.findVipsthumbnail(PATH).orElseThrow();
        return new VipsImageEngine(tool, Programs.find("prlimit", PATH), timeLimit, 1, 1L << 30);
    }
}
