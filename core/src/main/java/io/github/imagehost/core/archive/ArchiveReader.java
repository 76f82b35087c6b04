package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveLine.AlbumLine;
import io.github.imagehost.core.archive.ArchiveLine.ContentsLine;
import io.github.imagehost.core.archive.ArchiveLine.Footer;
import io.github.imagehost.core.archive.ArchiveLine.Header;
import io.github.imagehost.core.archive.ArchiveLine.ImageLine;
import io.github.imagehost.core.archive.ArchiveLine.NameLine;
import io.github.imagehost.core.archive.ArchiveLine.OwnerLine;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Reads an archive from its beginning to its end, and makes sure that it is as it was written. For one thread. */
final class ArchiveReader implements AutoCloseable {

    /** Several times as long as any line that is written. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int MOST_DETAILS = 20;

    private final InputStream in;
    private final MessageDigest sha256 = Digest.sha256();
    private byte[] current = {};
    private long lineNumber;
    private long images;
    private long names;
    private long bytes;
    private long albums;
    private @Nullable Image lastImage;
    private Instant exportedAt = Instant.EPOCH;
    private final List<ArchivedOwner> owners = new ArrayList<>();
    private final Set<OwnerName> ownerNames = new HashSet<>();
    private final Set<OwnerId> imageOwners = new HashSet<>();
    private boolean hasGuest;
    private boolean isAtEnd;
    private boolean isDamaged;
    private Optional<ArchiveLine> unread = Optional.empty();

    private ArchiveReader(InputStream in) {
        this.in = in;
    }

    static ArchiveReader open(Path file) throws IOException {
        return new ArchiveReader(new BufferedInputStream(Files.newInputStream(file)));
    }

    /** An image with its tags and its further names. */
    record ArchivedImage(Image image, SortedSet<Tag> tags, List<FurtherName> names) {}

    /**
     * How much there is in an archive.
     *
     * @param exportedAt when the export began
     * @param bytes of the objects, where one counts for each of its images and names
     * @param albums how many
     * @param owners all that it tells, in the order of their ids
     * @param imageOwners whose images and albums there are
     */
    record ArchiveSummary(
            Instant exportedAt,
            long images,
            long names,
            long bytes,
            long albums,
            List<ArchivedOwner> owners,
            Set<OwnerId> imageOwners) {}

    /**
     * Reads an archive to its end.
     *
     * @throws ArchiveDamagedException if it is not as it was written; names the first lines that are wrong
     */
    static ArchiveSummary check(Path file) throws IOException {
        List<String> details = new ArrayList<>();
        try (ArchiveReader reader = open(file)) {
            boolean more = true;
            while (more && details.size() < MOST_DETAILS) {
                try {
                    more = reader.next().isPresent();
                } catch (IllegalArgumentException e) {
                    details.add("line " + reader.lineNumber + ": " + e.getMessage());
                }
            }
            if (!details.isEmpty()) {
                throw new ArchiveDamagedException(file + " is no export, or damaged", details);
            }
            return reader.summary();
        }
    }

    private ArchiveSummary summary() {
        return new ArchiveSummary(
                exportedAt, images, names, bytes, albums, List.copyOf(owners), Set.copyOf(imageOwners));
    }

    /**
     * The next image of an archive that was checked before; empty at the end.
     *
     * @throws ArchiveDamagedException if it was changed since
     */
    Optional<ArchivedImage> nextEntry() throws IOException {
        try {
            Optional<ArchiveLine> line = unread.isPresent() ? unread : next();
            while (line.isPresent() && !(line.get() instanceof ImageLine)) {
                line = next();
            }
            if (line.isEmpty()) {
                return Optional.empty();
            }
            List<FurtherName> further = new ArrayList<>();
            unread = next();
            while (unread.isPresent() && unread.get() instanceof NameLine name) {
                further.add(name.name());
                unread = next();
            }
            ImageLine image = (ImageLine) line.get();
            return Optional.of(new ArchivedImage(image.image(), image.tags(), further));
        } catch (IllegalArgumentException e) {
            throw changed(e);
        }
    }

