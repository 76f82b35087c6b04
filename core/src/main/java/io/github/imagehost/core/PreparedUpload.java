package io.github.imagehost.core;

import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.core.port.store.StoreException;
import java.util.function.Supplier;

/**
 * An upload that was received: a picture that was found good, or one that its owner has already. Nothing is stored or
 * recorded before it is finished. Holds memory or a temporary file until it is closed. For one thread.
 */
public final class PreparedUpload implements AutoCloseable {

    private final SpooledContent content;
    private final Supplier<Upload> end;

    PreparedUpload(SpooledContent content, Supplier<Upload> end) {
        this.content = content;
        this.end = end;
    }

    /**
     * Stores the picture, unless it was there already when the upload was prepared. When this returns, image and bytes
     * are durable.
     *
     * @throws io.github.imagehost.core.dedup.UploadBusyException if another upload of the same bytes does not come to
     *     an end in time
     * @throws StoreException if the bytes can't be stored
     * @throws RepositoryException if the image can't be recorded
     */
    public Upload finish() {
        return end.get();
    }

    /** Gives the memory or the temporary file back; may be repeated. */
    @Override
    public void close() {
        content.close();
    }
}
