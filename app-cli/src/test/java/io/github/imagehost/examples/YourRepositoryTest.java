package io.github.imagehost.examples;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Usage;
import io.github.imagehost.core.port.repository.AdministrableRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MetadataRepositoryContract;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;

/** Your repository does what every repository promises. Put it in the place of this one. */
class YourRepositoryTest extends MetadataRepositoryContract {

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