    /**
     * The next line of an archive that was checked before that tells of an album, or of what is in it; empty at the
     * end. Skips images.
     *
     * @throws ArchiveDamagedException if it was changed since
     */
    Optional<ArchiveLine> nextOfAlbums() throws IOException {
        try {
            Optional<ArchiveLine> line = next();
            while (line.isPresent() && !(line.get() instanceof AlbumLine || line.get() instanceof ContentsLine)) {
                line = next();
            }
            return line;
        } catch (IllegalArgumentException e) {
            throw changed(e);
        }
    }

    private ArchiveDamagedException changed(IllegalArgumentException wrong) {
        return new ArchiveDamagedException(
                "The export was changed while it was read", List.of("line " + lineNumber + ": " + wrong.getMessage()));
    }

    /**
     * The next line; empty at the end.
     *
     * @throws IllegalArgumentException if it is wrong; the message is the end of a sentence about the line
     */
    private Optional<ArchiveLine> next() throws IOException {
        if (!isAtEnd) {
            sha256.update(current);
        }
        current = nextBytes();
        try {
            if (current.length == 0) {
                require(isAtEnd || isDamaged, "it is the last one, but more were written");
                return Optional.empty();
            }
            lineNumber++;
            require(!isAtEnd, "it follows the last line that was written");
            require(current[current.length - 1] == '\n', "it is cut off, or longer than any that was written");
            ArchiveLine line = ArchiveLine.read(decode(current));
            accept(line);
            return Optional.of(line);
        } catch (IllegalArgumentException e) {
            isDamaged = true;
            throw e;
        }
    }

    private byte[] nextBytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int one = 0;
        while (one != '\n' && line.size() < LONGEST_LINE) {
            one = in.read();
            if (one < 0) {
                return line.toByteArray();
            }
            line.write(one);
        }
        return line.toByteArray();
    }

    private static String decode(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, line.length - 1))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }

    /** Behind a line that is wrong, it is not known what this line follows, so only the line itself is checked. */
    private void accept(ArchiveLine line) {
        if (isDamaged) {
            return;
        }
        require((lineNumber == 1) == (line instanceof Header), "an export begins otherwise");
        if (line instanceof Header header) {
            exportedAt = header.exportedAt();
        } else if (line instanceof ImageLine next) {
            Image image = next.image();
            require(owners.isEmpty(), "it follows the owners");
            require(albums == 0, "it follows albums");
            require(
                    lastImage == null || image.id() > lastImage.id(),
                    "its id does not follow that of the image before");
            lastImage = image;
            imageOwners.add(image.owner());
            images++;
            bytes += image.content().storedSize();
        } else if (line instanceof NameLine next) {
            FurtherName name = next.name();
            boolean isOfLast = lastImage != null
                    && albums == 0
                    && owners.isEmpty()
                    && name.imageId() == lastImage.id()
                    && name.owner().equals(lastImage.owner());
            require(isOfLast, "it is no further name of the image before");
            names++;
            bytes += name.storedSize();
        } else if (line instanceof AlbumLine next) {
            require(owners.isEmpty(), "it follows the owners");
            imageOwners.add(next.album().owner());
            albums++;
        } else if (line instanceof ContentsLine) {
            require(albums > 0 && owners.isEmpty(), "it follows no album");
        } else if (line instanceof OwnerLine next) {
            accept(next.owner());
        } else if (line instanceof Footer footer) {
            isAtEnd = true;
            Digest digest = Digest.of(sha256.digest());
            require(footer.equals(new Footer(images, names, digest)), "what stands before it is not what was written");
        }
    }

    private void accept(ArchivedOwner next) {
        Owner owner = next.owner();
        require(!owners.isEmpty() || owner.id().equals(OwnerId.DEFAULT), "the first owner is not before it");
        require(
                owners.isEmpty()
                        || owners.get(owners.size() - 1).id().value()
                                < owner.id().value(),
                "its id does not follow that of the owner before");
        require(ownerNames.add(owner.name()), "an owner before it has its name");
        require(owner.role() != Role.GUEST || !hasGuest, "an owner before it is that of guests, too");
        hasGuest |= owner.role() == Role.GUEST;
        owners.add(next);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
