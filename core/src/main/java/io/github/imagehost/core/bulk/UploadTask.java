package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** Uploads pictures with their names and dates. Of several with the same bytes, the first one gives the name and the date. */
public final class UploadTask implements BulkTask<PictureItem> {

    private final ImageHost host;
    private final OwnerId owner;

    /**
     * @param host where to
     * @param owner whose images they become
     */
    public UploadTask(ImageHost host, OwnerId owner) {
        this.host = host;
        this.owner = owner;
    }

    @Override
    public Prepared prepare(PictureItem item, Attempts attempts) throws IOException {
        return new Received(receive(host, item), item.date(), attempts);
    }

    static ReceivedImage receive(ImageHost host, PictureItem item) throws IOException {
        try (InputStream in = item.open()) {
            return host.receive(item.originalName(), in);
        }
    }

    private final class Received implements Prepared {

        private final ReceivedImage received;
        private final Optional<Instant> date;
        private final Attempts attempts;

        Received(ReceivedImage received, Optional<Instant> date, Attempts attempts) {
            this.received = received;
            this.date = date;
            this.attempts = attempts;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(received.descriptor().digest());
        }

        @Override
        public BulkResult finish() {
            Upload upload = host.upload(owner, received, new UploadTerms(date, attempts.filenames(), attempts::begin));
            long read = received.descriptor().size();
            return upload.duplicate()
                    ? BulkResult.duplicate(read, received.size(), Optional.of(upload.image()))
                    : BulkResult.added(read, received.size(), Optional.of(upload.image()));
        }

        @Override
        public void close() {
            received.close();
        }
    }
}
