package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Uploads pictures with their names and dates. Of several with the same bytes, the first one gives the name and the
 * date. What the owner has already is only read, not looked at.
 */
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
    public Prepared prepare(PictureItem item, TriedFilenames tried) throws IOException {
        return new SpooledUpload(item, spool(host, item), tried);
    }

    static SpooledContent spool(ImageHost host, PictureItem item) throws IOException {
        try (InputStream in = item.open()) {
            return host.spool(in);
        }
    }

    /** The owner's image of these bytes, if an upload of them would be a duplicate. */
    static Optional<Image> existing(ImageHost host, OwnerId owner, Digest digest) {
        return Optional.ofNullable(host.findExisting(owner, List.of(digest)).get(digest));
    }

    static BulkResult duplicate(Image image) {
        ImageDescriptor content = image.content();
        return BulkResult.duplicate(content.size(), content.storedSize(), Optional.of(image));
    }

    private final class SpooledUpload implements Prepared {

        private final PictureItem item;
        private final SpooledContent content;
        private final TriedFilenames tried;
        private Optional<ReceivedImage> inspected = Optional.empty();

        SpooledUpload(PictureItem item, SpooledContent content, TriedFilenames tried) {
            this.item = item;
            this.content = content;
            this.tried = tried;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(content.digest());
        }

        @Override
        public BulkResult finish() {
            // what an earlier try has made is no duplicate
            Optional<Image> known =
                    tried.filenames().isEmpty() ? existing(host, owner, content.digest()) : Optional.empty();
            return known.map(UploadTask::duplicate).orElseGet(this::upload);
        }

        private BulkResult upload() {
            if (inspected.isEmpty()) {
                inspected = Optional.of(host.inspect(item.originalName(), content));
            }
            ReceivedImage received = inspected.get();
            Upload upload = host.upload(owner, received, new UploadTerms(item.date(), tried.filenames(), tried::begin));
            return upload.duplicate()
                    ? BulkResult.duplicate(content.size(), received.size(), Optional.of(upload.image()))
                    : BulkResult.added(content.size(), received.size(), Optional.of(upload.image()));
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
