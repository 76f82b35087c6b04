package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveLine.Footer;
import io.github.imagehost.core.archive.ArchiveLine.Header;
import io.github.imagehost.core.archive.ArchiveLine.ImageLine;
import io.github.imagehost.core.archive.ArchiveLine.NameLine;
import io.github.imagehost.core.archive.ArchiveLine.OwnerLine;
import io.github.imagehost.core.files.DurableFiles;
import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.variant.Variants;
import io.github.imagehost.core.walk.KeyOrderWalk;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes everything that a host knows of its images into a file, and beside it a list of the objects with their
 * digests, while others upload and delete. An image that is uploaded or deleted meanwhile may or may not be in the
 * file; all others are in it exactly once, each as it was at some moment of the export. What is derived from images is
 * not exported, since it can be derived again, nor is anything by which somebody could log in. Safe for use by many
 * threads.
 *
 * <p>{@link ImageRestore} brings it back. The list is {@code SHA-256, two blanks, path} for each object, once, where
 * the path is that in a copy that usual tools make of all files of the store, or of all objects below its prefix:
 * {@code sha256sum -c} reads it there.
 */
public final class ImageExport {

    /** What comes behind the name of the file in the name of the list. */
    public static final String LIST_SUFFIX = ".sha256";

    private static final String PREFIX = ".imagehost-export-";

    private final AdministrableRepository repository;
    private final Optional<OwnerLedger> owners;
    private final Optional<AlbumExport> albums;
    private final Function<ObjectKey, String> pathInCopy;
    private final Clock clock;

    /**
     * @param repository stays open
     * @param owners knows whom its images belong to, and stays open; of a host that does not know, owners are exported
     *     as numbers
     * @param albums knows the albums and tags of the same images, and stays open; of a host without any, none are
     *     exported
     * @param pathInCopy where an object is in a copy of the store: a relative path, with slashes
     */
    public ImageExport(
            AdministrableRepository repository,
            Optional<OwnerLedger> owners,
            Optional<AlbumRepository> albums,
            Function<ObjectKey, String> pathInCopy) {
        this(repository, owners, albums, pathInCopy, Clock.systemUTC());
    }

    ImageExport(
            AdministrableRepository repository,
            Optional<OwnerLedger> owners,
            Optional<AlbumRepository> albums,
            Function<ObjectKey, String> pathInCopy,
            Clock clock) {
        this.repository = repository;
        this.owners = owners;
        this.albums = albums.map(ledger -> new AlbumExport(repository, ledger));
        this.pathInCopy = pathInCopy;
        this.clock = clock;
    }

