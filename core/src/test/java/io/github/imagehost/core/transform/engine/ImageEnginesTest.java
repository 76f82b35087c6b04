package io.github.imagehost.core.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.core.transform.vips.VipsImageEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEnginesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void withoutTheToolJavaRenders() {
        try (ImageEngine engine = ImageEngines.choose(EngineChoice.AUTO, PATIENCE, directory.toString())) {
            assertThat(engine).isInstanceOf(JavaImageEngine.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libvips 8.13.0", "libvips 8.14.1", "libvips 9.0.0"})
    void withTheToolItRenders(String version) throws IOException {
        installTool("echo " + version);

        try (ImageEngine engine = ImageEngines.choose(EngineChoice.AUTO, PATIENCE, "/none:" + directory)) {
            assertThat(engine).isInstanceOf(VipsImageEngine.class);
        }
    }

    @Test
    void javaCanBeChosenAlthoughTheToolIsThere() throws IOException {
        installTool("echo libvips 8.14.1");

        try (ImageEngine engine = ImageEngines.choose(EngineChoice.JAVA, PATIENCE, directory.toString())) {
            assertThat(engine).isInstanceOf(JavaImageEngine.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo libvips 8.12.2", "echo libvips 7.42.3", "echo hello", "exit 1"})
    void aToolThatIsTooOldOrBrokenIsNotUsed(String script) throws IOException {
        installTool(script);

        assertThatIllegalStateException()
                .isThrownBy(() -> ImageEngines.choose(EngineChoice.VIPS, PATIENCE, directory.toString()))
                .withMessageContaining("8.13")
                .withMessageContaining("libvips-tools");
    }

    private void installTool(String script) throws IOException {
        Path tool = Files.writeString(directory.resolve("vipsthumbnail"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }
}
