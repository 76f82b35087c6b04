package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
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
            return UploadTask.existing(host, owner, content.digest())
                    .map(UploadTask::duplicate)
                    .orElseGet(this::forecast);
        }

        private BulkResult forecast() {
            long stored = host.inspect(item.originalName(), content).size();
            // an image whose bytes are missing
            Optional<Image> there = host.find(owner, content.digest());
            return there.isEmpty() && seen.add(content.digest())
                    ? BulkResult.added(content.size(), stored, Optional.empty())
                    : BulkResult.duplicate(content.size(), stored, there);
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
