package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Faults.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UploadFaultsTest {

    private final TestHost test = new TestHost();
    private final byte[] picture = Pictures.uniquePng();

    enum Failure {
        PUT_WITHOUT_EFFECT,
        PUT_WITH_EFFECT,
        COMPLETE_WITHOUT_EFFECT,
        COMPLETE_THAT_NOBODY_ANSWERS;

        /** Returns what the uploader is to be told. */
        RuntimeException happenTo(TestHost test) {
            RuntimeException failure = switch (this) {
                case PUT_WITHOUT_EFFECT, PUT_WITH_EFFECT -> new StoreUnavailableException("the store is away");
                case COMPLETE_WITHOUT_EFFECT -> repositoryAway();
                case COMPLETE_THAT_NOBODY_ANSWERS -> unknown();
            };
            Fault fault = this == PUT_WITH_EFFECT ? Faults.failAfter(failure) : Faults.failBefore(failure);
            switch (this) {
                case PUT_WITHOUT_EFFECT, PUT_WITH_EFFECT -> test.store().next("put", fault);
                case COMPLETE_WITHOUT_EFFECT -> test.repository().next("complete", fault);
                case COMPLETE_THAT_NOBODY_ANSWERS -> test.repository().next("complete", fault, fault, fault);
            }
            return failure;
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aFailedUploadLeavesNothingThatIsLive(Failure failure) {
        RuntimeException told = failure.happenTo(test);

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);

        assertThat(test.images(ALICE)).isEmpty();
        assertThat(test.condemned()).hasSize(1).containsAll(test.objects());
        assertThat(test.repository().calls("abandon")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void afterAFailedUploadTheNextOneSucceedsAtOnceWithAnotherKey(Failure failure) throws IOException {
        RuntimeException told = failure.happenTo(test);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);
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
    @EnumSource(Failure.class)
    void afterAFailedUploadTheSweepLeavesNothing(Failure failure) {
        RuntimeException told = failure.happenTo(test);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);
        test.letLeasesAndQuarantinesEnd();

        test.host().sweep();

        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whenGivingUpFailsTooTheLeaseRunsOutAndTheSweepLeavesNothing(Failure failure) {
        RuntimeException told = failure.happenTo(test);
        test.repository().next("abandon", Faults.failBefore(repositoryAway()));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);

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
        RepositoryUnavailableException reason = repositoryAway();
        RuntimeException told = Failure.PUT_WITHOUT_EFFECT.happenTo(test);
        test.repository().next("abandon", Faults.failBefore(reason));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told).hasSuppressedException(reason);
    }

    @Test
    void whenGivingUpFailsTooTheNextUploadSucceedsAfterTheLease() throws IOException {
        RuntimeException told = Failure.PUT_WITH_EFFECT.happenTo(test);
        test.repository().next("abandon", Faults.failBefore(repositoryAway()));
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);
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
        RepositoryUnavailableException away = repositoryAway();
        test.repository().next("claim", Faults.failBefore(away));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(away);

        assertThat(test.store().calls("put")).isZero();
        assertNothingIsLeft();
    }

    static Stream<Fault> unknownOutcomes() {
        return Stream.of(Faults.failBefore(unknown()), Faults.failAfter(unknown()));
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
        CommitStateUnknownException told = unknown();
        Fault unknown = Faults.failAfter(told);
        test.repository().next("complete", unknown, unknown, unknown);

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);

        Image image = test.images(ALICE).get(0);
        assertThat(test.upload(picture)).isEqualTo(new Upload(image, true));
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertOpens(image);
    }

    @Test
    void whatNobodyKnowsIsNotSaidToHaveFailed() throws IOException {
        CommitStateUnknownException told = unknown();
        RepositoryUnavailableException away = repositoryAway();
        test.repository().next("complete", Faults.failAfter(told), Faults.failBefore(away));

        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told).hasSuppressedException(away);

        assertThat(test.upload(picture).duplicate()).isTrue();
    }

    @Test
    void aReservationThatNobodyLearntOfRunsOut() throws IOException {
        CommitStateUnknownException told = unknown();
        Fault unknown = Faults.failAfter(told);
        test.repository().next("claim", unknown, unknown, unknown);
        assertThatThrownBy(() -> test.upload(picture)).isSameAs(told);
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
    void givesUpWhenTheReservationIsLostThreeTimes() {
        Fault slow = Faults.doBefore(this::loseTheReservation);
        test.store().next("put", slow, slow, slow);

        assertThatThrownBy(() -> test.upload(picture))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Could not store " + TestContent.digestOf(picture)
                        + " in 3 starts: each time its reservation was lost, or its image deleted");

        assertThat(test.store().calls("put")).isEqualTo(3);
        assertThat(test.images(ALICE)).isEmpty();
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertNothingIsLeft();
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
        test.store()
                .next("delete", Faults.pass(), Faults.failBefore(new StoreUnavailableException("the store is away")));

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

    private static RepositoryUnavailableException repositoryAway() {
        return new RepositoryUnavailableException("the repository is away");
    }

    private static CommitStateUnknownException unknown() {
        return new CommitStateUnknownException("the connection broke");
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
