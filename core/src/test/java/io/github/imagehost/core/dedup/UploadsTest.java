package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static io.github.imagehost.core.testing.TestHost.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Gate;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {

    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final int ROUNDS = 20;

    private final TestHost test = new TestHost();

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void aNewPictureIsStoredUnderAnUnguessableName(ImageType type) throws IOException {
        byte[] picture = Pictures.unique(type);

        Upload upload = test.upload(picture);

        assertThat(upload.duplicate()).isFalse();
        assertThat(upload.image().filename()).matches("[a-z2-7]{26}\\." + type.extension());
        assertThat(upload.image().objectKey()).hasToString(upload.image().filename());
        assertThat(upload.image().content().digest()).isEqualTo(TestContent.digestOf(picture));
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
        assertThat(test.images(ALICE)).containsExactly(upload.image());
    }

    @Test
    void theSameFileTenTimesIsOneImage() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Upload first = test.upload(picture);

        for (int i = 0; i < 10; i++) {
            assertThat(test.upload(picture)).isEqualTo(new Upload(first.image(), true));
        }

        assertThat(test.images(ALICE)).containsExactly(first.image());
        assertThat(test.store().calls("put")).isOne();
    }

    @Test
    void anotherOwnersPictureIsAnsweredLikeANewOneWithoutMovingBytes() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image alices = test.upload(ALICE, picture).image();

        Upload bobs = test.upload(BOB, picture);

        assertThat(bobs.duplicate()).isFalse();
        assertThat(bobs.image().owner()).isEqualTo(BOB);
        assertThat(bobs.image().filename()).isNotEqualTo(alices.filename());
        assertThat(bobs.image().objectKey()).isEqualTo(alices.objectKey());
        assertThat(test.store().calls("put")).isOne();
        assertThat(test.upload(BOB, picture)).isEqualTo(new Upload(bobs.image(), true));
    }

    @Test
    void picturesThatLookTheSameAreTwo() throws IOException {
        byte[] picture = Pictures.uniqueJpeg();
        byte[] other = Pictures.withSegments(picture, Pictures.segment(0xfe, new byte[1]));

        assertThat(test.upload(picture).image()).isNotEqualTo(test.upload(other).image());

        assertThat(test.objects()).hasSize(2);
    }

    @Test
    void whatIsRefusedTouchesNeitherStoreNorRepository() {
        assertThatThrownBy(() -> test.upload(Pictures.html())).isInstanceOf(UnsupportedImageException.class);

        assertThat(test.repository().calls("claim")).isZero();
        assertThat(test.store().calls("put")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void manyUploadsOfOneNewPictureThroughOneHostAreOneImage(int uploads) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] picture = Pictures.uniquePng();

            assertOneImage(Concurrently.run(uploads, () -> test.upload(picture)), round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void manyUploadsOfOneNewPictureThroughTwoHostsAreOneImage(int uploads) throws Exception {
        ImageHost other = test.another(PATIENT);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] picture = Pictures.uniquePng();
            AtomicInteger turn = new AtomicInteger();

            List<Upload> answers = Concurrently.run(
                    uploads,
                    () -> TestHost.upload(turn.incrementAndGet() % 2 == 0 ? test.host() : other, ALICE, picture));

            assertOneImage(answers, round);
        }
    }

    @Test
    void manyOwnersOfOneNewPictureHaveAnImageEachAndShareTheObject() throws Exception {
        byte[] picture = Pictures.uniquePng();
        List<Callable<Upload>> tasks = IntStream.rangeClosed(1, 20)
                .mapToObj(owner -> (Callable<Upload>) () -> test.upload(new OwnerId(owner), picture))
                .toList();

        List<Upload> uploads = Concurrently.run(tasks);

        assertThat(uploads).noneMatch(Upload::duplicate);
        assertThat(uploads).extracting(upload -> upload.image().id()).doesNotHaveDuplicates();
        assertThat(uploads)
                .extracting(upload -> upload.image().objectKey())
                .containsOnly(test.objects().get(0));
        assertThat(test.objects()).hasSize(1);
    }

    @Test
    void whileALocalUploadStoresThePictureTheOthersDoNotAskTheRepository() throws Exception {
        byte[] picture = Pictures.uniquePng();
        int waiters = 9;
        int others = 100;
        Gate gate = new Gate();
        test.store().next("put", gate.before());
        List<Callable<Void>> tasks = new ArrayList<>();
        tasks.add(() -> {
            test.upload(picture);
            return null;
        });
        for (int i = 0; i < waiters; i++) {
            tasks.add(() -> {
                gate.awaitArrival();
                assertThat(test.upload(picture).duplicate()).isTrue();
                return null;
            });
        }
        tasks.add(() -> {
            test.repository().awaitCalls("claim", 1 + waiters);
            uploadOthers(others);
            gate.open();
            return null;
        });

        Concurrently.run(tasks);

        assertThat(test.repository().calls("claim") - others).isBetween(1 + waiters, 1 + 2 * waiters);
    }

    @Test
    void whenTheLocalUploadFailsTheNextOneTakesOver() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Gate gate = new Gate();
        test.store().next("put", call -> {
            gate.before().around(call);
            throw new StoreUnavailableException("away");
        });

        Concurrently.run(List.<Callable<Void>>of(
                () -> {
                    assertThatThrownBy(() -> test.upload(picture)).hasMessage("away");
                    return null;
                },
                () -> {
                    gate.awaitArrival();
                    assertThat(test.upload(picture).duplicate()).isFalse();
                    return null;
                },
                () -> {
                    gate.awaitArrival();
                    test.repository().awaitCalls("claim", 2);
                    gate.open();
                    return null;
                }));

        assertThat(test.images(ALICE)).hasSize(1);
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(test.images(ALICE).get(0).objectKey());
    }

    @Test
    void anUploadInAnotherProcessThatNeverEndsMakesItGiveUp() {
        byte[] picture = Pictures.uniquePng();
        reserveElsewhere(picture);
        ImageHost impatient = test.another(Duration.ofMillis(50));

        assertThatThrownBy(() -> TestHost.upload(impatient, ALICE, picture))
                .isInstanceOf(UploadBusyException.class)
                .hasMessage("Another request for " + TestContent.digestOf(picture) + " did not end within 50 ms");

        assertThat(test.repository().calls("claim")).isGreaterThan(1);
        assertThat(test.repository().calls("abandon")).isZero();
        assertThat(test.store().calls("put")).isZero();
    }

    @Test
    void withoutPatienceItAsksOnce() {
        byte[] picture = Pictures.uniquePng();
        reserveElsewhere(picture);
        ImageHost impatient = test.another(Duration.ZERO);

        assertThatThrownBy(() -> TestHost.upload(impatient, ALICE, picture)).isInstanceOf(UploadBusyException.class);

        assertThat(test.repository().calls("claim")).isOne();
    }

    @Test
    void asksAgainUntilTheUploadInAnotherProcessEnds() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Reservation<UploadRequest> elsewhere = reserveElsewhere(picture);
        test.repository()
                .next(
                        "claim",
                        Faults.pass(),
                        Faults.pass(),
                        Faults.doBefore(() -> test.rows().complete(elsewhere)));

        Upload upload = test.upload(BOB, picture);

        assertThat(upload.duplicate()).isFalse();
        assertThat(upload.image().objectKey()).isEqualTo(elsewhere.request().objectKey());
        assertThat(test.repository().calls("claim")).isEqualTo(3);
    }

    @Test
    void takesOverWhenTheUploadInAnotherProcessLosesItsLease() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Reservation<UploadRequest> elsewhere = reserveElsewhere(picture);
        test.repository().next("claim", Faults.pass(), Faults.doBefore(test::letLeasesEnd));

        Upload upload = test.upload(picture);

        assertThat(upload.duplicate()).isFalse();
        assertThat(test.objects()).containsExactly(upload.image().objectKey());
        assertThat(test.condemned()).containsExactly(elsewhere.request().objectKey());
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() {
        byte[] picture = Pictures.uniquePng();
        reserveElsewhere(picture);
        test.repository()
                .next("claim", Faults.doAfter(() -> Thread.currentThread().interrupt()));

        assertThatThrownBy(() -> test.upload(picture))
                .isInstanceOf(UploadBusyException.class)
                .hasMessage("Interrupted while waiting for another request for the same");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void patienceIsNotNegative() {
        assertThatThrownBy(() -> new UploadTiming(LEASE, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Patience is not negative, unlike PT-0.001S");
    }

    private void assertOneImage(List<Upload> uploads, int roundsBefore) {
        assertThat(uploads)
                .extracting(Upload::image)
                .containsOnly(uploads.get(0).image());
        assertThat(uploads).filteredOn(upload -> !upload.duplicate()).hasSize(1);
        assertThat(test.images(ALICE))
                .hasSize(roundsBefore + 1)
                .contains(uploads.get(0).image());
        assertThat(test.objects())
                .hasSize(roundsBefore + 1)
                .contains(uploads.get(0).image().objectKey());
    }

    /** Takes much longer than any pause between two questions. */
    private void uploadOthers(int pictures) throws IOException {
        for (int i = 0; i < pictures; i++) {
            test.upload(BOB, Pictures.png(200, 200));
        }
    }

    private Reservation<UploadRequest> reserveElsewhere(byte[] picture) {
        ImageDescriptor content = new ImageDescriptor(
                TestContent.digestOf(picture), picture.length, ImageType.PNG, Pictures.WIDTH, Pictures.HEIGHT);
        Claim<UploadRequest, Image> claim =
                test.rows().claim(new UploadRequest(ALICE, content, "cat.png", "elsewhere.png", LEASE));
        return ((Claim.Reserved<UploadRequest, Image>) claim).reservation();
    }
}
