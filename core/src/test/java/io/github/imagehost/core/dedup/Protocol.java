package io.github.imagehost.core.dedup;

import io.github.imagehost.core.intake.Intake;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.Spool;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.ClaimRequest;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.schedule.Answer;
import io.github.imagehost.core.testing.schedule.Scenario;
import io.github.imagehost.core.testing.schedule.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What the parties of scenarios do: uploads of one and the same picture, deletions and sweeps, by the real protocol. */
final class Protocol {

    /** What all of them upload; its bytes are in memory. */
    static final ReceivedImage PICTURE = receive(Pictures.uniquePng());

    static final UploadTiming TIMING = new UploadTiming(Scenario.LEASE, Scenario.PATIENCE);

    private Protocol() {}

    private static ReceivedImage receive(byte[] picture) {
        try {
            return new Intake(new Spool(Path.of("unused"), picture.length, 1), UploadPolicy.DEFAULT)
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
}
