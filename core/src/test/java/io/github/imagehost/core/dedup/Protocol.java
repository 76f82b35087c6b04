package io.github.imagehost.core.dedup;

import com.google.common.base.Ticker;
import io.github.imagehost.core.intake.Intake;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.Spool;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.ClaimRequest;
import io.github.imagehost.core.port.ObjectNotFoundException;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.schedule.Answer;
import io.github.imagehost.core.testing.schedule.Ports;
import io.github.imagehost.core.testing.schedule.Scenario;
import io.github.imagehost.core.testing.schedule.Script;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What the parties of scenarios do: uploads of one and the same picture, one and the same variant of it, deletions and sweeps, by
 * the real protocol.
 */
final class Protocol {

    /** What all of them upload; its bytes are in memory. */
    static final ReceivedImage PICTURE = receive(Pictures.uniquePng());

    /** The variant that all of them ask for. */
    static final Transformation THUMBNAIL =
            new Transformation(OptionalInt.of(12), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);

    /** The name of the first image that was uploaded before the scenario begins. */
    private static final String IMAGE = "before-1.png";

    static final UploadTiming TIMING = new UploadTiming(Scenario.LEASE, Scenario.PATIENCE);

    private Protocol() {}

    private static ReceivedImage receive(byte[] picture) {
        try {
            return new Intake(new Spool(Path.of("unused"), picture.length, picture.length), UploadPolicy.DEFAULT)
                    .receive("cat.png", new ByteArrayInputStream(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A scenario with nobody in it yet, where garbage is swept by the real sweep. */
    static Scenario scenario(String name) {
        return Scenario.named(name, sweep());
    }

    /** An upload that gives up when it loses its reservation. */
    static Script upload(OwnerId owner) {
        return upload(owner, 1);
    }

    /** An upload that starts over, once, when it loses its reservation. */
    static Script uploadThatStartsOver(OwnerId owner) {
        return upload(owner, 2);
    }

    private static Script upload(OwnerId owner, int starts) {
        return ports -> ports.perform(() -> {
            Uploads uploads =
                    new Uploads(ports.store(), ports.ledger(), TIMING, ports.filenames(), ports.ticker(), starts);
            return new Answer.Uploaded(owner, uploads.upload(owner, PICTURE));
        });
    }

    /** Somebody who asks for the variant of the image that was uploaded before, and gives up when the reservation is lost. */
    static Script variant() {
        return askingForVariant(
                (ports, image) -> variants(ports, ports.ticker(), 1).variant(image, THUMBNAIL));
    }

    /** The same, but somebody who starts over, once. */
    static Script variantThatStartsOver() {
        return askingForVariant(
                (ports, image) -> variants(ports, ports.ticker(), 2).variant(image, THUMBNAIL));
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

    static Variants variants(Ports ports, Ticker ticker, int starts) {
        return new Variants(
                ports.store(), ports.ledger(), new Naming(ports.party()), TIMING, ports.filenames(), ticker, starts);
    }

    /** Somebody who crashes as soon as they may derive it. */
    static Script reserveVariant() {
        return ports -> ports.ledger()
                .find(IMAGE)
                .ifPresent(image -> ports.ledger()
                        .claimVariant(variants(ports, ports.ticker(), 1).newRequest(image, THUMBNAIL)));
    }

    /** A deletion of all that the owner has when it begins. */
    static Script delete(OwnerId owner) {
        return ports -> ports.perform(() -> {
            List<Long> ids = ports.ledger().list(owner);
            Deletion deletion = new Deletions(ports.store(), ports.ledger()).delete(owner, ids);
            return new Answer.Deleted(owner, deletion.deleted());
        });
    }

    /** An upload that crashes as soon as it has its reservation. */
    static Script reserve(OwnerId owner) {
        return ports -> ports.ledger()
                .claim(new ClaimRequest(
                        owner,
                        PICTURE.descriptor(),
                        PICTURE.originalName(),
                        ports.filenames().apply(PICTURE.descriptor().type()),
                        TIMING.lease()));
    }

    /** One after the other. */
    static Script inOrder(Script... scripts) {
        return ports -> {
            for (Script script : scripts) {
                script.run(ports);
            }
        };
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
        public byte[] render(ImageSource source, SourceImage image, Transformation transformation) {
            return process.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
