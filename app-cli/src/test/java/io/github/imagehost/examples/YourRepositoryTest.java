package io.github.imagehost.examples;

import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MetadataRepositoryContract;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;

/** Your repository does what every repository promises. Put it in the place of this one. */
class YourRepositoryTest extends MetadataRepositoryContract {

    private final MutableClock clock = new MutableClock();

    @Override
    protected MetadataRepository createRepository() {
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
