package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.core.fsck.RepairLease;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FsckCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;
    private byte[] picture;
    private String link;
    private String key;
    private Path object;

    @BeforeEach
    void uploadAPicture() {
        imagehost = CommandRunner.withDatabaseIn(directory);
        picture = Pictures.uniquePng();
        link = upload();
        key = link.substring(link.lastIndexOf('/') + 1);
        object = directory.resolve("images").resolve(key.substring(0, 2)).resolve(key);
    }

    @Test
    void refusesToRepairWhileSomebodyElseDoes() {
        Result refused;
        Result checked;
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database());
                RepairLease lease = RepairLease.take(repository)) {
            refused = imagehost.run("fsck", "--repair");
            checked = imagehost.run("fsck");
            lease.confirm();
        }
        Result repaired = imagehost.run("fsck", "--repair");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.value());
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("Another process repairs the store; wait until it has ended, or 2 minutes if it was killed");
        assertThat(checked.exitCode()).isZero();
        assertThat(repaired.exitCode()).isZero();
    }

    @Test
    void tellsThatNothingIsWrong() throws IOException {
        long size = Files.size(object);

        Result result = imagehost.run("fsck", "--deep");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .containsExactly(
                        "Objects: 1 (" + Amounts.bytes(size) + ")",
                        "Read and compared: 1 (" + Amounts.bytes(size) + ")",
                        "Blobs: 1",
                        "No damage was found.");
        assertThat(result.errors()).isEmpty();
        assertThat(imagehost.run("fsck", "--json").onlyLine())
                .isEqualTo("{\"findings\":[],\"clean\":true,\"finished\":true,\"checkedTo\":\"" + key
                        + "\",\"objects\":1,\"bytes\":" + size
                        + ",\"objectsRead\":0,\"bytesRead\":0,\"blobs\":1,\"found\":{\"missing\":0,\"wrong_size\":0,"
                        + "\"wrong_bytes\":0,\"unreadable\":0,\"orphan\":0,\"waiting\":0,\"returned\":0,\"foreign\":0,\"miscounted\":0,\"counts_not_checked\":0},"
                        + "\"repaired\":0,\"notRepaired\":0,\"beingStored\":0,\"toBeDeleted\":0,\"quarantined\":0,"
                        + "\"tooYoung\":0,\"changedMeanwhile\":0}");
    }

    @Test
    void tellsRepairsAndLetsAnUploadHeal() throws IOException {
        Files.write(object, new byte[5]);

        Result found = imagehost.run("fsck");
        Result repaired = imagehost.run("fsck", "--repair");
        Result known = imagehost.run("fsck");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.lines())
                .contains("Wrong size: 1", "Damage was found.")
                .anyMatch(line -> line.startsWith("wrong size: " + key + ": it has 5 bytes instead of "));
        assertThat(repaired.exitCode()).isEqualTo(1);
        assertThat(repaired.lines())
                .contains("Repaired: 1")
                .anyMatch(line -> line.contains("; repaired; a copy is at quarantine/" + key + "/"));
        assertThat(known.exitCode()).isZero();
        assertThat(known.lines()).contains("Waiting: 1", "In quarantine: 1", "No damage was found.");
        assertThat(upload()).isEqualTo(link);
        assertThat(imagehost.run("fsck", "--deep").lines())
                .doesNotContain("Waiting: 1")
                .contains("No damage was found.");
    }

    @Test
    void readsBytesOnlyIfItIsAskedTo() throws IOException {
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);

        assertThat(imagehost.run("fsck").exitCode()).isZero();
        assertThat(imagehost.run("fsck", "--sample", "100%").exitCode()).isEqualTo(1);
        JsonNode finding = imagehost.run("fsck", "--deep", "--json").json().at("/findings/0");
        assertThat(finding.get("kind").asString()).isEqualTo("wrong_bytes");
        assertThat(finding.get("name").asString()).isEqualTo(key);
        assertThat(finding.get("repair").asString()).isEqualTo("none");
        assertThat(finding.get("movedTo").isNull()).isTrue();
    }

    @Test
    void movesOrphansWhenTheyAreOldEnough() throws IOException {
        Path orphan = Files.write(object.resolveSibling(key + "x"), picture);

        assertThat(imagehost.run("fsck", "--repair").lines()).contains("Without a blob, but too young to tell: 1");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(33 * 60)));
        JsonNode report = imagehost.run("fsck", "--repair", "--json").json();

        assertThat(report.at("/found/orphan").asInt()).isEqualTo(1);
        assertThat(orphan).doesNotExist();
        String copy = report.at("/findings/0/movedTo").asString();
        assertThat(directory.resolve("images/qu").resolve(copy)).hasBinaryContent(picture);
        assertThat(imagehost.run("fsck", "--purge-quarantine", "1d").onlyLine()).isEqualTo("Objects deleted: 0");
        assertThat(imagehost.run("fsck", "--purge-quarantine", "0s", "--json").onlyLine())
                .isEqualTo("{\"deletedObjects\":1}");
        assertThat(imagehost.run("fsck").lines()).hasSize(4);
    }

    @Test
    void tellsForeignNamesWithoutTouchingThem() throws IOException {
        Path foreign = Files.write(object.resolveSibling("a\u001bb c"), picture);

        Result result = imagehost.run("fsck", "--repair");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .contains("foreign: " + key.substring(0, 2) + "/a?b c: its name is no object key", "Foreign: 1");
        assertThat(foreign).exists();
    }

    @Test
    void goesOnBehindAKey() throws IOException {
        Files.delete(object);

        assertThat(imagehost.run("fsck", "--after", "zzzz").exitCode()).isZero();
        assertThat(imagehost.run("fsck", "--after", "22", "--threads", "1").exitCode())
                .isEqualTo(1);
        assertThat(imagehost.run("fsck", "--after", "/").exitCode()).isEqualTo(2);
    }

    @Test
    void countsAnewWhatOwnersHave() throws Exception {
        assertThat(imagehost.run("owner", "add", "alice").exitCode()).isZero();
        imagehost.reading(picture).run("upload", "-", "--owner", "alice");
        long size = picture.length;
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE imagehost_image_range SET images = images + 2, bytes = 7 WHERE owner_id = 2");
        }

        Result found = imagehost.run("fsck");
        JsonNode repaired = imagehost.run("fsck", "--repair", "--json").json();
        Result after = imagehost.run("fsck");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.lines())
                .contains(
                        "miscounted: alice: it is counted to have 3 images and 7 bytes, but has 1 images and " + size
                                + " bytes",
                        "Miscounted: 1",
                        "Damage was found.");
        assertThat(repaired.at("/findings/0/kind").asString()).isEqualTo("miscounted");
        assertThat(repaired.at("/findings/0/name").asString()).isEqualTo("alice");
        assertThat(repaired.at("/findings/0/repair").asString()).isEqualTo("done");
        assertThat(repaired.at("/repaired").asInt()).isOne();
        assertThat(after.exitCode()).isZero();
        assertThat(imagehost
                        .run("stats", "--owner", "alice", "--json")
                        .json()
                        .at("/usage/bytes")
                        .asLong())
                .isEqualTo(size);
    }

    @Test
    void repairsAreToldAlsoIfNothingCanBeCounted() throws Exception {
        Files.delete(object);
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE imagehost_image_range RENAME TO away");
        }

        Result repaired = imagehost.run("fsck", "--repair");
        Result again = imagehost.run("fsck", "--json");

        assertThat(repaired.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.value());
        assertThat(repaired.lines())
                .contains("Missing: 1", "Repaired: 1", "Counts not checked: 1")
                .doesNotContain("No damage was found.")
                .anyMatch(line -> line.startsWith("counts not checked: owners: "));
        assertThat(imagehost.run("audit", "--action", "store_repaired").lines())
                .anyMatch(line -> line.contains("1 repaired, 0 not"));
        assertThat(again.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.value());
        assertThat(again.json().at("/found/counts_not_checked").asInt()).isOne();
        assertThat(again.json().at("/finished").asBoolean()).isFalse();
    }

    private MySqlSettings database() {
        return MySqlSettings.from(Settings.of(Map.of("DATA_DIR", directory.toString())));
    }

    private String upload() {
        return imagehost.reading(picture).run("upload", "-").onlyLine();
    }
}
