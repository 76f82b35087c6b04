package io.github.imagehost.core.local;

import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.testing.ImageStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryImageStoreTest extends ImageStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        return DirectoryImageStore.at(directory.resolve("images"));
    }
}
