package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.testing.Concurrently;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever relies on a blob, and whoever takes it away at the same moment on another server. */
class BlobRacesIT extends TwoServers {

    private static final int OWNERS = 12;
    private static final int IMAGES = 6;

    private static final OwnerId CAROL = new OwnerId(3);

    @Test
    void anUploadAttachesToWhatIsNotCondemnedByARemoval() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);

            Answers<Claim<UploadRequest, Image>, Removal> answers = race(
                    () -> there().claim(Uploads.request(BOB, content)),
                    () -> here().remove(ALICE, List.of(image.id())));

            boolean attached = answers.first() instanceof Claim.Attached;
            assertThat(answers.first()).isInstanceOf(attached ? Claim.Attached.class : Claim.Reserved.class);
            assertThat(answers.second().condemned()).hasSize(attached ? 0 : 1);
        }
    }

    @Test
    void ofTwoOwnersWhoRemoveTheSameContentExactlyOneCondemnsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image first = upload(ALICE, content);
            Image second = attach(BOB, content);

            Answers<Removal, Removal> answers = race(
                    () -> here().remove(ALICE, List.of(first.id())), () -> there().remove(BOB, List.of(second.id())));

            assertThat(answers.first().removed()).containsExactly(first.id());
            assertThat(answers.second().removed()).containsExactly(second.id());
            assertThat(condemned(answers)).hasSize(1);
        }
    }

    /** Also where they name several, while others attach to the same content and change the same images. */
    @Test
    void ofManyWhoRemoveTheSameImagesExactlyOneRemovesEach() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<ImageDescriptor> contents =
                    Stream.generate(Uploads::content).limit(IMAGES).toList();
            List<Long> ids = contents.stream()
                    .map(content -> upload(ALICE, content).id())
                    .toList();
            contents.forEach(content -> attach(BOB, content));
            List<Callable<Set<Long>>> tasks = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                MySqlMetadataRepository server = i % 2 == 0 ? here() : there();
                List<Long> some = ids.subList(i % IMAGES, Math.min(IMAGES, i % IMAGES + 1 + i / 2));
                OwnerId other = new OwnerId(CAROL.value() + i);
                ImageDescriptor content = contents.get(i % IMAGES);
                tasks.add(() -> server.remove(ALICE, some).removed());
                tasks.add(() -> {
                    server.claim(Uploads.request(other, content));
                    return Set.of();
                });
                tasks.add(() -> {
                    server.changeAll(ALICE, some, List.of(new ImageChange.Show(Visibility.PRIVATE)));
                    return Set.of();
                });
            }
            waitForEachOther();

            List<Set<Long>> removed = Concurrently.run(tasks);

            assertThat(removed.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(ids);
            assertSound();
        }
    }

    @Test
    void ofTwoRemovalsOfWhatHasEndedExactlyOneCondemnsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            endLater(upload(ALICE, content));
            endLater(attach(BOB, content));
            database().letTimePass(Duration.ofHours(2));

            Answers<Removal, Removal> answers = race(() -> here().removeEnded(10), () -> there().removeEnded(10));

            assertThat(answers.first().removed().size()
                            + answers.second().removed().size())
                    .isEqualTo(2);
            assertThat(condemned(answers)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVariantIsClaimedOfWhatIsNotCondemnedOrIsCondemnedWithIt(boolean takenOver) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Image image = upload(ALICE, Uploads.content());
            Digest identity = Uploads.content().digest();
            if (takenOver) {
                here().claimVariant(variant(image, identity));
                database().letTimePass(Uploads.LEASE.duration().plusSeconds(1));
            }

            Answers<Claim<VariantRequest, Variant>, Removal> answers = race(
                    () -> there().claimVariant(variant(image, identity)),
                    () -> here().remove(ALICE, List.of(image.id())));

            boolean reserved = answers.first() instanceof Claim.Reserved;
            assertThat(answers.first()).isInstanceOf(reserved ? Claim.Reserved.class : Claim.SourceGone.class);
            assertThat(answers.second().condemned()).hasSize(reserved || takenOver ? 2 : 1);
        }
    }

    @Test
    void aVariantThatIsCompletedIsCondemnedWithItsSource() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);
            Reservation<VariantRequest> reservation = ((Claim.Reserved<VariantRequest, Variant>)
                            here().claimVariant(variant(image, Uploads.content().digest())))
                    .reservation();

            Answers<Boolean, Removal> answers = race(
                    () -> there().completeVariant(reservation, content.digest(), 1),
                    () -> here().remove(ALICE, List.of(image.id())));

            assertThat(answers.second().condemned()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anObjectIsAdoptedBesideWhatIsNotCondemned(long owner) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);

            Answers<Adoption, Removal> answers = race(
                    () -> there().adopt(adoption(new OwnerId(owner), content)),
                    () -> here().remove(ALICE, List.of(image.id())));

            assertThat(answers.first()).isInstanceOfAny(Adoption.Adopted.class, Adoption.Folded.class);
        }
    }

    @Test
    void whatWasMissingIsCompletedOrCondemned() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image alices = upload(ALICE, content);
            assertThat(here().markMissing(here().blobAt(alices.objectKey()).orElseThrow()))
                    .isTrue();
            Reservation<UploadRequest> first = reserve(BOB, content);
            Reservation<UploadRequest> second = reserve(CAROL, content);
            Image bobs = here().complete(first).orElseThrow();
            here().remove(ALICE, List.of(alices.id()));

            Answers<Optional<Image>, Removal> answers =
                    race(() -> there().complete(second), () -> here().remove(BOB, List.of(bobs.id())));

            assertThat(answers.second().condemned()).hasSize(answers.first().isPresent() ? 0 : 1);
        }
    }

    @Test
    void ofManyOwnersOneReservesAndAllOthersAttach() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            List<Claim<UploadRequest, Image>> claims = claimsOfAll(content);
            assertThat(claims)
                    .filteredOn(Claim.Reserved.class::isInstance)
                    .singleElement()
                    .satisfies(claim ->
                            assertThat(here().complete(reservation(claim))).isPresent());
            waitForEachOther();

            assertThat(claimsOfAll(content))
                    .hasOnlyElementsOfTypes(Claim.Attached.class, Claim.Existing.class)
                    .filteredOn(Claim.Existing.class::isInstance)
                    .hasSize(1);
            assertSound();
        }
    }

    private List<Claim<UploadRequest, Image>> claimsOfAll(ImageDescriptor content) throws Exception {
        return Concurrently.run(IntStream.rangeClosed(1, OWNERS)
                .mapToObj(owner -> (Callable<Claim<UploadRequest, Image>>)
                        () -> (owner % 2 == 0 ? here() : there()).claim(Uploads.request(new OwnerId(owner), content)))
                .toList());
    }

    private static List<CondemnedBlob> condemned(Answers<Removal, Removal> answers) {
        List<CondemnedBlob> condemned = new ArrayList<>(answers.first().condemned());
        condemned.addAll(answers.second().condemned());
        return condemned;
    }

    private Image attach(OwnerId owner, ImageDescriptor content) {
        return ((Claim.Attached<UploadRequest, Image>) here().claim(Uploads.request(owner, content))).item();
    }

    private void endLater(Image image) {
        Instant end = image.uploadedAt().plus(Duration.ofHours(1));
        here().change(image.owner(), image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
    }

    private static VariantRequest variant(Image image, Digest identity) {
        ObjectKey key = new ObjectKey("variants/" + UUID.randomUUID() + ".webp");
        return new VariantRequest(image.objectKey(), identity, ImageType.WEBP, key, Uploads.LEASE);
    }

    private static AdoptionRequest adoption(OwnerId owner, ImageDescriptor content) {
        UploadRequest names = Uploads.request(owner, content);
        return new AdoptionRequest(
                owner,
                Optional.empty(),
                content,
                new ObjectKey("old/" + names.filename()),
                names.filename(),
                "cat.png",
                Instant.EPOCH,
                Instant.EPOCH,
                Sharing.UNLIMITED);
    }
}
