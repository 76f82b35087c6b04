package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {

    @TempDir
    private Path directory;

    @Test
    void itListensOnThisMachineOnlyAndWritesIntoItsOwnFolder() {
        String configuration = Nginx.configuration(directory, 12345);

        assertThat(lines(configuration).filter(line -> line.startsWith("listen")))
                .containsExactly("listen 127.0.0.1:12345;");
        assertThat(lines(configuration).filter(line -> line.matches("(pid|error_log|root|.*_path) .*")))
                .hasSize(8)
                .allMatch(line -> line.split(" ", 2)[1].startsWith(directory + "/"));
    }

    @Test
    void oneThatEndsIsToldWithWhatItSaid() {
        assertThatThrownBy(() -> Nginx.start(List.of("sh", "-c", "echo no such module; exit 1"), directory))
                .hasStackTraceContaining("no such module");
    }

    private static Stream<String> lines(String configuration) {
        return configuration.lines().map(String::strip);
    }
}
