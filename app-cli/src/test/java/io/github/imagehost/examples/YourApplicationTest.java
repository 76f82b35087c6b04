package io.github.imagehost.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Your application works with an image host, and gets along with a store that is away. */
class YourApplicationTest {

    private final Faults<ImageStore> store = Faults.before(ImageStore.class, new InMemoryImageStore(Clock.systemUTC()));

    @Test
    void keepsPictures() throws IOException {
        try (ImageHost host = host()) {
            Upload upload = host.upload(OwnerId.DEFAULT, "cat.png", new ByteArrayInputStream(Pictures.uniquePng()));

            assertThat(host.find(upload.image().id())).contains(upload.image());
        }
    }

    @Test
    void hasAStoreThatIsAway() {
        store.always("put", Faults.failBefore(new StoreUnavailableException("away")));
        try (ImageHost host = host()) {
            assertThatThrownBy(() ->
                            host.upload(OwnerId.DEFAULT, "cat.png", new ByteArrayInputStream(Pictures.uniquePng())))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    private ImageHost host() {
        return ImageHost.builder()
                .store(store.port())
                .metadata(new InMemoryMetadataRepository(Clock.systemUTC()))
                .build();
    }
}
