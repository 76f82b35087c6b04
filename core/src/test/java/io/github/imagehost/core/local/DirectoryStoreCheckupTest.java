package io.github.imagehost.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreCheckupTest {

    @TempDir
    Path directory;

    @Test
    void leavesNoFileBehind() throws IOException {
        Finding finding = only(new DirectoryStoreCheckup(directory).run());

        assertThat(finding.outcome()).isEqualTo(Outcome.OK);
        assertThat(finding.seen()).endsWith(directory.toString());
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.map(path -> directory.relativize(path).toString()))
                    .as("only what a store makes itself")
                    .containsExactlyInAnyOrder("", ".incoming", "im");
        }
    }

    @Test
    void doesNotMakeTheDirectory() {
        Path absent = directory.resolve("absent");

        assertThat(only(new DirectoryStoreCheckup(absent).run()).outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(absent).doesNotExist();
    }

    @Test
    void namesTheSettingIfNothingCanBeKeptThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Finding finding = only(new DirectoryStoreCheckup(file).run());

        assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(finding.seen()).startsWith("DATA_DIR: images can't be kept in " + file + ": ");
        assertThat(finding.advice()).isPresent();
        assertThat(finding.cause()).isPresent();
    }

    @Test
    void seesThatAnObjectCanNotBeStored() throws IOException {
        Files.createDirectory(directory.resolve(".incoming"));
        // where the folder of the probe would have to be
        Files.writeString(directory.resolve("im"), "");

        Finding finding = only(new DirectoryStoreCheckup(directory).run());

        assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(directory.resolve(".incoming")).isEmptyDirectory();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
