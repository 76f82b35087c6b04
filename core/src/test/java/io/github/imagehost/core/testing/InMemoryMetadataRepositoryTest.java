package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import java.time.Duration;
import java.time.Instant;

class InMemoryMetadataRepositoryTest extends AdministrableRepositoryContract {

    private final MutableClock clock = new MutableClock();

    private InMemoryMetadataRepository rows = new InMemoryMetadataRepository(clock);

    @Override
    protected AdministrableRepository createRepository() {
        rows = new InMemoryMetadataRepository(clock);
        return rows;
    }

    @Override
    protected void miscount(OwnerId owner, Usage more) {
        rows.count(owner, more);
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
