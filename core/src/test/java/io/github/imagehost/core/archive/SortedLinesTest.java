package io.github.imagehost.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedLinesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1000})
    void sortsMoreThanFitsIntoMemoryAndDropsWhatIsTwice(int mostInMemory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add("line " + i % 60);
        }
        Collections.shuffle(lines, new Random(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (SortedLines sorted = new SortedLines(directory, "lines-", mostInMemory)) {
            for (String line : lines) {
                sorted.add(line);
            }
            assertThat(sorted.writeTo(out)).isEqualTo(60);
        }

        assertThat(out.toString(StandardCharsets.US_ASCII).lines()).containsExactlyElementsOf(new TreeSet<>(lines));
        assertThat(out.toString(StandardCharsets.US_ASCII)).endsWith("\n");
        assertThat(directory).isEmptyDirectory();
    }
}
