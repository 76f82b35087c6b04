package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.CommitStateUnknownException;
import io.github.imagehost.core.port.RepositoryUnavailableException;
import io.github.imagehost.core.port.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Faults.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UploadFaultsTest {

    private static final StoreUnavailableException STORE_AWAY = new StoreUnavailableException("the store is away");
    private static final RepositoryUnavailableException REPOSITORY_AWAY =
            new RepositoryUnavailableException("the repository is away");
    private static final RepositoryUnavailableException ALSO_AWAY =
            new RepositoryUnavailableException("the repository is away, too");
    private static final CommitStateUnknownException UNKNOWN = new CommitStateUnknownException("the connection broke");

    private final TestHost test = new TestHost();
    private final byte[] picture = Pictures.uniquePng();

    private record Failure(String name, String port, String method, Fault fault, RuntimeException answer) {

        void happenTo(TestHost test) {
            (port.equals("store") ? test.store() : test.repository()).next(method, fault, fault, fault);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Failure> failures() {
        return Stream.of(
                failure("put without effect", "store", "put", Faults.failBefore(STORE_AWAY), STORE_AWAY),
                failure("put with effect", "store", "put", Faults.failAfter(STORE_AWAY), STORE_AWAY),
                failure(
                        "complete without effect",
                        "repository",
                        "complete",
                        Faults.failBefore(REPOSITORY_AWAY),
                        REPOSITORY_AWAY),
                failure("complete that nobody answers", "repository", "complete", Faults.failBefore(UNKNOWN), UNKNOWN));
    }

    private static Failure failure(String name, String port, String method, Fault fault, RuntimeException answer) {
        return new Failure(name, port, method, fault, answer);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedUploadLeavesNothingThatIsLive(Failure failure) {
        failure.happenTo(test);

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(failure.answer());

        assertThat(test.images(ALICE)).isEmpty();
        assertThat(test.condemned()).hasSize(1).containsAll(test.objects());
        assertThat(test.repository().calls("abandon")).isOne();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAFailedUploadTheNextOneSucceedsAtOnceWithAnotherKey(Failure failure) throws IOException {
        failure.happenTo(test);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(failure.answer());
        ObjectKey lost = test.condemned().get(0);
        test.store().heal();
        test.repository().heal();

        Upload upload = test.upload(picture);

        assertThat(upload.duplicate()).isFalse();
        assertThat(upload.image().objectKey()).isNotEqualTo(lost);
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
        assertThat(test.condemned()).isEmpty();
        assertOpens(upload.image());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAFailedUploadTheSweepLeavesNothing(Failure failure) {
        failure.happenTo(test);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(failure.answer());
        test.letLeasesAndQuarantinesEnd();

        test.host().sweep();

        assertNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whenGivingUpFailsTooTheLeaseRunsOutAndTheSweepLeavesNothing(Failure failure) {
        failure.happenTo(test);
        test.repository().next("abandon", Faults.failBefore(ALSO_AWAY));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(failure.answer());

        assertThat(test.images(ALICE)).isEmpty();
        assertThat(test.host().sweep().expiredReservations()).isZero();
        test.letLeasesEnd();
        assertThat(test.host().sweep().expiredReservations()).isOne();
        assertThat(test.objects()).isEmpty();
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertNothingIsLeft();
    }

    @Test
    void whyGivingUpFailedIsKept() {
        StoreUnavailableException failure = new StoreUnavailableException("the store is away");
        test.store().next("put", Faults.failBefore(failure));
        test.repository().next("abandon", Faults.failBefore(ALSO_AWAY));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(failure).hasSuppressedException(ALSO_AWAY);
    }

    @Test
    void whenGivingUpFailsTooTheNextUploadSucceedsAfterTheLease() throws IOException {
        test.store().next("put", Faults.failAfter(STORE_AWAY));
        test.repository().next("abandon", Faults.failBefore(ALSO_AWAY));
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(STORE_AWAY);
        test.letLeasesEnd();

        Upload upload = test.upload(picture);

        assertThat(upload.duplicate()).isFalse();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
    }

    @Test
    void aProgrammingErrorInTheStoreGivesTheReservationUp() {
        test.store().next("put", Faults.failBefore(new IllegalStateException("broken")));

        assertThatThrownBy(() -> test.upload(picture)).hasMessage("broken");

        assertThat(test.condemned()).hasSize(1);
    }

    @Test
    void aFailedClaimTouchesNothing() {
        test.repository().next("claim", Faults.failBefore(REPOSITORY_AWAY));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(REPOSITORY_AWAY);

        assertThat(test.store().calls("put")).isZero();
        assertNothingIsLeft();
    }

    static Stream<Fault> unknownOutcomes() {
        return Stream.of(Faults.failBefore(UNKNOWN), Faults.failAfter(UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("unknownOutcomes")
    void findsOutWhetherItReserved(Fault unknown) throws IOException {
        test.repository().next("claim", unknown, unknown);

        Upload upload = test.upload(picture);

        assertOneNewImage(upload);
    }

    @ParameterizedTest
    @MethodSource("unknownOutcomes")
    void findsOutWhetherItCompleted(Fault unknown) throws IOException {
        test.repository().next("complete", unknown, unknown);

        Upload upload = test.upload(picture);

        assertOneNewImage(upload);
        assertThat(test.repository().calls("abandon")).isZero();
    }

    @ParameterizedTest
    @MethodSource("unknownOutcomes")
    void findsOutWhetherItAttached(Fault unknown) throws IOException {
        Image alices = test.upload(ALICE, picture).image();
        test.repository().next("claim", unknown, unknown);

        Upload upload = test.upload(BOB, picture);

        assertThat(upload.duplicate()).isFalse();
        assertThat(test.images(BOB)).containsExactly(upload.image());
        assertThat(test.objects()).containsExactly(alices.objectKey());
    }

    @Test
    void anImageThatWasCompletedWithoutAnAnswerStaysAndIsTheDuplicateLater() throws IOException {
        Fault unknown = Faults.failAfter(UNKNOWN);
        test.repository().next("complete", unknown, unknown, unknown);

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(UNKNOWN);

        Image image = test.images(ALICE).get(0);
        assertThat(test.upload(picture)).isEqualTo(new Upload(image, true));
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertOpens(image);
    }

    @Test
    void aReservationThatNobodyLearntOfRunsOut() throws IOException {
        Fault unknown = Faults.failAfter(UNKNOWN);
        test.repository().next("claim", unknown, unknown, unknown);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(UNKNOWN);
        assertThat(test.store().calls("put")).isZero();
        test.letLeasesEnd();

        assertOneNewImage(test.upload(picture));
    }

    @Test
    void startsOverWhenTheReservationIsLostDuringASlowPut() throws IOException {
        test.store().next("put", Faults.doBefore(this::loseTheReservation));

        Upload upload = test.upload(picture);

        assertOneNewImage(upload);
        assertThat(test.store().calls("put")).isEqualTo(2);
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
    }

    @Test
    void aLeaseThatRanOutUnnoticedIsNotLost() throws IOException {
        test.store().next("put", Faults.doBefore(test::letLeasesEnd));

        Upload upload = test.upload(picture);

        assertOneNewImage(upload);
        assertThat(test.store().calls("put")).isOne();
    }

    @Test
    void theObjectOfALostReservationGoesAlsoWhenItsRowIsGone() throws IOException {
        test.store().next("put", Faults.doBefore(() -> {
            loseTheReservation();
            test.letLeasesAndQuarantinesEnd();
            test.host().sweep();
            assertThat(test.condemned()).isEmpty();
        }));

        Upload upload = test.upload(picture);

        assertThat(test.objects()).containsExactly(upload.image().objectKey());
    }

    @Test
    void anObjectOfALostReservationThatCannotBeDeletedIsLeftToTheSweep() throws IOException {
        test.store().next("put", Faults.doBefore(this::loseTheReservation));
        test.store().next("delete", Faults.pass(), Faults.failBefore(STORE_AWAY));

        Upload upload = test.upload(picture);

        assertThat(test.objects()).hasSize(2);
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
    }

    @Test
    void whoeverLosesTheReservationGetsTheImageOfTheOneWhoTookOver() throws IOException {
        List<Upload> takeover = new ArrayList<>();
        test.store().next("put", Faults.doBefore(() -> {
            test.letLeasesEnd();
            takeover.add(test.upload(picture));
        }));

        Upload upload = test.upload(picture);

        assertThat(takeover).containsExactly(new Upload(upload.image(), false));
        assertThat(upload.duplicate()).isTrue();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
        assertThat(test.images(ALICE)).containsExactly(upload.image());
    }

    private void loseTheReservation() {
        test.letLeasesEnd();
        assertThat(test.host().sweep().expiredReservations()).isOne();
    }

    private void assertOneNewImage(Upload upload) {
        assertThat(upload.duplicate()).isFalse();
        assertThat(test.images(ALICE)).containsExactly(upload.image());
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
    }

    private void assertNothingIsLeft() {
        assertThat(test.images(ALICE)).isEmpty();
        assertThat(test.objects()).isEmpty();
        assertThat(test.condemned()).isEmpty();
    }

    private void assertOpens(Image image) throws IOException {
        try (ImageContent content = test.host().open(image)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(picture);
        }
    }
}
