package io.github.imagehost.core.archive;

import io.github.imagehost.core.files.JsonLine;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** A line of an archive. */
sealed interface ArchiveLine {

    /** What the first line says of itself. */
    String FORMAT = "imagehost-export";

    /** The only version of the format so far. */
    long VERSION = 1;

    /**
     * The first line.
     *
     * @param exportedAt when the export began, by the clock of the machine that wrote it
     */
    record Header(Instant exportedAt) implements ArchiveLine {}

    /** A line for an image, with its tags. */
    record ImageLine(Image image, SortedSet<Tag> tags) implements ArchiveLine {}

    /** A line for a further name of the image in the last image line. */
    record NameLine(FurtherName name) implements ArchiveLine {}

    /** A line for an album. All of them follow the images, since they name them. */
    record AlbumLine(ArchivedAlbum album) implements ArchiveLine {}

    /** A line for some images of the last album, which tells their filenames, in the order in which they were put. */
    record ContentsLine(List<String> filenames) implements ArchiveLine {}

    /** A line for an owner. All of them follow the images, since no image is older than its owner. */
    record OwnerLine(ArchivedOwner owner) implements ArchiveLine {}

    /**
     * The last line.
     *
     * @param images how many images there were
     * @param names how many further names there were
     * @param sha256 of all bytes before this line
     */
    record Footer(long images, long names, Digest sha256) implements ArchiveLine {}

