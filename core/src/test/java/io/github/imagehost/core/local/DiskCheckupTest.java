package io.github.imagehost.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckupTest {

    @TempDir
    Path directory;

    @Test
    void findsNothingWrongAndLeavesNothingBehind() {
        List<Finding> findings = new DiskCheckup(new DataDirectory(directory), 1, 1).run();

        assertThat(findings).extracting(Finding::check).containsExactly("data directory", "spool", "free space");
        assertThat(findings).extracting(Finding::outcome).containsOnly(Outcome.OK);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void looksWhereDirectoriesWillBeMadeWithoutMakingThem() {
        List<Finding> findings = new DiskCheckup(new DataDirectory(directory.resolve("a/b")), 1, 1).run();

        assertThat(findings).extracting(Finding::outcome).containsOnly(Outcome.OK);
        assertThat(findings.get(0).seen())
                .startsWith("It is made when it is needed")
                .endsWith(directory.toString());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesTheSettingIfNoFileCanBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        List<Finding> findings = new DiskCheckup(new DataDirectory(file.resolve("data"))).run();

        assertThat(findings.subList(0, 2)).allSatisfy(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
            assertThat(finding.seen()).startsWith("DATA_DIR: no file can be made and locked in " + file + ": ");
        });
    }

    @Test
    void warnsOfLittleRoomAndFailsWhereThereIsNone() {
        assertThat(room(Long.MAX_VALUE, 1)).isEqualTo(Outcome.WARNING);
        assertThat(room(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Outcome.FAILED);
    }

    private Outcome room(long scarce, long tooLittle) {
        return new DiskCheckup(new DataDirectory(directory), scarce, tooLittle)
                .run()
                .get(2)
                .outcome();
    }
}
