package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service that one owner uses, and audits of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditScene {

    private static final Duration SWEEPING_LIMIT = Duration.ofSeconds(30);
    private static final int MOST_IMAGES = 2;
    private static final Tenant OWNER =
            new Tenant(OwnerId.DEFAULT, "a-token-for-tests-of-the-audit-itself", MOST_IMAGES);

    private Path directory;
    private Installation installation;
    private RunningService service;
    private Violations violations;
    private Ledger ledger;

    @BeforeAll
    final void start(@TempDir Path dataDirectory) throws InterruptedException {
        directory = dataDirectory;
        installation = Installation.embedded(directory);
        service = RunningService.with(
                directory.resolve("data"),
                Map.of(
                        "ACCESS",
                        "token",
                        "ADMIN_TOKEN",
                        OWNER.token(),
                        "METADATA_CACHE",
                        "0s",
                        "SWEEP_INTERVAL",
                        "1d"));
        // it might mend what is to be found
        service.awaitFirstSweep();
    }

    @AfterAll
    final void stop() {
        service.close();
    }

    @BeforeEach
    final void beginWithNothing() {
        violations = new Violations();
        ledger = new Ledger(violations);
        installation.database().clear();
        try (ImageStore store = installation.openStore()) {
            store.delete(((ObjectLister) store)
                    .list(Optional.empty(), ObjectLister.MAX_LIMIT).stream()
                            .map(StoredObject::key)
                            .toList());
        }
    }

    /** Where everything is. */
    Path directory() {
        return directory;
    }

    Installation installation() {
        return installation;
    }

    /** The owner. */
    Client client() {
        return OWNER.as(service.client());
    }

    /** A part of the service. */
    <T> T part(Class<T> type) {
        return service.part(type);
    }

    Ledger ledger() {
        return ledger;
    }

    /** What was found so far, in that order. */
    List<Kind> found() {
        return violations.all().stream().map(Violation::kind).toList();
    }

    Violations violations() {
        return violations;
    }

    /** Uploads a new picture that everybody may see for ever. */
    Link upload() throws Exception {
        return upload(Terms.UNLIMITED);
    }

    /** Uploads a new picture. */
    Link upload(Terms terms) throws Exception {
        Picture picture = Picture.of(Pictures.uniquePng());
        Multipart form = terms.addTo(new Multipart().file("image", "a.png", picture.bytes()));
        long begun = ledger.now();
        JsonNode data = client().post("/api/upload", form).data();
        Link link = new Link(
                data.get("id").asLong(), OwnerId.DEFAULT, data.get("filename").asString(), picture.digest());
        ledger.uploaded(begun, picture, terms, new SharedLink(link, Terms.told(data)), false);
        return link;
    }

    Audit.Report audit() throws Exception {
        return audit(SWEEPING_LIMIT);
    }

    /** One that waits for nothing that can't come true. */
    Audit.Report auditAtOnce() throws Exception {
        return audit(Duration.ZERO);
    }

    private Audit.Report audit(Duration sweepingLimit) throws Exception {
        return new Audit(installation, List.of(OWNER), ledger, violations, sweepingLimit)
                .run(List.of(service.client()), 0);
    }
}
