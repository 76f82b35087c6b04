package io.github.imagehost.cli.remote;

import io.github.imagehost.cli.session.PictureUploads;
import io.github.imagehost.cli.session.SharingWish;
import io.github.imagehost.cli.session.UploadWish;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.ServiceException;
import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.TriedFilenames;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Uploads pictures to a service, without their bytes if it has them already and tells so. A picture may be sent twice:
 * it is stored once.
 */
final class RemoteUploads implements PictureUploads {

    /** The service itself gives a client ten minutes. */
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(11);

    /** What has fewer bytes is sent sooner than anything is asked about it. */
    private static final int SMALLEST_ASKED_ABOUT = 64 * 1024;

    /** What need not be the fault of the picture. */
    private static final Set<String> MAY_PASS =
            Set.of("quota_exceeded", "digest_mismatch", "internal_error", "url_unreachable", "url_too_slow");

    private final ServiceClient client;
    private final UploadWish wish;
    private final SentBytes progress;
    private final Map<PictureItem, UploadedImage> uploaded = new ConcurrentHashMap<>();
    private Optional<UploadTerms> terms = Optional.empty();

    RemoteUploads(ServiceClient client, UploadWish wish, Progress progress) {
        this.client = client;
        this.wish = wish;
        this.progress = new SentBytes(progress);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public Prepared prepare(PictureItem item, TriedFilenames tried) throws IOException {
        boolean isSizeKnown = item.size() > 0;
        if (isSizeKnown && item.size() < SMALLEST_ASKED_ABOUT) {
            return new RemoteUpload(item, UploadBytes.of(item, item.size()));
        }
        long maxSize = terms().maxFileSize();
        if (item.size() > maxSize) {
            return Prepared.done(tooLarge(maxSize));
        }
        UploadBytes bytes = UploadBytes.of(item, maxSize);
        if (bytes.size() > maxSize) {
            bytes.close();
            return Prepared.done(tooLarge(maxSize));
        }
        return new RemoteUpload(item, bytes);
    }

    /** The service follows the link: what this machine reaches may be another thing, or nothing. */
    @Override
    public Prepared prepareLinked(PictureItem item, String link, TriedFilenames tried) {
        return new RemoteLink(item, link);
    }

    private static BulkResult tooLarge(long maxSize) {
        return refused("file_too_large", "The file is larger than " + maxSize + " bytes");
    }

    private static BulkResult refused(String code, String message) {
        return BulkResult.refused(code, new ServiceException(ExitCode.NOT_DONE, code, message));
    }

    /** Asked for once. */
    private synchronized UploadTerms terms() {
        UploadTerms known = terms.orElseGet(
                () -> client.data(client.request("/api/me").build(), RemotePictures.LIMIT, UploadTerms.class));
        terms = Optional.of(known);
        return known;
    }

    @Override
    public Optional<UploadedImage> uploaded(PictureItem item, BulkResult result) {
        return Optional.ofNullable(uploaded.remove(item));
    }

    /** What the service has, if it is worth asking and may be asked, and if the answer is all that is wanted. */
    private Optional<UploadedImage> known(UploadBytes bytes) {
        if (wish.files()
                || bytes.size() < SMALLEST_ASKED_ABOUT
                || !terms().scopes().contains(Scope.READ.label())) {
            return Optional.empty();
        }
        String digests = Answer.json(Map.of("digests", List.of(bytes.digest().hex())));
        HttpRequest request = client.request("/api/upload/check")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(digests))
                .build();
        return client.data(request, RemotePictures.LIMIT, CheckedDigests.class).known().stream()
                .findFirst();
    }

