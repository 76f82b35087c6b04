package io.github.imagehost.rest.benchmark;

import io.github.imagehost.s3.testing.S3TestServer;
import java.util.Map;

/** Where the service keeps the bytes. */
enum StoreKind {
    /** An S3 server, with copies of what is read in the service's folder. */
    S3,
    /** The service's folder. */
    DIRECTORY;

    /** The settings of a new, empty store. */
    Map<String, String> freshSettings() {
        return this == S3 ? S3TestServer.shared().freshBucket() : Map.of();
    }
}
