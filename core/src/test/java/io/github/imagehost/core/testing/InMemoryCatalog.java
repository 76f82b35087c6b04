package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.ImageCatalog;
import io.github.imagehost.core.port.repository.SharingLedger;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What is found and listed. */
abstract class InMemoryCatalog extends InMemoryDeletions implements ImageCatalog, SharingLedger, ImageArchive {

    InMemoryCatalog(Clock clock) {
        super(clock);
    }

    /** The albums and tags of its images. */
    public final AlbumRepository albums() {
        return new InMemoryAlbums(this);
    }

    @Override
    public synchronized Optional<Image> findById(OwnerId owner, long id) {
        requireOpen();
        return Optional.ofNullable(images.get(id))
                .or(() -> aliases.values().stream()
                        .filter(alias -> alias.formerId().equals(Optional.of(id)))
                        .findFirst()
                        .map(alias -> images.get(alias.imageId())))
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(owner) && !hasEnded(image));
    }

    @Override
    public synchronized Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests) {
        requireOpen();
        Set<Digest> wanted = Set.copyOf(digests);
        return images.values().stream()
                .filter(stored -> !stored.blob().missing)
                .map(StoredImage::image)
                .filter(image -> !image.sharing().isLimited())
                .filter(image -> image.owner().equals(owner)
                        && wanted.contains(image.content().digest()))
                .collect(Collectors.toMap(image -> image.content().digest(), image -> image));
    }

    @Override
    public synchronized Optional<Image> findByFilename(String filename) {
        requireOpen();
        return images.values().stream()
                .map(StoredImage::image)
                .filter(image -> image.filename().equals(filename))
                .findFirst()
                .or(() -> Optional.ofNullable(aliases.get(filename))
                        .map(alias -> images.get(alias.imageId()))
                        .map(StoredImage::image))
                .filter(image -> !hasEnded(image));
    }

    @Override
    public synchronized ImagePage list(ImageQuery query) {
        requireOpen();
        Comparator<Image> order = order(query.field(), query.direction());
        List<Image> all = images.values().stream()
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(query.owner()))
                .filter(image -> matches(image, query.filter()))
                .sorted(order)
                .toList();
        List<Image> page = all.stream()
                .filter(image ->
                        query.cursor().map(cursor -> comesAfter(image, cursor)).orElse(true))
                .skip(query.cursor().isPresent() ? 0 : query.offset())
                .limit(query.limit() + 1L)
                .toList();
        boolean more = page.size() > query.limit();
        List<Image> wanted = page.subList(0, Math.min(page.size(), query.limit()));
        return new ImagePage(
                wanted,
                all.size(),
                false,
                more ? Optional.of(query.cursorAfter(wanted.get(wanted.size() - 1))) : Optional.empty());
    }

    @Override
    public synchronized List<Image> changeAll(OwnerId owner, Collection<Long> ids, Collection<ImageChange> changes) {
        requireOpen();
        List<Image> changed = ids.stream()
                .distinct()
                .sorted()
                .map(images::get)
                .filter(Objects::nonNull)
                .map(StoredImage::image)
                .filter(image -> image.owner().equals(owner) && !hasEnded(image))
                .map(image -> changed(image, changes))
                .toList();
        changed.forEach(this::replace);
        return changed;
    }

    private Image changed(Image image, Collection<ImageChange> changes) {
        String name = image.originalName();
        Sharing sharing = image.sharing();
        for (ImageChange change : changes) {
            if (change instanceof ImageChange.Rename rename) {
                name = rename.originalName();
            } else if (change instanceof ImageChange.Show show) {
                sharing = sharing.visibility() == show.visibility()
                        ? sharing
                        : withoutLinks(sharing.visibility(show.visibility()));
            } else if (change instanceof ImageChange.ExpireAt end) {
                sharing = sharing.expiresAt(end.time());
            } else if (change instanceof ImageChange.LimitViews limit) {
                sharing = sharing.viewsLeft(limit.views());
            } else {
                sharing = withoutLinks(sharing);
            }
        }
        return new Image(
                image.id(),
                image.owner(),
                image.filename(),
                name,
                image.content(),
                image.objectKey(),
                image.uploadedAt(),
                now(),
                sharing);
    }

    /** The same after all signed links were taken back. */
    private static Sharing withoutLinks(Sharing sharing) {
        return new Sharing(sharing.visibility(), sharing.expiresAt(), sharing.viewsLeft(), sharing.linkEpoch() + 1);
    }

    @Override
    public synchronized boolean countView(OwnerId owner, long id) {
        Optional<Image> image = findById(owner, id);
        OptionalLong views = image.map(found -> found.sharing().viewsLeft()).orElse(OptionalLong.of(0));
        if (views.isEmpty()) {
            return true;
        }
        if (views.getAsLong() == 0) {
            return false;
        }
        Sharing left = image.get().sharing().viewsLeft(OptionalLong.of(views.getAsLong() - 1));
        replace(image.get().sharing(views.getAsLong() == 1 ? left.expiresAt(Optional.of(now())) : left));
        return true;
    }

    private boolean matches(Image image, ImageFilter filter) {
        boolean hasFurtherName = filter.text()
                .linkName()
                .map(aliases::get)
                .map(alias -> alias.imageId() == image.id())
                .orElse(false);
        return ImageSelection.matches(hasFurtherName ? filter.text("") : filter, image)
                && isInOwnAlbum(filter, image.owner())
                && filings.matches(filter, image.id());
    }

    /** Images are only in albums of their owner, but an album that has ended is none any more. */
    private boolean isInOwnAlbum(ImageFilter filter, OwnerId owner) {
        return filter.album()
                .map(album -> albums().findAlbum(owner, album).isPresent())
                .orElse(true);
    }

    @Override
    public synchronized List<Image> imagesAfter(long id, int limit) {
        requireOpen();
        if (limit < 1 || limit > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException("A listing has no limit of " + limit);
        }
        return images.tailMap(id, false).values().stream()
                .map(StoredImage::image)
                .filter(image -> !hasEnded(image))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<FurtherName> furtherNames(Collection<Long> imageIds) {
        requireOpen();
        if (imageIds.size() > ImageArchive.MAX_LIMIT) {
            throw new IllegalArgumentException("There are too many images: " + imageIds.size());
        }
        return aliases.entrySet().stream()
                .filter(alias -> imageIds.contains(alias.getValue().imageId()))
                .map(alias -> furtherName(alias.getKey(), alias.getValue()))
                .sorted(Comparator.comparingLong(FurtherName::imageId).thenComparing(FurtherName::filename))
                .toList();
    }

    private FurtherName furtherName(String filename, Alias alias) {
        Blob object = blobs.values().stream()
                .filter(blob -> blob.key.equals(alias.objectKey()))
                .findFirst()
                .orElseThrow();
        return new FurtherName(
                Objects.requireNonNull(images.get(alias.imageId())).image().owner(),
                alias.imageId(),
                filename,
                alias.formerId(),
                alias.objectKey(),
                object.content.storedDigest(),
                object.content.storedSize());
    }

    private static Comparator<Image> order(SortField field, SortDirection direction) {
        Comparator<Image> ascending =
                Comparator.comparing(field::keyOf, keys(field)).thenComparingLong(Image::id);
        return direction == SortDirection.ASCENDING ? ascending : ascending.reversed();
    }

    private static boolean comesAfter(Image image, ImageCursor cursor) {
        int byKey = keys(cursor.field()).compare(cursor.field().keyOf(image), cursor.key());
        int comparison = byKey != 0 ? byKey : Long.compare(image.id(), cursor.id());
        return cursor.direction() == SortDirection.ASCENDING ? comparison > 0 : comparison < 0;
    }

    private static Comparator<String> keys(SortField field) {
        return field.isNumber() ? Comparator.comparingLong(Long::parseLong) : InMemoryCatalog::compareCodePoints;
    }

    private static int compareCodePoints(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
