package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells what would become of pictures if they were uploaded, without writing anything: it reads all of them and looks
 * at those that an upload looks at. For one run; remembers the digest of every picture that would be new, which takes
 * some 100 bytes for each.
 */
public final class ForecastTask implements BulkTask<PictureItem> {

    private final ImageHost host;
    private final OwnerId owner;
    private final Set<Digest> seen = ConcurrentHashMap.newKeySet();

    /**
     * @param host where to
     * @param owner whose images they would become
     */
    public ForecastTask(ImageHost host, OwnerId owner) {
        this.host = host;
        this.owner = owner;
    }

    @Override
    public Prepared prepare(PictureItem item, TriedFilenames tried) throws IOException {
        return new SpooledForecast(item, UploadTask.spool(host, item));
    }

    private final class SpooledForecast implements Prepared {

        private final PictureItem item;
        private final SpooledContent content;

        SpooledForecast(PictureItem item, SpooledContent content) {
            this.item = item;
            this.content = content;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(content.digest());
        }

        @Override
        public BulkResult finish() {
            Digest digest = content.digest();
            ExistingImages existing = host.findExisting(owner, List.of(digest));
            ImageDescriptor picture = host.prepare(existing, item.originalName(), content, Requester.PATIENT)
                    .descriptor();
            Optional<Image> there = existing.answerTo(digest).map(Upload::image).or(() -> imageWithoutBytes(digest));
            return there.isEmpty() && seen.add(digest)
                    ? BulkResult.added(picture.size(), picture.storedSize(), Optional.empty())
                    : BulkResult.duplicate(picture.size(), picture.storedSize(), there);
        }

        private Optional<Image> imageWithoutBytes(Digest digest) {
            return host.find(owner, digest);
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
