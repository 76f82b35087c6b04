package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;

import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.fsck.RepairRight;
import io.github.imagehost.core.fsck.StoreCheck;
import io.github.imagehost.core.fsck.StoreCheckOptions;
import io.github.imagehost.core.intake.Intake;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.schedule.Answer;
import io.github.imagehost.core.schedule.Ports;
import io.github.imagehost.core.schedule.Scenario;
import io.github.imagehost.core.schedule.Script;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestIntake;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.variant.Variants;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * What the parties of scenarios do: uploads of one and the same picture, one and the same variant of it, deletions and
 * sweeps, by the real protocol.
 */
final class Protocol {

    private static final byte[] BYTES = TaggedPictures.png();

    /** What nearly all of them upload; its bytes are in memory. */
    static final ReceivedImage PICTURE = receive(BYTES, UploadPolicy.DEFAULT);

    /** The same, received by a process that is set to keep more metadata: other bytes have to be stored. */
    private static final ReceivedImage OTHER_BYTES =
            receive(BYTES, UploadPolicy.DEFAULT.withMetadata(MetadataPolicy.KEEP));

    private static final ReceivedImage OTHER_PICTURE = receive(TaggedPictures.jpeg(), UploadPolicy.DEFAULT);

    /** The variant that all of them ask for. */
    static final Transformation THUMBNAIL =
            new Transformation(OptionalInt.of(12), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);

    /** Whoever uploads when all others have ended. */
    private static final OwnerId CAROL = new OwnerId(3);

    /** The name of the first image that was uploaded before the scenario begins. */
    static final String IMAGE = "before-1.png";

    static final UploadTiming TIMING = new UploadTiming(Scenario.LEASE, Scenario.PATIENCE);

    /** In the caller's thread. Nothing is ever as old as an orphan has to be. */
    private static final StoreCheckOptions REPAIR =
            StoreCheckOptions.DEFAULT.repairing().threads(1).orphansOlderThan(Duration.ofDays(365_000));

    private Protocol() {}

    private static ReceivedImage receive(byte[] bytes, UploadPolicy policy) {
        try {
            return TestIntake.receive(
                    new Intake(new Spool(Path.of("unused"), bytes.length, bytes.length), policy), "cat.png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A scenario with nobody in it yet, where garbage is swept by the real sweep. */
    static Scenario scenario(String name) {
        return Scenario.named(name, sweep());
    }

    /**
     * The same, in which the store may lose what it holds: it is repaired in the end, and somebody uploads it once
     * more.
     */
    static Scenario scenarioWithLoss(String name) {
        return Scenario.named(name, inOrder(sweep(), repair())).restoredBy(upload(CAROL));
    }

    /** The same, where Alice may have one image and no more. */
    static Scenario scenarioWithQuota(String name) {
        return scenario(name).on(clock -> withQuota(new InMemoryMetadataRepository(clock)));
    }

    /** The same repository, in which Alice may have one image and no more. */
    static InMemoryMetadataRepository withQuota(InMemoryMetadataRepository repository) {
        repository.setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        return repository;
    }

    /** An upload that gives up when it loses its reservation. */
    static Script upload(OwnerId owner) {
        return upload(owner, PICTURE, 1);
    }

    /** An upload of a picture that nobody else uploads. */
    static Script uploadOfOtherPicture(OwnerId owner) {
        return upload(owner, OTHER_PICTURE, 1);
    }

    /** An upload of the same picture by a process that stores other bytes of it, and starts over, once. */
    static Script uploadOfOtherBytes(OwnerId owner) {
        return upload(owner, OTHER_BYTES, 2);
    }

    /** An upload that starts over, once, when it loses its reservation. */
    static Script uploadThatStartsOver(OwnerId owner) {
        return upload(owner, PICTURE, 2);
    }

    private static Script upload(OwnerId owner, ReceivedImage picture, int starts) {
        return upload(owner, picture, Sharing.UNLIMITED, starts);
    }

    private static Script upload(OwnerId owner, ReceivedImage picture, Sharing wanted, int starts) {
        return ports -> ports.perform(() -> {
            Upload upload = uploads(ports, starts).upload(owner, picture, UploadTerms.sharedAs(wanted));
            return new Answer.Uploaded(owner, upload, wanted);
        });
    }

    /** An upload of the same picture for nobody else to see. */
    static Script uploadInPrivate(OwnerId owner) {
        return upload(owner, PICTURE, Sharing.UNLIMITED.visibility(Visibility.PRIVATE), 1);
    }

    /** An upload that is to last until images end. */
    static Script uploadThatEnds(OwnerId owner) {
        return upload(owner, PICTURE, Sharing.UNLIMITED.expiresAt(Optional.of(Scenario.IMAGE_END)), 1);
    }

    /** The images that end do so now. */
    static Script end() {
        return Ports::endImages;
    }

    private static Uploads uploads(Ports ports, int starts) {
        return new Uploads(
                ports.store(),
                ports.ledger(),
                ports.ledger()::find,
                TIMING,
                ports.filenames(),
                ports.nanoTime(),
                starts);
    }

    /**
     * Somebody who asks for the variant of the image that was uploaded before, and gives up when the reservation is
     * lost.
     */
    static Script variant() {
        return askingForVariant(
                (ports, image) -> variants(ports, ports.nanoTime(), 1).variant(image, THUMBNAIL));
    }

    /** The same, but somebody who starts over, once. */
    static Script variantThatStartsOver() {
        return askingForVariant(
                (ports, image) -> variants(ports, ports.nanoTime(), 2).variant(image, THUMBNAIL));
    }

    /** Somebody who asks for it in some way, as a server does. */
    static Script askingForVariant(BiFunction<Ports, Image, Optional<Variant>> way) {
        return ports -> ports.perform(() -> {
            Optional<Image> image = ports.ledger().find(IMAGE);
            try {
                return image.flatMap(found -> way.apply(ports, found))
                        .<Answer>map(variant -> new Answer.Derived(image.get(), variant))
                        .orElse(new Answer.Gone(IMAGE));
            } catch (ObjectNotFoundException e) {
                ports.ledger().find(IMAGE).ifPresent(damaged -> {
                    throw e;
                });
                return new Answer.Gone(IMAGE);
            }
        });
    }

    static Variants variants(Ports ports, LongSupplier nanoTime, int starts) {
        return new Variants(
                ports.store(), ports.ledger(), new Naming(ports.party()), TIMING, ports.filenames(), nanoTime, starts);
    }

    /** Somebody who crashes as soon as they may derive it. */
    static Script reserveVariant() {
        return ports -> ports.ledger()
                .find(IMAGE)
                .ifPresent(image -> ports.ledger()
                        .claimVariant(variants(ports, ports.nanoTime(), 1).newRequest(image, THUMBNAIL)));
    }

    /** A deletion of all that the owner has when it begins. */
    static Script delete(OwnerId owner) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            Deletion deletion = new Deletions(ports.store(), ports.ledger()).delete(owner, ids);
            return new Answer.Deleted(owner, deletion.deleted());
        });
    }

