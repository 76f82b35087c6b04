package io.github.imagehost.core;

import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.dedup.Uploads;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.StoreException;
import java.util.Optional;

/**
 * An upload that was received: a picture that was found good, or one that its owner has already. Nothing is stored or
 * recorded before it is finished. Holds memory or a temporary file until it is closed. For one thread.
 */
public abstract sealed class PreparedUpload implements AutoCloseable {

    private final SpooledContent content;

    private PreparedUpload(SpooledContent content) {
        this.content = content;
    }

    /** What is known of the picture: of what was received, or of the image that the owner has. */
    public abstract ImageDescriptor descriptor();

    /** What was received and looked at; empty if nobody looked, since the owner has it already. */
    public abstract Optional<ReceivedImage> received();

    /**
     * Gives the owner an image of the picture, unless the owner had one when the upload was prepared. When this
     * returns, image and bytes are durable. May be repeated.
     *
     * @throws UploadBusyException if another upload of the same bytes does not come to an end in time
     * @throws StoreException if the bytes can't be stored
     * @throws RepositoryException if the image can't be recorded
     */
    public Upload finish() {
        return finish(UploadTerms.NOW);
    }

    /** Does what {@link #finish()} does, on terms such as a date. */
    public abstract Upload finish(UploadTerms terms);

    /** Gives the memory or the temporary file back; may be repeated. */
    @Override
    public void close() {
        content.close();
    }

    /** Nothing has to be stored. */
    static final class Duplicate extends PreparedUpload {

        private final Upload answer;

        Duplicate(SpooledContent content, Upload answer) {
            super(content);
            this.answer = answer;
        }

        @Override
        public ImageDescriptor descriptor() {
            return answer.image().content();
        }

        @Override
        public Optional<ReceivedImage> received() {
            return Optional.empty();
        }

        @Override
        public Upload finish(UploadTerms terms) {
            return answer;
        }
    }

    /** A picture that the owner did not have. */
    static final class Fresh extends PreparedUpload {

        private final Uploads uploads;
        private final OwnerId owner;
        private final ReceivedImage received;

        Fresh(SpooledContent content, Uploads uploads, OwnerId owner, ReceivedImage received) {
            super(content);
            this.uploads = uploads;
            this.owner = owner;
            this.received = received;
        }

        @Override
        public ImageDescriptor descriptor() {
            return received.descriptor();
        }

        @Override
        public Optional<ReceivedImage> received() {
            return Optional.of(received);
        }

        @Override
        public Upload finish(UploadTerms terms) {
            return uploads.upload(owner, received, terms);
        }
    }
}
