package io.github.imagehost.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.bulk.BulkResult.Remark;
import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.testing.LockAttempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalTest {

    private static final BulkResult ADDED = BulkResult.added(10, 9, Optional.empty());
    private static final BulkResult DUPLICATE = BulkResult.duplicate(20, 19, Optional.empty());

    @TempDir
    Path directory;

    private Path file;

    private record Item(String name, String version, long size) implements BulkItem {

        Item(String name) {
            this(name, "1", 1);
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("new/journal");
    }

    @Test
    void whatCameToItsEndIsKnownToTheNextRun() {
        BulkResult refused = BulkResult.refused("file_empty", "The file is empty");
        BulkResult remarked = ADDED.with(new Remark("code", ""));
        try (FileJournal journal = open()) {
            assertThat(journal.isContinued()).isFalse();
            journal.end(new Item("a"), ADDED);
            journal.end(new Item("b"), DUPLICATE);
            journal.end(new Item("c"), refused);
            journal.end(new Item("d"), remarked);
        }

        try (FileJournal journal = open()) {
            assertThat(journal.isContinued()).isTrue();
            assertThat(journal.result(new Item("a"))).contains(ADDED);
            assertThat(journal.result(new Item("b"))).contains(DUPLICATE);
            assertThat(journal.result(new Item("c"))).contains(refused);
            assertThat(journal.result(new Item("d"))).contains(remarked);
            assertThat(journal.result(new Item("e"))).isEmpty();
        }
    }

    @Test
    void anEndThatNobodyUnderstandsIsAsIfItHadNotBeenNoted() throws IOException {
        try (FileJournal journal = open()) {
            journal.end(new Item("a"), ADDED);
            journal.end(new Item("b"), DUPLICATE);
        }
        String lines = Files.readString(file);
        Files.writeString(file, lines.replace("\"NEW\"", "\"NEWS\""));

        assertThat(lines).contains("\"NEW\"");
        try (FileJournal journal = open()) {
            assertThat(journal.result(new Item("a"))).isEmpty();
            assertThat(journal.result(new Item("b"))).contains(DUPLICATE);
        }
    }

    @Test
    void filenamesThatWereBegunWithAreKnownToTheNextRun() {
        try (FileJournal journal = open()) {
            journal.begin(new Item("a"), "x.png");
            journal.begin(new Item("a"), "y.png");
        }

        try (FileJournal journal = open()) {
            assertThat(journal.attempts(new Item("a"))).containsExactly("x.png", "y.png");
            assertThat(journal.result(new Item("a"))).isEmpty();
        }
    }

    @Test
    void anItemThatHasChangedIsAnotherOne() {
        Item changed = new Item("a", "2", 1);
        try (FileJournal journal = open()) {
            journal.begin(new Item("a"), "x.png");
            journal.end(new Item("a"), ADDED);
        }
        try (FileJournal journal = open()) {
            assertThat(journal.result(changed)).isEmpty();
            assertThat(journal.attempts(changed)).isEmpty();
            journal.end(changed, DUPLICATE);
        }

        try (FileJournal journal = open()) {
            assertThat(journal.result(changed)).contains(DUPLICATE);
            assertThat(journal.result(new Item("a"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", "a\r\nb", "a\\tb", "图片 😀", "\\", "end", ""})
    void namesMayBeAnything(String name) {
        try (FileJournal journal = open()) {
            journal.end(new Item("other"), DUPLICATE);
            journal.end(new Item(name), ADDED);
        }

        try (FileJournal journal = open()) {
            assertThat(journal.result(new Item(name))).contains(ADDED);
        }
    }

    @Test
    void aLineThatWasNotWrittenToItsEndIsIgnoredAndReplaced() throws IOException {
        try (FileJournal journal = open()) {
            journal.end(new Item("a"), ADDED);
            journal.end(new Item("b"), ADDED);
        }
        byte[] whole = Files.readAllBytes(file);
        int endOfA = new String(whole, StandardCharsets.UTF_8).indexOf("{\"item\":\"b\"");

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FileJournal journal = open()) {
                assertThat(journal.result(new Item("a")).isPresent()).isEqualTo(length >= endOfA);
                assertThat(journal.result(new Item("b"))).isEmpty();
                journal.end(new Item("c"), DUPLICATE);
            }
            try (FileJournal journal = open()) {
                assertThat(journal.result(new Item("c"))).contains(DUPLICATE);
            }
        }
    }

    @Test
    void aLineThatIsDamagedIsIgnored() throws IOException {
        try (FileJournal journal = open()) {
            journal.end(new Item("a"), ADDED);
            journal.end(new Item("b"), ADDED);
        }
        byte[] bytes = Files.readAllBytes(file);
        int middleOfA = new String(bytes, StandardCharsets.UTF_8).indexOf("NEW");
        // as a file system may leave it when the power fails
        Arrays.fill(bytes, middleOfA, middleOfA + 10, (byte) 0);
        Files.write(file, bytes);

        try (FileJournal journal = open()) {
            assertThat(journal.result(new Item("a"))).isEmpty();
            assertThat(journal.result(new Item("b"))).contains(ADDED);
        }
    }

    @Test
    void oneRunUsesItAtATime() {
        try (FileJournal journal = open()) {
            journal.end(new Item("a"), ADDED);

            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("Another run uses the journal " + file);
        }
    }

    @Test
    void aRunThatIsRefusedLetsNoOtherProcessIn() throws Exception {
        try (FileJournal journal = open()) {
            assertThatThrownBy(this::open).isInstanceOf(JournalException.class);

            assertThat(LockAttempt.succeedsOn(file)).isFalse();
            assertThat(journal.isContinued()).isFalse();
        }
        assertThat(LockAttempt.succeedsOn(file)).isTrue();
    }

    @Test
    void aJournalOfSomethingElseIsNotUsed() throws IOException {
        open().close();

        assertThatThrownBy(() -> FileJournal.open(file, "other"))
                .isInstanceOf(JournalException.class)
                .hasMessageEndingWith("is about something else: test");
        Files.writeString(file, "my diary\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageEndingWith("is no journal");
        assertThat(file).hasContent("my diary");
    }

    @Test
    void aJournalOfAnEarlierVersionIsRefusedAndKept() throws IOException {
        Files.createDirectories(file.getParent());
        String old = "imagehost-journal-1\ttest\t8f3a1c22\nend\ta\t1\tNEW\t10\t9\t0\t\t\t00000000\n";
        Files.writeString(file, old);

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("The journal " + file + " is of an earlier version of this program. Delete it");
        assertThat(file).hasContent(old);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsGoneWhenItIsDeleted() {
        try (FileJournal journal = open()) {
            journal.delete();
        }

        assertThat(file).doesNotExist();
    }

    private FileJournal open() {
        return FileJournal.open(file, "test");
    }
}