    /** An upload that crashes as soon as it has its reservation, or can't get it. */
    static Script reserve(OwnerId owner) {
        return ports -> {
            String filename = ports.filenames().apply(PICTURE.descriptor().type());
            try {
                ports.ledger().claim(request(owner, filename));
            } catch (RepositoryException e) {
                // it crashes, and tells nobody
            }
        };
    }

    /** One after the other. */
    static Script inOrder(Script... scripts) {
        return ports -> {
            for (Script script : scripts) {
                script.run(ports);
            }
        };
    }

    /** The store loses all that it holds. */
    static Script loss() {
        return Ports::loseObjects;
    }

    /** A check of the store, which repairs. */
    static Script repair() {
        return ports -> ports.perform(() -> {
            new StoreCheck(ports.store(), ports.ledger(), RepairRight.UNDISPUTED)
                    .run(REPAIR, finding -> {}, Progress.UNOBSERVED);
            return new Answer.Repaired();
        });
    }

    /** Repeats an upload that has come to its end, or whose process was killed, without knowing its outcome. */
    static Script repeat(OwnerId owner, String earlierFilename) {
        return ports -> ports.perform(() -> {
            UploadTerms terms = new UploadTerms(
                    Optional.empty(), Sharing.UNLIMITED, List.of(ports.filename(earlierFilename)), filename -> {});
            return new Answer.Uploaded(owner, uploads(ports, 1).upload(owner, PICTURE, terms), terms.sharing());
        });
    }

    /**
     * Repeats an earlier upload as the port allows it to those who know no outcome: claims under its name once more,
     * and stores what is reserved.
     */
    static Script repeatByThePort(OwnerId owner, String earlierFilename) {
        return ports -> ports.perform(() -> {
            UploadRequest request = request(owner, ports.filename(earlierFilename));
            Claim<UploadRequest, Image> claim = ports.ledger().claim(request);
            Optional<Image> image = claim instanceof Claim.Reserved<UploadRequest, Image> reserved
                    ? putAndComplete(ports, reserved.reservation())
                    : claim.found();
            return image.map(own -> new Answer.Uploaded(owner, new Upload(own, false), request.sharing()))
                    .orElseThrow(() -> new UploadBusyException("There is nothing to repeat"));
        });
    }

    private static Optional<Image> putAndComplete(Ports ports, Reservation<UploadRequest> reservation) {
        ports.store().put(reservation.objectKey(), PICTURE);
        return ports.ledger().complete(reservation);
    }

    private static UploadRequest request(OwnerId owner, String filename) {
        return new UploadRequest(owner, PICTURE.descriptor(), PICTURE.originalName(), filename, TIMING.lease());
    }

    /** A sweep. */
    static Script sweep() {
        return ports -> ports.perform(() -> {
            new Sweep(ports.store(), ports.ledger()).run();
            return new Answer.Swept();
        });
    }

    /** Renders nothing but its process's name: another process may have another engine, and render other bytes. */
    private record Naming(String process) implements ImageEngine {

        @Override
        public Set<ImageType> writableTypes() {
            return Set.of(ImageType.PNG);
        }

        @Override
        public long mostPixels(ImageType format) {
            return Long.MAX_VALUE;
        }

        @Override
        public byte[] render(ImageSource source, SourceImage image, Transformation transformation) throws IOException {
            try (InputStream in = source.open()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return process.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
