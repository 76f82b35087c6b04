package io.github.imagehost.core.testing;

import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.MetadataRepository;
import java.time.Duration;
import java.time.Instant;

class InMemoryAlbumsTest extends AlbumRepositoryContract {

    private final MutableClock clock = new MutableClock();

    private InMemoryMetadataRepository images = new InMemoryMetadataRepository(clock);

    @Override
    protected MetadataRepository createImages() {
        images = new InMemoryMetadataRepository(clock);
        return images;
    }

    @Override
    protected AlbumRepository createAlbums() {
        return images.albums();
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
