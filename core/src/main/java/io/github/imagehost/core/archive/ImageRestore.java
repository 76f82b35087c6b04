package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveReader.ArchiveSummary;
import io.github.imagehost.core.archive.ArchiveReader.ArchivedImage;
import io.github.imagehost.core.archive.RestoreProblem.Kind;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.work.OrderedWork;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Brings back what {@link ImageExport} has written, into a repository over a store that holds the objects. Each image
 * is restored only after its object was read and found to have the digest that the file tells; no object is changed. A
 * run that was stopped or killed is continued by another one. Safe for use by many threads.
 */
public final class ImageRestore {

    /** How many objects are read at once unless the caller says otherwise. */
    public static final int DEFAULT_THREADS = 4;

    /** The largest number of objects that can be read at once. */
    public static final int MOST_THREADS = 64;

    private static final int MOST_PENDING = 256;

    private final ImageStore store;
    private final AdministrableRepository repository;
    private final Optional<OwnerRestore> owners;
    private final Optional<AlbumRepository> albums;
    private final int threads;

    /**
     * @param store stays open
     * @param repository stays open
     * @param owners finds out whose images they become; in a host that knows no owners, they have the same numbers as
     *     before
     * @param albums gets the albums and tags, and stays open; a host without any restores none
     * @param threads how many objects to read at once, 1 to {@value #MOST_THREADS}
     */
    public ImageRestore(
            ImageStore store,
            AdministrableRepository repository,
            Optional<OwnerRestore> owners,
            Optional<AlbumRepository> albums,
            int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("A restore has 1 to " + MOST_THREADS + " threads, not " + threads);
        }
        this.store = store;
        this.repository = repository;
        this.owners = owners;
        this.albums = albums;
        this.threads = threads;
    }

    /** Which images a restore may find. */
    public enum Existing {
        /** None but those that are in the file. */
        ONLY_FROM_FILE,
        /** Any. */
        ANY
    }

    /**
     * Checks the whole file, and then restores what is not there. What is there already, as the file tells it, is not
     * read again. Has threads of its own, which end with it.
     *
     * @param progress counts images and further names, and their bytes
     * @throws ArchiveDamagedException if the file is not as it was written; nothing has changed
     * @throws OwnersUnclearException if it is not clear whose images they become; nothing has changed
     * @throws RepositoryNotEmptyException if there are images that are not in the file, and must not be; nothing has
     *     changed
     * @throws IOException if the file can't be read
     * @throws StoreException if the store does not answer; what was restored so far stays
     * @throws RepositoryException if the repository does not answer; what was restored so far stays
     */
    public RestoreReport restore(Path file, Existing existing, Progress progress) throws IOException {
        ArchiveSummary summary = ArchiveReader.check(file);
        Optional<OwnerPlan> plan = plan(summary, file, existing);
        OwnerTargets targets = plan.isPresent() ? carryOut(plan.get()) : OwnerTargets.AS_BEFORE;
        return new RestoreRun(summary, targets, true, progress).read(file);
    }

    /** Does the same without restoring anything, and reads all objects, also of what is there already. */
    public RestoreReport prove(Path file, Existing existing, Progress progress) throws IOException {
        ArchiveSummary summary = ArchiveReader.check(file);
        Optional<OwnerPlan> plan = plan(summary, file, existing);
        OwnerTargets targets = plan.map(OwnerTargets::forecast).orElse(OwnerTargets.AS_BEFORE);
        return new RestoreRun(summary, targets, false, progress).read(file);
    }

    private Optional<OwnerPlan> plan(ArchiveSummary summary, Path file, Existing existing) throws IOException {
        Optional<OwnerPlan> plan =
                owners.map(restore -> OwnerPlan.of(summary, restore.ledger().owners(), restore.map()));
        if (existing == Existing.ONLY_FROM_FILE) {
            requireOnlyFrom(file, plan.map(OwnerTargets::forecast).orElse(OwnerTargets.AS_BEFORE));
        }
        return plan;
    }

    private void requireOnlyFrom(Path file, OwnerTargets targets) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            Optional<ArchivedImage> entry = Optional.empty();
            List<Image> page = repository.imagesAfter(0, ImageArchive.MAX_LIMIT);
            while (!page.isEmpty()) {
                for (Image image : page) {
                    while (entry.isEmpty() || entry.get().image().id() < image.id()) {
                        entry = reader.nextEntry();
                        if (entry.isEmpty()) {
                            throw foreign(image);
                        }
                    }
                    if (!targets.imageHere(entry.get().image()).equals(Optional.of(image))) {
                        throw foreign(image);
                    }
                }
                page = repository.imagesAfter(page.get(page.size() - 1).id(), ImageArchive.MAX_LIMIT);
            }
        }
    }

    private OwnerTargets carryOut(OwnerPlan plan) {
        OwnerRestore restore = owners.orElseThrow();
        plan.quotaOfFirst()
                .filter(quota -> repository.quota(OwnerId.DEFAULT).equals(Quota.NONE))
                .ifPresent(quota -> repository.setQuota(OwnerId.DEFAULT, quota));
        return OwnerTargets.carryOut(plan, restore);
    }

    private static RepositoryNotEmptyException foreign(Image image) {
        return new RepositoryNotEmptyException(
                "There are images that are not in the file, the first of them " + image.id());
    }

    private final class RestoreRun {

        private final ArchiveSummary summary;
        private final OwnerTargets targets;
        private final boolean isToWrite;
        private final Optional<FilingRestore> filings;
        private final Progress progress;
        private final List<RestoreProblem> problems = new ArrayList<>();
        private long problemCount;
        private long restored;
        private long known;
        private long provedBytes;

        RestoreRun(ArchiveSummary summary, OwnerTargets targets, boolean isToWrite, Progress progress) {
            this.summary = summary;
            this.targets = targets;
            this.isToWrite = isToWrite;
            this.filings = albums.filter(ledger -> isToWrite)
                    .map(ledger -> new FilingRestore(repository, ledger, targets, InstantSource.system()));
            this.progress = progress;
        }

        RestoreReport read(Path file) throws IOException {
            long total = summary.images() + summary.names();
            progress.expect(total, summary.bytes());
            try (ArchiveReader reader = ArchiveReader.open(file);
                    OrderedWork<List<Restoration>> work = new OrderedWork<>(
                            "imagehost-restore",
                            threads,
                            Math.max(1, MOST_PENDING / threads),
                            progress::isStopRequested,
                            restorations -> restorations.forEach(this::count))) {
                Optional<ArchivedImage> next = reader.nextEntry();
                while (next.isPresent() && !progress.isStopRequested()) {
                    ArchivedImage entry = next.get();
                    work.submit(() -> restore(entry), List::of);
                    next = reader.nextEntry();
                }
                work.await();
            }
            if (filings.isPresent() && summary.albums() > 0) {
                filings.get().restoreAlbums(file, progress);
            }
            return new RestoreReport(
                    progress.isStopRequested(),
                    total,
                    restored,
                    known,
                    provedBytes,
                    problemCount,
                    problems,
                    targets.added(),
                    targets.addedAdministrators(),
                    isToWrite ? aboveQuota() : List.of(),
                    filings.map(FilingRestore::restored).orElse(0L),
                    filings.map(FilingRestore::refused).orElse(List.of()));
        }

        private List<String> aboveQuota() {
            return targets.named(owner -> !repository.quota(owner).allows(repository.usage(owner)));
        }

        private void count(Restoration restoration) {
            provedBytes += restoration.provedBytes();
            if (restoration.problem().isPresent()) {
                problemCount++;
                if (problems.size() < RestoreReport.MOST_PROBLEMS) {
                    problems.add(restoration.problem().get());
                }
            } else if (restoration.isKnown()) {
                known++;
            } else {
                restored++;
            }
        }

        private List<Restoration> restore(ArchivedImage entry) {
            List<Restoration> restorations = new ArrayList<>();
            Optional<Image> here = targets.imageHere(entry.image());
            Image image = here.orElse(entry.image());
            boolean isKnown = here.isPresent()
                    && repository.findByFilename(image.filename()).equals(here);
            Restoration first = tagged(image, entry.tags(), restore(request(image), isKnown, true));
            restorations.add(first);
            for (FurtherName name : entry.names()) {
                restorations.add(
                        first.problem().isPresent()
                                ? withoutImage(name)
                                : restore(image, name, here.isPresent() && isKnownNameOf(image, name)));
            }
            return restorations;
        }

        private Restoration tagged(Image image, SortedSet<Tag> tags, Restoration restoration) {
            boolean isDone = tags.isEmpty()
                    || restoration.problem().isPresent()
                    || filings.map(restore -> restore.tag(image, tags)).orElse(true);
            return isDone
                    ? restoration
                    : restoration.failed(problem(
                            Kind.REFUSED,
                            request(image),
                            "it is restored without its tags: there would be too many with those that it has here"));
        }

        private boolean isKnownNameOf(Image image, FurtherName name) {
            return repository
                    .findByFilename(name.filename())
                    .filter(found -> found.id() == image.id())
                    .isPresent();
        }

        private Restoration restore(Image image, FurtherName name, boolean isKnown) {
            boolean isElsewhere = !name.objectKey().equals(image.objectKey());
            return restore(request(image, name), isKnown, isElsewhere);
        }

        private Restoration restore(AdoptionRequest request, boolean isKnown, boolean isToProve) {
            ImageDescriptor content = request.content();
            boolean isRead = isToProve && !(isKnown && isToWrite);
            Optional<RestoreProblem> problem = isRead ? prove(request) : Optional.empty();
            if (problem.isEmpty() && isToWrite && !isKnown) {
                problem = bringBack(request);
            }
            progress.advance(1, content.storedSize());
            return new Restoration(isRead ? content.storedSize() : 0, isKnown, problem);
        }

        private Restoration withoutImage(FurtherName name) {
            progress.advance(1, name.storedSize());
            return new Restoration(
                    0,
                    false,
                    Optional.of(new RestoreProblem(
                            Kind.REFUSED,
                            name.filename(),
                            name.objectKey().value(),
                            "its image " + name.imageId() + " could not be restored")));
        }
    }

    /** What became of an image or a name. */
    private record Restoration(long provedBytes, boolean isKnown, Optional<RestoreProblem> problem) {

        Restoration failed(RestoreProblem why) {
            return new Restoration(provedBytes, isKnown, Optional.of(why));
        }
    }

    private static AdoptionRequest request(Image image) {
        return new AdoptionRequest(
                image.owner(),
                Optional.of(image.id()),
                image.content(),
                image.objectKey(),
                image.filename(),
                image.originalName(),
                image.uploadedAt(),
                image.updatedAt(),
                image.sharing());
    }

    private static AdoptionRequest request(Image image, FurtherName name) {
        ImageDescriptor content = image.content();
        ImageDescriptor stored = new ImageDescriptor(
                content.digest(),
                content.size(),
                content.type(),
                content.width(),
                content.height(),
                name.storedDigest(),
                name.storedSize());
        return new AdoptionRequest(
                image.owner(),
                name.formerId(),
                stored,
                name.objectKey(),
                name.filename(),
                image.originalName(),
                image.uploadedAt(),
                image.updatedAt(),
                image.sharing());
    }

    private Optional<RestoreProblem> bringBack(AdoptionRequest request) {
        Adoption adoption = repository.restore(request);
        if (!(adoption instanceof Adoption.Refused refused)) {
            return Optional.empty();
        }
        return Optional.of(problem(
                Kind.REFUSED,
                request,
                switch (refused.obstacle()) {
                    case FILENAME_USED -> "its filename is, or was, that of another image";
                    case ID_USED -> "another image has its id";
                    case OBJECT_USED -> "its object is known with other bytes, or is to be deleted";
                    case SHARED_OTHERWISE -> "the owner has the same picture, but private, or with an end";
                    case BUSY -> "somebody uploads the same bytes right now";
                }));
    }

    private Optional<RestoreProblem> prove(AdoptionRequest request) {
        ImageDescriptor content = request.content();
        ObjectKey key = request.objectKey();
        Optional<Long> size = store.size(key);
        if (size.isEmpty()) {
            return Optional.of(problem(Kind.MISSING, request, "its object is not in the store"));
        }
        if (size.get() != content.storedSize()) {
            return Optional.of(problem(
                    Kind.DAMAGED,
                    request,
                    "its object has " + size.get() + " bytes instead of " + content.storedSize()));
        }
        try {
            Digest digest = digest(key, content.storedSize());
            return digest.equals(content.storedDigest())
                    ? Optional.empty()
                    : Optional.of(problem(
                            Kind.DAMAGED, request, "its object has not the bytes with " + content.storedDigest()));
        } catch (ObjectNotFoundException e) {
            return Optional.of(problem(Kind.MISSING, request, "its object is not in the store any more"));
        } catch (IOException e) {
            return Optional.of(problem(Kind.UNREADABLE, request, "its object can't be read: " + e.getMessage()));
        }
    }

    /** As a range, since a store may refuse to give the whole of an object that it knows to be damaged. */
    private Digest digest(ObjectKey key, long size) throws IOException {
        try (InputStream in = store.open(key, new ByteRange(0, size))) {
            return Digest.ofAll(in);
        }
    }

    private static RestoreProblem problem(Kind kind, AdoptionRequest request, String detail) {
        return new RestoreProblem(kind, request.filename(), request.objectKey().value(), detail);
    }
}
