package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.access.AccessRepository;
import java.time.InstantSource;

class InMemoryAccessRepositoryTest extends AccessRepositoryContract {

    @Override
    protected AccessRepository createRepository() {
        return new InMemoryAccessRepository(InstantSource.system());
    }
}