    /** The line as text, without a line feed. */
    default String write() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (this instanceof Header header) {
            values.put("format", FORMAT);
            values.put("version", VERSION);
            values.put("exportedAt", header.exportedAt());
        } else if (this instanceof ImageLine line) {
            putImage(line.image(), values);
            if (!line.tags().isEmpty()) {
                values.put("tags", line.tags().stream().map(Tag::value).collect(Collectors.joining(",")));
            }
        } else if (this instanceof NameLine line) {
            putName(line.name(), values);
        } else if (this instanceof AlbumLine line) {
            putAlbum(line.album(), values);
        } else if (this instanceof ContentsLine line) {
            values.put("kind", "contents");
            values.put("filenames", String.join(" ", line.filenames()));
        } else if (this instanceof OwnerLine line) {
            putOwner(line.owner(), values);
        } else if (this instanceof Footer footer) {
            values.put("kind", "end");
            values.put("images", footer.images());
            values.put("names", footer.names());
            values.put("sha256", footer.sha256().hex());
        }
        return JsonLine.write(values);
    }

    private static void putImage(Image image, Map<String, Object> values) {
        ImageDescriptor content = image.content();
        values.put("kind", "image");
        values.put("id", image.id());
        values.put("owner", image.owner().value());
        values.put("filename", image.filename());
        values.put("originalName", image.originalName());
        values.put("uploadedAt", image.uploadedAt());
        values.put("updatedAt", image.updatedAt());
        values.put("objectKey", image.objectKey());
        values.put("digest", content.digest().hex());
        values.put("size", content.size());
        values.put("storedDigest", content.storedDigest().hex());
        values.put("storedSize", content.storedSize());
        values.put("type", content.type().mimeType());
        values.put("width", (long) content.width());
        values.put("height", (long) content.height());
        putSharing(image.sharing(), values);
    }

    /**
     * Only what is said of few images: whoever does not know it refuses the export, and shows nothing that is private.
     */
    private static void putSharing(Sharing sharing, Map<String, Object> values) {
        if (sharing.visibility() != Visibility.PUBLIC) {
            values.put("visibility", sharing.visibility().label());
        }
        sharing.expiresAt().ifPresent(end -> values.put("expiresAt", end));
        sharing.viewsLeft().ifPresent(views -> values.put("viewsLeft", views));
        if (sharing.linkEpoch() > 0) {
            values.put("linkEpoch", sharing.linkEpoch());
        }
    }

    private static void putName(FurtherName name, Map<String, Object> values) {
        values.put("kind", "name");
        values.put("owner", name.owner().value());
        values.put("imageId", name.imageId());
        values.put("filename", name.filename());
        name.formerId().ifPresent(id -> values.put("formerId", id));
        values.put("objectKey", name.objectKey());
        values.put("storedDigest", name.storedDigest().hex());
        values.put("storedSize", name.storedSize());
    }

    private static void putAlbum(ArchivedAlbum album, Map<String, Object> values) {
        AlbumSettings settings = album.settings();
        values.put("kind", "album");
        values.put("owner", album.owner().value());
        values.put("key", album.key());
        values.put("name", settings.name());
        values.put("order", settings.order().label());
        values.put("visibility", settings.visibility().label());
        settings.publicUntil().ifPresent(end -> values.put("publicUntil", end));
        if (settings.drawn()) {
            values.put("random", "yes");
        }
        settings.expiresAt().ifPresent(end -> values.put("expiresAt", end));
        album.cover().ifPresent(cover -> values.put("cover", cover));
    }

    private static void putOwner(ArchivedOwner archived, Map<String, Object> values) {
        Owner owner = archived.owner();
        values.put("kind", "owner");
        values.put("id", owner.id().value());
        values.put("name", owner.name().value());
        values.put("role", owner.role().label());
        values.put("state", owner.state().label());
        values.put("createdAt", owner.createdAt());
        archived.quota().images().ifPresent(limit -> values.put("maxImages", limit));
        archived.quota().bytes().ifPresent(limit -> values.put("maxBytes", limit));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no such line; the message is the end of a sentence about it
     */
    static ArchiveLine read(String text) {
        ArchiveFields fields = new ArchiveFields(JsonLine.read(text));
        ArchiveLine line = fields.has("format")
                ? header(fields)
                : switch (fields.text("kind")) {
                    case "image" ->
                        new ImageLine(image(fields), fields.has("tags") ? fields.tags() : Collections.emptySortedSet());
                    case "name" -> new NameLine(name(fields));
                    case "album" -> new AlbumLine(album(fields));
                    case "contents" -> new ContentsLine(fields.filenames());
                    case "owner" -> new OwnerLine(owner(fields));
                    case "end" ->
                        new Footer(
                                fields.number("images"), fields.number("names"), Digest.parse(fields.text("sha256")));
                    default -> throw new IllegalArgumentException("its kind is not known");
                };
        fields.requireAllUsed();
        return line;
    }

    private static Header header(ArchiveFields fields) {
        if (!fields.text("format").equals(FORMAT) || fields.number("version") != VERSION) {
            throw new IllegalArgumentException("it does not begin an export of version " + VERSION);
        }
        return new Header(fields.time("exportedAt"));
    }

    private static Image image(ArchiveFields fields) {
        ImageDescriptor content = new ImageDescriptor(
                Digest.parse(fields.text("digest")),
                fields.number("size"),
                ImageType.ofMimeType(fields.text("type"))
                        .orElseThrow(() -> new IllegalArgumentException("its type is not known")),
                fields.pixels("width"),
                fields.pixels("height"),
                Digest.parse(fields.text("storedDigest")),
                fields.number("storedSize"));
        return new Image(
                fields.number("id"),
                new OwnerId(fields.number("owner")),
                fields.filename("filename"),
                fields.originalName(),
                content,
                new ObjectKey(fields.text("objectKey")),
                fields.millisecond("uploadedAt"),
                fields.millisecond("updatedAt"),
                sharing(fields));
    }

    private static Sharing sharing(ArchiveFields fields) {
        return new Sharing(
                fields.has("visibility") ? fields.visibility() : Visibility.PUBLIC,
                fields.has("expiresAt") ? Optional.of(fields.millisecond("expiresAt")) : Optional.empty(),
                fields.has("viewsLeft") ? OptionalLong.of(fields.number("viewsLeft")) : OptionalLong.empty(),
                fields.has("linkEpoch") ? fields.positive("linkEpoch") : 0);
    }

    private static FurtherName name(ArchiveFields fields) {
        return new FurtherName(
                new OwnerId(fields.number("owner")),
                fields.number("imageId"),
                fields.filename("filename"),
                fields.has("formerId") ? Optional.of(fields.positive("formerId")) : Optional.empty(),
                new ObjectKey(fields.text("objectKey")),
                Digest.parse(fields.text("storedDigest")),
                fields.positive("storedSize"));
    }

    private static ArchivedAlbum album(ArchiveFields fields) {
        AlbumSettings settings = new AlbumSettings(
                new AlbumName(fields.text("name")),
                fields.constant("order", AlbumOrder.values()),
                fields.visibility(),
                fields.has("publicUntil") ? Optional.of(fields.millisecond("publicUntil")) : Optional.empty(),
                fields.has("random") && fields.text("random").equals("yes"),
                fields.has("expiresAt") ? Optional.of(fields.millisecond("expiresAt")) : Optional.empty());
        return new ArchivedAlbum(
                new OwnerId(fields.number("owner")),
                new AlbumKey(fields.text("key")),
                settings,
                fields.has("cover") ? Optional.of(fields.filename("cover")) : Optional.empty());
    }

    private static ArchivedOwner owner(ArchiveFields fields) {
        Owner owner = new Owner(
                new OwnerId(fields.number("id")),
                new OwnerName(fields.text("name")),
                fields.constant("role", Role.values()),
                fields.constant("state", OwnerState.values()),
                fields.millisecond("createdAt"));
        return new ArchivedOwner(owner, new Quota(fields.limit("maxImages"), fields.limit("maxBytes")));
    }
}
