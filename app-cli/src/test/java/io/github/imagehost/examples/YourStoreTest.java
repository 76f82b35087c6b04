package io.github.imagehost.examples;

import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.ImageStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Your store does what every store promises. Put it in the place of this one. */
class YourStoreTest extends ImageStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        return DirectoryImageStore.at(directory);
    }
}
