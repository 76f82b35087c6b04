package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.repository.AdministrableRepository;
import java.time.Duration;
import java.time.Instant;

class InMemoryMetadataRepositoryTest extends MetadataRepositoryContract {

    private final MutableClock clock = new MutableClock();

    @Override
    protected AdministrableRepository createRepository() {
        return new InMemoryMetadataRepository(clock);
    }

    @Override
    protected void letTimePass(Duration duration) {
        clock.advance(duration);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }
}
