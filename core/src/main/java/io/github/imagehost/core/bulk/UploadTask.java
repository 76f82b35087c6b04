package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Uploads pictures with their names and dates. Of several with the same bytes, the first one gives the name and the
 * date. What the owner has already is only read, not looked at.
 */
public final class UploadTask implements BulkTask<PictureItem> {

    private final ImageHost host;
    private final OwnerId owner;
    private final Supplier<Sharing> sharing;

    /**
     * For everybody and for ever.
     *
     * @param host where to
     * @param owner whose images they become
     */
    public UploadTask(ImageHost host, OwnerId owner) {
        this(host, owner, () -> Sharing.UNLIMITED);
    }

    /**
     * @param host where to
     * @param owner whose images they become
     * @param sharing how each of them is to be shared, from when it is uploaded on
     */
    public UploadTask(ImageHost host, OwnerId owner, Supplier<Sharing> sharing) {
        this.host = host;
        this.owner = owner;
        this.sharing = sharing;
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

    private final class SpooledUpload implements Prepared {

        private final PictureItem item;
        private final SpooledContent content;
        private final TriedFilenames tried;
        private Optional<PreparedUpload> prepared = Optional.empty();

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
            PreparedUpload upload =
                    prepared.orElseGet(() -> host.prepare(existing(), item.originalName(), content, Requester.PATIENT));
            prepared = Optional.of(upload);
            Upload end = upload.finish(new UploadTerms(item.date(), sharing.get(), tried.filenames(), tried::begin));
            ImageDescriptor picture = upload.descriptor();
            Optional<Image> image = Optional.of(end.image());
            return end.duplicate()
                    ? BulkResult.duplicate(picture.size(), picture.storedSize(), image)
                    : BulkResult.added(picture.size(), picture.storedSize(), image);
        }

        /** What an earlier try has made is no duplicate. */
        private ExistingImages existing() {
            return tried.filenames().isEmpty()
                    ? host.findExisting(owner, List.of(content.digest()))
                    : ExistingImages.unknown(owner);
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
