package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {

    private final TestHost test = new TestHost();
    private int contents;

    @Test
    void findsNothingToDoInAnEmptyHost() {
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 0, 0));

        assertThat(test.store().calls("delete")).isZero();
    }

    @Test
    void leavesLiveImagesAndRunningReservationsAlone() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        Reservation<UploadRequest> running = reserve();
        test.store().port().put(running.request().objectKey(), content(running));

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 0, 0));

        assertThat(test.objects())
                .containsExactlyInAnyOrder(image.objectKey(), running.request().objectKey());
        assertThat(test.rows().complete(running)).isPresent();
    }

    @Test
    void deletesWhatAnUploadThatNeverEndedLeftBehind() {
        Reservation<UploadRequest> crashed = reserve();
        test.store().port().put(crashed.request().objectKey(), content(crashed));
        test.letLeasesEnd();

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 1, 1, 0));

        assertThat(test.objects()).isEmpty();
        assertThat(test.rows().complete(crashed)).isEmpty();
    }

    @Test
    void anObjectThatArrivesAfterTheSweepGoesWhenItsQuarantineIsOver() {
        Reservation<UploadRequest> slow = reserve();
        test.letLeasesEnd();
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 1, 1, 0));
        test.store().port().put(slow.request().objectKey(), content(slow));
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 0, 0));
        assertThat(test.objects()).hasSize(1);
        test.letLeasesAndQuarantinesEnd();

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 1, 0));

        assertThat(test.objects()).isEmpty();
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 0, 0));
    }

    @Test
    void sweepsMoreThanABatchOfThousand() {
        condemn(2500);
        test.letLeasesAndQuarantinesEnd();

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 2500, 0));

        assertThat(test.store().calls("delete")).isEqualTo(3);
        assertThat(test.condemned()).isEmpty();
    }

    @Test
    void endsWhenTheLastBatchIsFull() {
        condemn(1000);
        test.letLeasesAndQuarantinesEnd();

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 1000, 0));

        assertThat(test.store().calls("delete")).isOne();
    }

    @Test
    void objectsThatTheStoreKeepsDoNotKeepTheOthersFromBeingSwept() {
        Set<ObjectKey> stubborn = new HashSet<>(condemn(1500));
        List<ObjectKey> others = condemn(700);
        test.letLeasesAndQuarantinesEnd();
        test.store().always("delete", test.keeping(stubborn::contains));

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 700, 1500));

        assertThat(test.condemned()).doesNotContainAnyElementsOf(others).hasSize(1500);
        test.store().heal();
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 1500, 0));
    }

    @Test
    void whatWasSweptStaysSweptWhenTheStoreGoesAwayMeanwhile() {
        condemn(1500);
        test.letLeasesAndQuarantinesEnd();
        StoreUnavailableException away = new StoreUnavailableException("the store is away");
        test.store().next("delete", Faults.pass(), Faults.failBefore(away));

        assertThatThrownBy(() -> test.host().sweep()).isSameAs(away);

        assertThat(test.condemned()).hasSize(500);
        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 500, 0));
    }

    @Test
    void aBatchThatCouldNotBeForgottenIsSweptAgain() {
        condemn(3);
        test.letLeasesAndQuarantinesEnd();
        RepositoryUnavailableException away = new RepositoryUnavailableException("the repository is away");
        test.repository().next("forget", Faults.failBefore(away));

        assertThatThrownBy(() -> test.host().sweep()).isSameAs(away);

        assertThat(test.host().sweep()).isEqualTo(new SweepReport(0, 0, 3, 0));
    }

    @Test
    void manySweepsAtOnceDoNotDisturbOneAnother() throws Exception {
        Image image = test.upload(Pictures.uniquePng()).image();
        condemn(1200);
        test.letLeasesAndQuarantinesEnd();

        List<SweepReport> reports = Concurrently.run(5, () -> test.host().sweep());

        assertThat(reports).allMatch(report -> report.failedObjects() == 0);
        assertThat(test.condemned()).isEmpty();
        assertThat(test.objects()).containsExactly(image.objectKey());
    }

    private List<ObjectKey> condemn(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Reservation<UploadRequest> reservation = reserve();
                    test.rows().abandon(reservation);
                    return reservation.request().objectKey();
                })
                .toList();
    }

    private Reservation<UploadRequest> reserve() {
        TestContent bytes = TestContent.ofSize(10, ++contents);
        ImageDescriptor content = new ImageDescriptor(bytes.digest(), bytes.size(), ImageType.PNG, 1, 1);
        Claim<UploadRequest, Image> claim =
                test.rows().claim(new UploadRequest(ALICE, content, "cat.png", "key" + contents + ".png", LEASE));
        return ((Claim.Reserved<UploadRequest, Image>) claim).reservation();
    }

    /** The bytes that the latest reservation was made for. */
    private TestContent content(Reservation<UploadRequest> reservation) {
        TestContent bytes = TestContent.ofSize(10, contents);
        assertThat(bytes.digest()).isEqualTo(reservation.request().content().digest());
        return bytes;
    }
}
