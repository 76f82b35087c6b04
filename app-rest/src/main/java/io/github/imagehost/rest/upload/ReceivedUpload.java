package io.github.imagehost.rest.upload;

import io.github.imagehost.core.PreparedUpload;
import java.util.Map;

/**
 * One picture that a request has brought, and what it says beside it. Close it to release what it holds.
 *
 * @param fields the texts of the fields that say how the image is to be shared, and where it is to be put
 */
record ReceivedUpload(PreparedUpload prepared, Map<String, String> fields) implements AutoCloseable {

    @Override
    public void close() {
        prepared.close();
    }
}