    /**
     * Writes the file and the list. Both appear whole or not at all, and only their owner may read them; what was there
     * before under their names is replaced.
     *
     * @param file in a directory that is there
     * @param progress counts images
     * @return what was written, which is nothing if it was asked to stop
     * @throws IOException if they can't be written
     * @throws RepositoryException if the repository does not answer; nothing is written
     */
    public ExportReport write(Path file, Progress progress) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        Path directory = DurableFiles.parentOf(whole);
        TemporaryFile.deleteLeftovers(directory, PREFIX);
        try (TemporaryFile lines = TemporaryFile.createIn(directory, PREFIX);
                TemporaryFile list = TemporaryFile.createIn(directory, PREFIX)) {
            progress.expect(repository.statistics().images(), Progress.UNKNOWN);
            LineCounts counts = writeLines(lines, progress);
            long objects = writeList(list, progress);
            if (progress.isStopRequested()) {
                return new ExportReport(true, 0, 0, 0, 0, 0);
            }
            publish(list, whole.resolveSibling(whole.getFileName() + LIST_SUFFIX));
            publish(lines, whole);
            DurableFiles.syncDirectory(directory);
            return new ExportReport(false, counts.images(), counts.names(), objects, counts.owners(), counts.albums());
        }
    }

    private record LineCounts(long images, long names, long albums, long owners) {}

    private LineCounts writeLines(TemporaryFile file, Progress progress) throws IOException {
        try (OutputStream out = new TemporaryOutput(file)) {
            DigestOutputStream hashing = new DigestOutputStream(out, Digest.sha256());
            write(new Header(clock.instant()), hashing);
            long images = 0;
            long names = 0;
            SortedSet<OwnerId> having = ownersKnown();
            List<Image> page = repository.imagesAfter(0, ImageArchive.MAX_LIMIT);
            while (!page.isEmpty() && !progress.isStopRequested()) {
                images += page.size();
                page.forEach(image -> having.add(image.owner()));
                names += writePage(page, hashing, progress);
                page = repository.imagesAfter(page.get(page.size() - 1).id(), ImageArchive.MAX_LIMIT);
            }
            long written = albums.isPresent() ? albums.get().write(having, line -> write(line, hashing), progress) : 0;
            List<ArchivedOwner> told = owners.map(this::ownersToTell).orElse(List.of());
            for (ArchivedOwner owner : told) {
                write(new OwnerLine(owner), hashing);
            }
            Digest digest = Digest.of(hashing.getMessageDigest().digest());
            write(new Footer(images, names, digest), out);
            return new LineCounts(images, names, written, told.size());
        }
    }

    private SortedSet<OwnerId> ownersKnown() {
        SortedSet<OwnerId> known = new TreeSet<>(Comparator.comparingLong(OwnerId::value));
        owners.ifPresent(ledger -> ledger.owners().forEach(owner -> known.add(owner.id())));
        return known;
    }

    /**
     * Nobody, if there is nothing to say but that the first owner is there: versions that know nothing of owners read
     * such an export, and refuse others.
     */
    private List<ArchivedOwner> ownersToTell(OwnerLedger ledger) {
        List<ArchivedOwner> all = ledger.owners().stream()
                .map(owner -> new ArchivedOwner(owner, repository.quota(owner.id())))
                .toList();
        boolean isNothingToSay = all.size() == 1 && all.get(0).quota().equals(Quota.NONE);
        return isNothingToSay ? List.of() : all;
    }

    private int writePage(List<Image> page, OutputStream out, Progress progress) throws IOException {
        List<FurtherName> names =
                repository.furtherNames(page.stream().map(Image::id).toList());
        Map<Long, SortedSet<Tag>> tags =
                albums.map(exported -> exported.tags(page)).orElse(Map.of());
        Deque<FurtherName> left = new ArrayDeque<>(names);
        for (Image image : page) {
            write(new ImageLine(image, tags.getOrDefault(image.id(), Collections.emptySortedSet())), out);
            int written = 1;
            while (!left.isEmpty() && left.getFirst().imageId() == image.id()) {
                FurtherName name = left.removeFirst();
                write(new NameLine(name), out);
                written++;
            }
            progress.advance(written, 0);
        }
        return names.size();
    }

    /** Walks through the objects instead of the images, since several images may share an object. */
    private long writeList(TemporaryFile file, Progress progress) throws IOException {
        long objects = 0;
        try (OutputStream out = new TemporaryOutput(file)) {
            Iterator<BlobEntry> blobs = KeyOrderWalk.blobs(repository, Optional.empty());
            while (!progress.isStopRequested() && blobs.hasNext()) {
                BlobEntry blob = blobs.next();
                if (isOfImages(blob)) {
                    String line = blob.storedDigest().hex() + "  " + pathInCopy.apply(blob.objectKey()) + '\n';
                    out.write(line.getBytes(StandardCharsets.US_ASCII));
                    objects++;
                }
            }
        }
        return objects;
    }

    private static boolean isOfImages(BlobEntry blob) {
        return (blob.state() == State.STORED || blob.state() == State.MISSING)
                && !blob.objectKey().value().startsWith(Variants.PREFIX);
    }

    private static void write(ArchiveLine line, OutputStream out) throws IOException {
        out.write((line.write() + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static void publish(TemporaryFile written, Path target) throws IOException {
        written.sync();
        Files.move(written.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
