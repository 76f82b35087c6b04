package io.github.imagehost.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.testing.ObjectFilesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectFilesTest extends ObjectFilesContract {

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        return DirectoryImageStore.at(directory);
    }

    @Test
    void theFileIsTheObjectItself() {
        ObjectKey key = stored(CONTENT);

        assertThat(file(key, CONTENT)).contains(directory.resolve(DirectoryImageStore.pathInCopy(key)));
    }

    @Test
    void aFileThatWasCutIsRefused() throws IOException {
        ObjectKey key = stored(CONTENT);
        Files.write(file(key, CONTENT).orElseThrow(), new byte[199_999]);

        assertThatThrownBy(() -> file(key, CONTENT))
                .isInstanceOf(StoreException.class)
                .hasMessage("Object " + key + " has 199999 bytes where it should have 200000");
    }

    @Test
    void whatIsNoFileIsLeftToTheStore() throws IOException {
        ObjectKey key = stored(CONTENT);
        Path file = file(key, CONTENT).orElseThrow();
        Files.delete(file);
        Files.createDirectory(file);

        assertThat(file(key, CONTENT)).isEmpty();
    }
}
