package io.github.imagehost.cli.remote;

import io.github.imagehost.cli.session.Allowance;
import io.github.imagehost.cli.session.PictureAlbums;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.session.PictureUploads;
import io.github.imagehost.cli.session.SignedLink;
import io.github.imagehost.cli.session.UploadWish;
import io.github.imagehost.cli.terminal.ServiceUnavailableException;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.work.Progress;
import io.github.imagehost.core.work.Retry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures that a service keeps for the owner of a token. What can be repeated without harm is tried again while
 * the service is away or busy; of uploads, that is left to the run.
 */
public final class RemotePictures implements PictureHost {

    static final Duration LIMIT = Duration.ofMinutes(1);

    private final ServiceClient client;
    private final Retry reads;
    private final Retry changes;

    /**
     * Nothing is asked yet.
     *
     * @param pauses before each further try when the service is away or busy
     */
    public RemotePictures(ServerSettings server, List<Duration> pauses) {
        this.client = new ServiceClient(server);
        this.reads = new Retry(pauses, Retryable.class::isInstance, () -> false);
        this.changes = new Retry(
                pauses, e -> e instanceof ServiceUnavailableException away && away.hasDoneNothing(), () -> false);
    }

    /** The service knows by the token whose they are. */
    @Override
    public ImageQuery query() {
        return ImageQuery.of(OwnerId.DEFAULT);
    }

    @Override
    public ImageList list(ImageQuery query) {
        if (query.filter().tag().isPresent()) {
            // a service that does not know tags would list all images
            albums().tags(Optional.empty(), 1);
        }
        HttpRequest request =
                client.request("/api/images?" + ListQuery.of(query)).build();
        return ListQuery.checked(query.filter(), reads.run(() -> client.data(request, LIMIT, ImageList.class)));
    }

    @Override
    public Optional<ImageDetails> find(long id) {
        HttpRequest request = client.request("/api/images/" + id).build();
        return reads.run(() -> client.data(request, LIMIT, ImageDetails.class, Set.of("image_not_found")));
    }

    @Override
    public Optional<ImageDetails> find(Digest digest) {
        return findOnly(ImageFilter.ALL.digest(digest));
    }

    @Override
    public Optional<ImageDetails> findByFilename(String filename) {
        return findOnly(ImageFilter.ALL.filename(filename));
    }

    private Optional<ImageDetails> findOnly(ImageFilter filter) {
        return list(query().filter(filter).limit(1)).images().stream().findFirst();
    }

    @Override
    public Deletion delete(List<Long> ids) {
        HttpRequest request = client.request("/api/images")
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(Answer.json(Map.of("ids", ids))))
                .build();
        Optional<DeletedImages> answer =
                changes.run(() -> client.data(request, LIMIT, DeletedImages.class, Set.of("images_not_found")));
        Set<Long> notFound = new HashSet<>(answer.map(DeletedImages::notFound).orElse(ids));
        Set<Long> deleted = new HashSet<>(ids);
        deleted.removeAll(notFound);
        return new Deletion(deleted, notFound);
    }

    @Override
    public Optional<ImageDetails> change(long id, List<ImageChange> changes) {
        boolean revokes = changes.equals(List.of(new ImageChange.RevokeLinks()));
        return revokes
                ? send("DELETE", "/api/images/" + id + "/links", Map.of(), ImageDetails.class)
                : send("PATCH", "/api/images/" + id, fields(changes), ImageDetails.class);
    }

    private static Map<String, Object> fields(List<ImageChange> changes) {
        Map<String, Object> fields = new HashMap<>();
        for (ImageChange change : changes) {
            if (change instanceof ImageChange.Rename rename) {
                fields.put("originalName", rename.originalName());
            } else if (change instanceof ImageChange.Show show) {
                fields.put("visibility", show.visibility().label());
            } else if (change instanceof ImageChange.ExpireAt end) {
                fields.put("expiresAt", end.time().map(Instant::toString).orElse(null));
            } else if (change instanceof ImageChange.LimitViews limit) {
                fields.put("maxViews", limit.views().isPresent() ? limit.views().getAsLong() : null);
            }
        }
        return fields;
    }

    @Override
    public Optional<SignedLink> sign(long id, Duration life) {
        Map<String, Object> fields = Map.of("expiresIn", TimeSpan.describe(life));
        return send("POST", "/api/images/" + id + "/links", fields, SignedLink.class);
    }

    /** Does nothing more if it is repeated; empty if there is no such picture. */
    private <T> Optional<T> send(String method, String path, Map<String, Object> fields, Class<T> type) {
        HttpRequest request = client.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Answer.json(fields)))
                .build();
        return reads.run(() -> client.data(request, LIMIT, type, Set.of("image_not_found")));
    }

    @Override
    public Allowance allowance() {
        HttpRequest request = client.request("/api/me").build();
        return reads.run(() -> client.data(request, LIMIT, Allowance.class));
    }

    @Override
    public PictureUploads uploads(UploadWish wish, Progress progress) {
        return new RemoteUploads(client, wish, progress);
    }

    @Override
    public PictureAlbums albums() {
        return new RemoteAlbums(client, reads, changes);
    }

    @Override
    public boolean isOpen() {
        return client.isLetIn();
    }

    @Override
    public void close() {}

    private record DeletedImages(int deletedCount, List<Long> notFound) {}
}
