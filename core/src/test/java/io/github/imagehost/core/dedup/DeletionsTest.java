package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageNotFoundException;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Faults.Fault;
import io.github.imagehost.core.testing.Gate;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeletionsTest {

    private final StoreUnavailableException storeAway = new StoreUnavailableException("the store is away");
    private final RepositoryUnavailableException repositoryAway =
            new RepositoryUnavailableException("the repository is away");

    private final TestHost test = new TestHost();
    private final byte[] picture = Pictures.uniquePng();

    @Test
    void theObjectGoesAtOnceWithItsLastImage() throws IOException {
        Image image = test.upload(picture).image();

        test.host().delete(image.id());

        assertThat(test.host().find(image.id())).isEmpty();
        assertThat(test.host().findByFilename(image.filename())).isEmpty();
        assertThat(test.objects()).isEmpty();
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.condemned()).isEmpty();
    }

    @Test
    void aSharedObjectStaysUntilItsLastOwnerIsGone() throws IOException {
        Image alices = test.upload(ALICE, picture).image();
        Image bobs = test.upload(BOB, picture).image();

        test.host().delete(ALICE, List.of(alices.id()));

        assertThat(test.host().findByFilename(alices.filename())).isEmpty();
        assertOpens(bobs);
        assertThat(test.store().calls("delete")).isZero();

        test.host().delete(BOB, List.of(bobs.id()));

        assertThat(test.objects()).isEmpty();
    }

    @Test
    void nobodyDeletesWhatBelongsToSomebodyElse() throws IOException {
        Image alices = test.upload(ALICE, picture).image();

        Deletion deletion = test.host().delete(BOB, List.of(alices.id()));

        assertThat(deletion).isEqualTo(new Deletion(Set.of(), Set.of(alices.id())));
        assertOpens(alices);
    }

    @Test
    void tellsWhatWasDeletedAndWhatWasNotFound() throws IOException {
        long first = test.upload(Pictures.uniquePng()).image().id();
        long second = test.upload(Pictures.uniqueGif()).image().id();
        long bobs = test.upload(BOB, Pictures.uniqueGif()).image().id();

        Deletion deletion = test.host().delete(ALICE, List.of(first, 4711L, first, second, 4711L, bobs, -1L));

        assertThat(deletion).isEqualTo(new Deletion(Set.of(first, second), Set.of(4711L, bobs, -1L)));
        assertThat(test.host().delete(ALICE, List.of(first))).isEqualTo(new Deletion(Set.of(), Set.of(first)));
        assertThat(test.host().delete(ALICE, List.of())).isEqualTo(new Deletion(Set.of(), Set.of()));
    }

    @Test
    void deletingOneUnknownImageSaysSo() {
        assertThatThrownBy(() -> test.host().delete(26))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("There is no image 26");
    }

    @Test
    void deletesMoreThanAThousandAtOnce() throws IOException {
        List<Long> ids = IntStream.range(0, 1200)
                .mapToObj(i -> uploadTiny().image().id())
                .toList();

        assertThat(test.host().delete(ALICE, ids).deleted()).hasSize(1200);

        assertThat(test.objects()).isEmpty();
    }

    static Stream<Fault> storesThatDoNotAnswer() {
        StoreUnavailableException away = new StoreUnavailableException("the store is away");
        return Stream.of(Faults.failBefore(away), Faults.failAfter(away));
    }

    @ParameterizedTest
    @MethodSource("storesThatDoNotAnswer")
    void isAnsweredAlthoughTheStoreIsAway(Fault away) throws IOException {
        Image image = test.upload(picture).image();
        test.store().next("delete", away);

        assertThat(test.host().delete(ALICE, List.of(image.id())).deleted()).containsExactly(image.id());

        assertThat(test.host().find(image.id())).isEmpty();
        assertThat(test.condemned()).containsExactly(image.objectKey());
        assertThat(test.host().sweep().deletedObjects()).isOne();
        assertThat(test.objects()).isEmpty();
    }

    @Test
    void isAnsweredAlthoughTheRepositoryCannotForget() throws IOException {
        Image image = test.upload(picture).image();
        test.letLeasesAndQuarantinesEnd();
        test.repository().next("forget", Faults.failBefore(repositoryAway));

        assertThat(test.host().delete(ALICE, List.of(image.id())).deleted()).containsExactly(image.id());

        assertThat(test.condemned()).containsExactly(image.objectKey());
        test.host().sweep();
        assertThat(test.condemned()).isEmpty();
    }

    @Test
    void anObjectThatTheStoreKeepsIsLeftToTheSweepAndTheOthersGo() throws IOException {
        Image stubborn = test.upload(Pictures.uniquePng()).image();
        Image other = test.upload(Pictures.uniqueGif()).image();
        test.letLeasesAndQuarantinesEnd();
        test.store().next("delete", test.keeping(stubborn.objectKey()::equals));

        Deletion deletion = test.host().delete(ALICE, List.of(stubborn.id(), other.id()));

        assertThat(deletion.deleted()).containsExactlyInAnyOrder(stubborn.id(), other.id());
        assertThat(test.objects()).containsExactly(stubborn.objectKey());
        assertThat(test.condemned()).containsExactly(stubborn.objectKey());
        test.host().sweep();
        assertThat(test.objects()).isEmpty();
    }

    @Test
    void nothingIsDeletedWhenTheRepositoryIsAway() throws IOException {
        Image image = test.upload(picture).image();
        test.repository().next("remove", Faults.failBefore(repositoryAway));

        assertThatThrownBy(() -> test.host().delete(image.id())).isSameAs(repositoryAway);

        assertOpens(image);
        assertThat(test.store().calls("delete")).isZero();
    }

    @Test
    void aDeletionThatNobodyAnsweredIsLeftToTheSweep() throws IOException {
        Image image = test.upload(picture).image();
        CommitStateUnknownException unknown = new CommitStateUnknownException("the connection broke");
        test.repository().next("remove", Faults.failAfter(unknown));

        assertThatThrownBy(() -> test.host().delete(image.id())).isSameAs(unknown);

        assertThat(test.host().find(image.id())).isEmpty();
        assertThat(test.upload(picture).duplicate()).isFalse();
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(test.images(ALICE).get(0).objectKey());
    }

    @Test
    void theSameBytesUploadedAgainAreSafeFromALateSweep() throws IOException {
        Image deleted = test.upload(picture).image();
        test.store().next("delete", Faults.failBefore(storeAway));
        test.host().delete(deleted.id());

        Upload again = test.upload(picture);

        assertThat(again.duplicate()).isFalse();
        assertThat(again.image().objectKey()).isNotEqualTo(deleted.objectKey());
        assertThat(test.objects()).hasSize(2);
        test.host().sweep();
        assertThat(test.objects()).containsExactly(again.image().objectKey());
        assertOpens(again.image());
    }

    @Test
    void theSameBytesUploadedWhileTheirObjectIsBeingDeletedAreSafe() throws Exception {
        Image deleted = test.upload(picture).image();
        Gate gate = new Gate();
        test.store().next("delete", gate.before());

        Concurrently.run(List.<Callable<Void>>of(
                () -> {
                    test.host().delete(deleted.id());
                    return null;
                },
                () -> {
                    gate.awaitArrival();
                    test.upload(picture);
                    gate.open();
                    return null;
                }));

        Image image = test.images(ALICE).get(0);
        assertThat(test.objects()).containsExactly(image.objectKey());
        assertOpens(image);
    }

    @Test
    void uploadsAndDeletionsOfTheSameBytesNeverLeaveADeadLink() throws Exception {
        for (int round = 0; round < 50; round++) {
            byte[] bytes = Pictures.uniquePng();
            Image first = test.upload(ALICE, bytes).image();

            List<Upload> uploads = Concurrently.run(List.<Callable<Upload>>of(
                    () -> {
                        test.host().delete(ALICE, List.of(first.id()));
                        return new Upload(first, true);
                    },
                    () -> test.upload(BOB, bytes),
                    () -> test.upload(BOB, bytes),
                    () -> {
                        test.host().sweep();
                        return new Upload(first, true);
                    }));

            assertThat(uploads.get(1).image()).isEqualTo(uploads.get(2).image());
            assertThat(test.objects()).contains(uploads.get(1).image().objectKey());
        }
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects())
                .containsExactlyInAnyOrderElementsOf(
                        test.images(BOB).stream().map(Image::objectKey).toList());
    }

    private Upload uploadTiny() {
        try {
            return test.upload(Pictures.uniqueWebp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertOpens(Image image) throws IOException {
        try (ImageContent content = test.host().open(image.filename())) {
            assertThat(content.stream().readAllBytes()).isEqualTo(picture);
        }
    }
}
