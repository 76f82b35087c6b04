package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.StandardOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An audit complains about everything that was made wrong on purpose. */
class AuditTest extends AuditScene {

    @Test
    void findsNoFaultWithWhatIsRight() throws Exception {
        Link kept = upload();
        askForThumbnail(kept);
        Link deleted = upload();
        askForThumbnail(deleted);
        ledger().deleting(List.of(deleted));
        client().delete("/api/images/" + deleted.id()).isSuccess("删除成功");
        ledger().deleted(deleted);

        Audit.Report report = audit();

        assertThat(violations().all()).isEmpty();
        assertThat(report.images()).isEqualTo(1);
        assertThat(ledger().links(Ledger.Fate.LIVE)).containsExactly(kept);
    }

    @Test
    void findsAnObjectThatNoBlobNames() throws Exception {
        upload();
        try (ImageStore store = installation().openStore()) {
            store.put(new ObjectKey("planted.png"), TestContent.of(Pictures.uniquePng()));
        }

        audit();

        assertThat(found()).containsExactly(Kind.ORPHAN);
    }

    @Test
    void findsThatImagesAreNotCountedRight() throws Exception {
        upload();
        installation().database().execute("UPDATE imagehost_image_range SET bytes = bytes + 1");

        audit();

        assertThat(violations().all())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("counters say"));
    }

    @Test
    void findsThatAProcessHadToCountImagesAnew() throws Exception {
        upload();
        installation().database().execute("UPDATE imagehost_image_range SET bytes = bytes + 1");
        Path log = directory().resolve("service-1.log");
        Files.writeString(
                log,
                StandardOutput.during(() -> part(MySqlMetadataRepository.class).tidyUp()));

        audit();

        Files.delete(log);
        assertThat(found()).containsExactly(Kind.OTHER);
    }

    @Test
    void findsThatAnOwnerHasMoreThanItMay() throws Exception {
        for (int i = 0; i < 3; i++) {
            upload();
        }

        audit();

        assertThat(found()).containsExactly(Kind.OTHER);
    }

    @Test
    void findsThatAnObjectIsMissing() throws Exception {
        Link link = upload();
        try (ImageStore store = installation().openStore()) {
            store.delete(List.of(new ObjectKey(link.filename())));
        }

        audit();

        // by the image, by the blob, by a read, and by somebody who asks for the thumbnail
        assertThat(found()).containsExactlyInAnyOrder(Kind.DEAD_LINK, Kind.DEAD_LINK, Kind.LOST, Kind.LOST);
    }

    @Test
    void findsAWrongByte() throws Exception {
        Link link = upload();
        Path object = objectOf(link);
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length - 1] ^= 1;
        Files.write(object, bytes);

        audit();

        // in the store, by a read, and by the thumbnail, which can't be rendered
        assertThat(found()).containsExactly(Kind.LOST, Kind.LOST, Kind.LOST);
    }

    @Test
    void findsThatADeletedImageIsReadable() throws Exception {
        Link link = upload();
        ledger().deleting(List.of(link));
        ledger().deleted(link);

        audit();

        // in the database, and by a read
        assertThat(found()).containsExactly(Kind.UNDELETED, Kind.UNDELETED);
    }

    @Test
    void findsThatAnImageIsGone() throws Exception {
        Link link = upload();
        client().delete("/api/images/" + link.id());

        audit();

        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    void findsABlobThatNoImageNeeds() throws Exception {
        Link link = upload();
        ledger().deleting(List.of(link));
        installation().database().execute("DELETE FROM imagehost_image", "DELETE FROM imagehost_image_range");

        audit();

        assertThat(found()).containsExactly(Kind.ORPHAN);
    }

    @Test
    void findsABlobThatIsNeverSwept() throws Exception {
        Link link = upload();
        ledger().deleting(List.of(link));
        client().delete("/api/images/" + link.id());
        installation()
                .database()
                .execute("UPDATE imagehost_blob SET deletion_due_at = TIMESTAMPADD(YEAR, 1, deletion_due_at)");

        auditAtOnce();

        // after the sweeps, and because it has no image
        assertThat(found()).containsExactly(Kind.ORPHAN, Kind.ORPHAN);
    }

    @Test
    void findsTwoLiveBlobsOfOnePicture() throws Exception {
        upload();
        installation()
                .database()
                .execute("INSERT INTO imagehost_blob"
                        + " (state, digest, size, stored_digest, stored_size, mime_type, width, height, object_key, reserved_at,"
                        + " quarantine_until)"
                        + " SELECT state, digest, size, stored_digest, stored_size, mime_type, width, height, 'twin.png', reserved_at, quarantine_until"
                        + " FROM imagehost_blob");

        audit();

        assertThat(found()).contains(Kind.OTHER, Kind.ORPHAN, Kind.DEAD_LINK);
    }

    @Test
    void findsAnObjectOfAVariantThatNoBlobNames() throws Exception {
        Link link = upload();
        try (ImageStore store = installation().openStore()) {
            store.put(
                    new ObjectKey("variants/" + link.filename() + "/planted.png"),
                    TestContent.of(Pictures.uniquePng()));
        }

        audit();

        assertThat(found()).containsExactly(Kind.ORPHAN);
    }

    @Test
    void findsThatTheObjectOfAVariantIsMissing() throws Exception {
        askForThumbnail(upload());
        try (ImageStore store = installation().openStore()) {
            store.delete(List.of(keyOfTheVariant()));
        }

        audit();

        // by the blob, and by somebody who asks for the thumbnail
        assertThat(found()).containsExactlyInAnyOrder(Kind.DEAD_LINK, Kind.LOST);
    }

    @Test
    void findsThatAThumbnailCanNotBeDecoded() throws Exception {
        askForThumbnail(upload());
        try (ImageStore store = installation().openStore()) {
            ObjectKey key = keyOfTheVariant();
            int size = Math.toIntExact(store.size(key).orElseThrow());
            store.delete(List.of(key));
            store.put(key, TestContent.ofSize(size, 1));
        }

        audit();

        // in the store, and by somebody who looks at it
        assertThat(found()).containsExactly(Kind.LOST, Kind.LOST);
    }

    @Test
    void findsAVariantWhoseSourceIsGone() throws Exception {
        askForThumbnail(upload());
        installation()
                .database()
                .execute("UPDATE imagehost_blob SET source_id = source_id + 1000 WHERE source_id IS NOT NULL");

        audit();

        assertThat(found()).containsExactly(Kind.ORPHAN);
    }

    @Test
    void findsAVariantThatIsNeverSwept() throws Exception {
        Link link = upload();
        askForThumbnail(link);
        ledger().deleting(List.of(link));
        client().delete("/api/images/" + link.id());
        installation()
                .database()
                .execute("UPDATE imagehost_blob SET deletion_due_at = TIMESTAMPADD(YEAR, 1, deletion_due_at)"
                        + " WHERE source_id IS NOT NULL");

        auditAtOnce();

        // after the sweeps, and because it is not live
        assertThat(found()).containsExactly(Kind.ORPHAN, Kind.ORPHAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool/imagehost-upload-1.tmp", "images/.incoming/object-1.tmp"})
    void findsTheFileOfABrokenUpload(String name) throws Exception {
        Path file = directory().resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);

        Audit.Report report = auditAtOnce();

        Files.deleteIfExists(file);
        assertThat(found()).containsExactly(Kind.ORPHAN);
        assertThat(report.temporaryFiles()).isEqualTo(1);
    }

    private void askForThumbnail(Link link) throws Exception {
        assertThat(client().get(link.thumbnailPath()).status()).isEqualTo(200);
    }

    private ObjectKey keyOfTheVariant() {
        return new ObjectKey(installation()
                .database()
                .query("SELECT object_key FROM imagehost_blob WHERE source_id IS NOT NULL")
                .get(0));
    }

    private Path objectOf(Link link) throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(file -> file.endsWith(link.filename()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
