package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.store.ImageStore;

class InMemoryImageStoreTest extends ImageStoreContract {

    @Override
    protected ImageStore createStore() {
        return new InMemoryImageStore(new MutableClock());
    }
}
