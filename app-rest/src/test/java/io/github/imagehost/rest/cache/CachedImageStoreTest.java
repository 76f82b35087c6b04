package io.github.imagehost.rest.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.ImageStoreContract;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.MutableClock;
import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedImageStoreTest extends ImageStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        return CachedImageStore.open(new InMemoryImageStore(new MutableClock()), directory, 64 * 1024 * 1024);
    }

    /** An ability of a store that has a default would be lost otherwise. */
    @Test
    void handsOnEverythingThatAStoreCanDo() {
        for (Method method : ImageStore.class.getMethods()) {
            assertThat(CachedImageStore.class)
                    .hasDeclaredMethods(method.getName())
                    .satisfies(type -> assertThat(type.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                            .isNotNull());
        }
    }
}
