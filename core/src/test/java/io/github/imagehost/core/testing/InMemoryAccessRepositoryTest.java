package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import java.time.Clock;
import java.time.InstantSource;

class InMemoryAccessRepositoryTest extends AccessRepositoryContract {

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
