package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.ImageStoreContract;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3ImageStoreIT extends ImageStoreContract {

    private static final int CONNECTIONS_FOR_DOWNLOADS = 64;

    @Override
    protected ImageStore createStore() {
        return S3ImageStore.create(S3TestServer.shared().freshBucketSettings());
    }

    @Test
    void readersThatStopReadingKeepNobodyFromStoring() throws IOException {
        ObjectKey large = freshKey();
        store().put(large, TestContent.ofSize(4_000_000, 1));
        List<InputStream> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_FOR_DOWNLOADS; i++) {
                stalled.add(store().open(large));
            }
            assertThatThrownBy(() -> store().open(large)).isInstanceOf(StoreUnavailableException.class);

            ObjectKey another = freshKey();
            store().put(another, TestContent.ofSize(1000, 2));
            store().check();
            assertThat(store().size(another)).contains(1000L);
            assertThat(store().delete(List.of(another))).isEmpty();
        } finally {
            for (InputStream stream : stalled) {
                stream.close();
            }
        }
    }
}
