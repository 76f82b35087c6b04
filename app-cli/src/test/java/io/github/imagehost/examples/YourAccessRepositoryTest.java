package io.github.imagehost.examples;

import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.AccessRepositoryContract;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import java.time.Clock;
import java.time.InstantSource;

/** Your repository of owners and tokens does what every one promises. Put it in the place of this one. */
class YourAccessRepositoryTest extends AccessRepositoryContract {

    private final QuotaLedger quotas = new InMemoryMetadataRepository(Clock.systemUTC());

    @Override
    protected AccessRepository createRepository() {
        return new InMemoryAccessRepository(InstantSource.system(), quotas);
    }

    @Override
    protected QuotaLedger quotas() {
        return quotas;
    }
}
