package io.github.imagehost.s3;

import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.testing.ImageStoreContract;
import io.github.imagehost.s3.testing.S3TestServer;

class S3ImageStoreIT extends ImageStoreContract {

    @Override
    protected ImageStore createStore() {
        return S3ImageStore.create(S3TestServer.shared().freshBucketSettings());
    }
}