    private UploadedImage send(UploadBytes bytes, String name, SentBytes.Item sent) throws IOException {
        FormBody form = new FormBody(fields(), bytes, name, sent::reached);
        HttpRequest request = client.request("/api/upload")
                .header("Content-Type", form.contentType())
                .header("Repr-Digest", "sha-256=:" + base64(bytes.digest()) + ":")
                .POST(form.publisher())
                .build();
        try {
            return client.data(request, UPLOAD_LIMIT, UploadedImage.class);
        } catch (RuntimeException e) {
            if (form.unreadable().isPresent()) {
                throw form.unreadable().get();
            }
            throw e;
        }
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        SharingWish sharing = wish.sharing();
        if (sharing.visibility() != Visibility.PUBLIC) {
            fields.put("visibility", sharing.visibility().label());
        }
        sharing.life().ifPresent(life -> fields.put("expiresIn", TimeSpan.describe(life)));
        sharing.views().ifPresent(views -> fields.put("maxViews", String.valueOf(views)));
        wish.album().ifPresent(album -> fields.put("album", album));
        if (!wish.tags().isEmpty()) {
            fields.put("tags", wish.tags().stream().map(Tag::value).collect(Collectors.joining(",")));
        }
        return fields;
    }

    private static String base64(Digest digest) {
        return Base64.getEncoder().encodeToString(digest.bytes());
    }

    /**
     * What an account tells of uploads.
     *
     * @param scopes what the token is good for
     * @param maxFileSize how many bytes a file has at the most
     */
    private record UploadTerms(List<String> scopes, long maxFileSize) {}

    private record CheckedDigests(List<UploadedImage> known, List<String> unknown) {}

    private final class RemoteUpload implements Prepared {

        private final PictureItem item;
        private final UploadBytes bytes;
        private final SentBytes.Item sent = progress.item();

        RemoteUpload(PictureItem item, UploadBytes bytes) {
            this.item = item;
            this.bytes = bytes;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.of(bytes.digest());
        }

        @Override
        public BulkResult finish() {
            if (bytes.size() == 0) {
                return refused("file_empty", "The file is empty");
            }
            try {
                return end();
            } catch (ServiceException e) {
                return MAY_PASS.contains(e.code()) ? BulkResult.failed(e) : BulkResult.refused(e.code(), e);
            } catch (IOException e) {
                return BulkResult.failed(e);
            }
        }

        private BulkResult end() throws IOException {
            Optional<UploadedImage> known = known(bytes);
            UploadedImage image = known.isPresent() ? known.get() : send(bytes, nameOf(item), sent);
            uploaded.put(item, image);
            sent.reached(bytes.size());
            return resultOf(image, bytes.size());
        }

        @Override
        public void close() {
            try {
                bytes.close();
            } catch (IOException e) {
                throw new UncheckedIOException("A temporary file can't be deleted", e);
            }
        }
    }

    private UploadedImage send(String link) {
        Map<String, String> body = new LinkedHashMap<>(fields());
        body.put("url", link);
        HttpRequest request = client.request("/api/upload/url")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Answer.json(body)))
                .build();
        return client.data(request, UPLOAD_LIMIT, UploadedImage.class);
    }

    private final class RemoteLink implements Prepared {

        private final PictureItem item;
        private final String link;

        RemoteLink(PictureItem item, String link) {
            this.item = item;
            this.link = link;
        }

        @Override
        public Optional<Digest> digest() {
            return Optional.empty();
        }

        @Override
        public BulkResult finish() {
            try {
                UploadedImage image = send(link);
                uploaded.put(item, image);
                return resultOf(image, image.fileSize());
            } catch (ServiceException e) {
                return MAY_PASS.contains(e.code()) ? BulkResult.failed(e) : BulkResult.refused(e.code(), e);
            }
        }

        @Override
        public void close() {}
    }

    private static BulkResult resultOf(UploadedImage image, long size) {
        return image.duplicate()
                ? BulkResult.duplicate(size, size, Optional.empty())
                : BulkResult.added(size, size, Optional.empty());
    }

    /** Where a picture lies on this machine is nobody's business. */
    private static String nameOf(PictureItem item) {
        String path = item.originalName();
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
