package io.github.imagehost.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.source.BulkSource.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    @TempDir
    Path directory;

    @Test
    void givesAllFilesInTheOrderOfTheirNames() throws IOException {
        for (String name : List.of("b/x.png", "b/a/z.png", "a.png", "c.png", ".hidden", "b.png")) {
            write(name);
        }
        Files.createDirectory(directory.resolve("empty"));

        assertThat(names()).containsExactly(".hidden", "a.png", "b/a/z.png", "b/x.png", "b.png", "c.png");
        assertThat(new DirectorySource(directory).extent()).isEqualTo(new Extent(6, 18));
    }

    @Test
    void tellsNameSizeAndDate() throws IOException {
        Instant date = Instant.parse("2001-02-03T04:05:06.789Z");
        Files.setLastModifiedTime(write("b/x.png"), FileTime.from(date));

        FileItem item = new DirectorySource(directory).items().next();

        assertThat(item.name()).isEqualTo("b/x.png");
        assertThat(item.originalName()).isEqualTo("x.png");
        assertThat(item.size()).isEqualTo(3);
        assertThat(item.date()).contains(date);
    }

    @Test
    void aFileThatWasChangedHasAnotherVersion() throws IOException {
        Path file = write("x.png");
        FileItem before = new DirectorySource(directory).items().next();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        FileItem after = new DirectorySource(directory).items().next();

        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(new DirectorySource(directory).items().next()).isEqualTo(after);
    }

    @Test
    void followsLinksToFilesButNotToDirectories() throws IOException {
        write("b/x.png");
        Files.createSymbolicLink(directory.resolve("b/circle"), directory);
        Files.createSymbolicLink(directory.resolve("link.png"), directory.resolve("b/x.png"));
        Files.createSymbolicLink(directory.resolve("nowhere.png"), directory.resolve("absent.png"));

        assertThat(names()).containsExactly("b/x.png", "link.png", "nowhere.png");
    }

    @Test
    void aDirectoryThatIsNotThereIsAnItemThatCantBeRead() {
        List<FileItem> items = items(directory.resolve("absent"));

        assertThat(items).hasSize(1);
        assertThatThrownBy(() -> items.get(0).open()).isInstanceOf(IOException.class);
    }

    private List<String> names() {
        return items(directory).stream().map(FileItem::name).toList();
    }

    private static List<FileItem> items(Path root) {
        List<FileItem> items = new ArrayList<>();
        new DirectorySource(root).items().forEachRemaining(items::add);
        return items;
    }

    private Path write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "abc");
    }
}
