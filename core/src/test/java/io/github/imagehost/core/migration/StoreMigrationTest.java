package io.github.imagehost.core.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagehost.core.migration.MigrationProblem.Kind;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreMigrationTest {

    private static final ObjectKey STRANGER = new ObjectKey("somebody/else.png");

    private final TestHost host = new TestHost();
    private final InMemoryImageStore objects = new InMemoryImageStore(new MutableClock());
    private final Faults<ImageStore> target = Faults.before(ImageStore.class, objects);

    private StoreMigration migration(int threads) {
        return new StoreMigration(
                host.store().port(), target.port(), host.repository().port(), threads);
    }

    private StoreMigrationReport copy() {
        return migration(1).copy(Progress.UNOBSERVED);
    }

    private StoreMigrationReport finish() {
        return migration(1).finish(Progress.UNOBSERVED);
    }

    // ---- copying

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void everyObjectIsCopiedAsItIs(int threads) throws IOException {
        List<Image> images = upload(30);
        ObjectKey variant = variantOf(images.get(0), new byte[] {1, 2, 3});

        StoreMigrationReport report = migration(threads).finish(Progress.UNOBSERVED);

        assertThat(report.readyToSwitch()).isTrue();
        assertThat(report.problems()).isEmpty();
        assertThat(report.objects()).isEqualTo(31);
        assertThat(report.copied()).isEqualTo(31);
        assertThat(report.copiedBytes())
                .isEqualTo(3
                        + images.stream()
                                .mapToLong(image -> image.content().storedSize())
                                .sum());
        assertThat(objects.keys()).containsExactlyElementsOf(host.objects()).contains(variant);
        for (ObjectKey key : host.objects()) {
            assertThat(bytes(objects, key)).isEqualTo(bytes(host.store().port(), key));
        }
    }

    @Test
    void anObjectKeepsItsMediaType() throws IOException {
        Image jpeg = host.upload(Pictures.unique(ImageType.JPEG)).image();
        Image png = host.upload(Pictures.unique(ImageType.PNG)).image();
        List<List<Object>> puts = new ArrayList<>();
        target.always("put", call -> {
            puts.add(List.of(
                    call.arguments().get(0), ((ObjectContent) call.arguments().get(1)).mimeType()));
            return call.proceed();
        });

        copy();

        assertThat(puts).contains(List.of(jpeg.objectKey(), "image/jpeg"), List.of(png.objectKey(), "image/png"));
    }

    @Test
    void whatIsThereIsNotCopiedAgain() throws IOException {
        upload(3);
        copy();
        Image late = host.upload(Pictures.uniquePng()).image();
        List<ObjectKey> puts = recordPuts();

        StoreMigrationReport report = copy();

        assertThat(puts).containsExactly(late.objectKey());
        assertThat(report.copied()).isOne();
        assertThat(report.objects()).isEqualTo(4);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void aKilledRunIsContinued() throws IOException {
        upload(10);
        AtomicInteger count = new AtomicInteger();
        target.always("put", call -> {
            if (!isJournal(call.arguments()) && count.incrementAndGet() == 4) {
                throw new Killed();
            }
            return call.proceed();
        });
        assertThatThrownBy(this::copy).isInstanceOf(Killed.class);
        target.heal();
        List<ObjectKey> puts = recordPuts();

        assertThat(finish().readyToSwitch()).isTrue();

        assertThat(puts).hasSize(7);
        assertThat(objects.keys()).containsExactlyElementsOf(host.objects());
    }

    @Test
    void aStopEndsItSoonAndLeavesTheRestToTheNextRun() throws IOException {
        upload(10);

        StoreMigrationReport stopped = migration(1).finish(stoppingAfter(4));

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.copied()).isEqualTo(4);
        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.readyToSwitch()).isFalse();
        assertThat(finish().copied()).isEqualTo(6);
    }

    @Test
    void whatIsUploadedMeanwhileIsCopiedByAnotherPass() throws IOException {
        upload(3);
        target.next("put", Faults.pass(), Faults.pass(), Faults.doBefore(() -> host.upload(Pictures.uniquePng())));

        StoreMigrationReport report = copy();

        assertThat(report.copied()).isEqualTo(4);
        assertThat(report.copiedInLastPass()).isZero();
        assertThat(objects.keys()).containsAll(host.objects());
    }

    @Test
    void whoeverUploadsAllTheTimeDoesNotKeepItGoingForEver() throws IOException {
        upload(1);
        target.always("put", call -> {
            if (!isJournal(call.arguments())) {
                host.upload(Pictures.uniquePng());
            }
            return call.proceed();
        });

        StoreMigrationReport report = copy();

        assertThat(report.complete()).isFalse();
        assertThat(report.passes()).isLessThan(10);
        assertThat(finish().stillWritten()).isTrue();
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        upload(5);
        RecordedProgress progress = new RecordedProgress();

        StoreMigrationReport report = migration(1).copy(progress);

        assertThat(progress.items).isEqualTo(progress.expectedItems).isEqualTo(10);
        assertThat(progress.bytes).isEqualTo(report.copiedBytes());
    }

    // ---- what goes wrong

    @Test
    void oneBadObjectDoesNotKeepTheOthersFromBeingCopied() throws IOException {
        List<Image> images = upload(6);
        ObjectKey missing = images.get(0).objectKey();
        ObjectKey flipped = images.get(1).objectKey();
        ObjectKey truncated = images.get(2).objectKey();
        ObjectKey occupied = images.get(3).objectKey();
        ImageStore source = host.store().port();
        source.delete(List.of(missing));
        byte[] bytes = bytes(source, flipped);
        bytes[bytes.length / 2] ^= 1;
        replace(source, flipped, bytes);
        replace(source, truncated, Arrays.copyOf(bytes(source, truncated), 10));
        objects.put(occupied, TestContent.of(new byte[] {1}));

        StoreMigrationReport report = finish();

        assertThat(report.problems())
                .extracting(MigrationProblem::kind, MigrationProblem::objectKey)
                .containsExactlyInAnyOrder(
                        tuple(Kind.MISSING, missing.value()),
                        tuple(Kind.DAMAGED, flipped.value()),
                        tuple(Kind.DAMAGED, truncated.value()),
                        tuple(Kind.OCCUPIED, occupied.value()));
        assertThat(report.problemCount()).isEqualTo(4);
        assertThat(report.objects()).isEqualTo(6);
        assertThat(report.copied()).isEqualTo(2);
        assertThat(report.complete()).isFalse();
        assertThat(report.readyToSwitch()).isFalse();
        assertThat(objects.keys()).doesNotContain(missing, flipped, truncated);
        assertThat(bytes(objects, occupied)).containsExactly(1);
    }

    @Test
    void whatIsNotedAsMissingIsNotLookedFor() throws IOException {
        Image image = upload(1).get(0);
        host.rows().markMissing(host.rows().blobAt(image.objectKey()).orElseThrow());
        host.store().port().delete(List.of(image.objectKey()));

        StoreMigrationReport report = finish();

        assertThat(report.knownMissing()).isOne();
        assertThat(report.readyToSwitch()).isTrue();
    }

    @Test
    void whatIsDeletedWhileItIsCopiedIsNoProblem() throws IOException {
        Image image = upload(1).get(0);
        target.next(
                "put",
                Faults.pass(),
                Faults.pass(),
                Faults.doBefore(() -> host.host().delete(image.id())));

        StoreMigrationReport report = copy();

        assertThat(report.problems()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(finish().readyToSwitch()).isTrue();
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void aStoreThatFailsOnceIsAskedAgain() throws IOException {
        upload(3);
        target.next(
                "put",
                Faults.pass(),
                Faults.pass(),
                Faults.failBefore(new StoreUnavailableException("not now")),
                Faults.failAfter(new StoreUnavailableException("the answer was lost")));

        StoreMigrationReport report = copy();

        assertThat(report.complete()).isTrue();
        assertThat(objects.keys()).containsAll(host.objects());
    }

    @Test
    void aStoreThatIsAwayIsNotAskedForEveryObject() throws IOException {
        upload(50);
        List<ObjectKey> puts = new ArrayList<>();
        target.always("put", call -> {
            if (isJournal(call.arguments())) {
                return call.proceed();
            }
            puts.add((ObjectKey) call.arguments().get(0));
            throw new StoreUnavailableException("away");
        });

        assertThatThrownBy(this::copy).isInstanceOf(StoreUnavailableException.class);

        assertThat(puts).hasSizeLessThan(50);
    }

    @Test
    void aStoreIsNotCopiedToItself() throws IOException {
        upload(1);
        List<ObjectKey> before = host.objects();
        StoreMigration migration =
                new StoreMigration(host.store().port(), host.store().port(), host.rows(), 1);

        assertThatThrownBy(() -> migration.copy(Progress.UNOBSERVED)).isInstanceOf(SameStoreException.class);
        assertThatThrownBy(() -> migration.finish(Progress.UNOBSERVED)).isInstanceOf(SameStoreException.class);

        assertThat(host.objects()).isEqualTo(before);
    }

    // ---- copies that nobody needs any more

    @Test
    void copiesOfWhatWasDeletedMeanwhileAreDeleted() throws IOException {
        List<Image> images = upload(3);
        copy();
        host.host().delete(images.get(1).id());

        StoreMigrationReport report = copy();

        assertThat(report.deleted()).isOne();
        assertThat(objects.keys()).doesNotContain(images.get(1).objectKey()).containsAll(host.objects());
        host.host().delete(images.get(2).id());
        assertThat(finish().deleted()).isOne();
        assertThat(objects.keys()).containsExactly(images.get(0).objectKey());
    }

    @Test
    void copiesThatTheStoreHasNotDeletedYetInTheSourceAreDeletedInTheTarget() throws IOException {
        Image image = upload(1).get(0);
        copy();
        host.store().next("delete", host.keeping(key -> true));
        host.host().delete(image.id());

        assertThat(finish().deleted()).isOne();

        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void copiesOfAKilledRunAreDeletedToo() throws IOException {
        List<Image> images = upload(10);
        AtomicInteger count = new AtomicInteger();
        target.always("put", call -> {
            Object answer = call.proceed();
            if (!isJournal(call.arguments()) && count.incrementAndGet() == 9) {
                throw new Killed();
            }
            return answer;
        });
        assertThatThrownBy(this::copy).isInstanceOf(Killed.class);
        target.heal();
        images.forEach(image -> host.host().delete(image.id()));
        host.letLeasesAndQuarantinesEnd();
        host.host().sweep();
        assertThat(host.rows().blobs(Optional.empty(), 10)).isEmpty();

        StoreMigrationReport report = finish();

        assertThat(report.deleted()).isEqualTo(9);
        assertThat(report.strangers()).isZero();
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void copiesOfAnEarlierMigrationThatWasNeverSwitchedToAreDeleted() throws IOException {
        List<Image> images = upload(2);
        assertThat(finish().readyToSwitch()).isTrue();
        copy();
        host.host().delete(images.get(0).id());

        StoreMigrationReport report = finish();

        assertThat(report.deleted()).isOne();
        assertThat(report.strangers()).isZero();
        assertThat(objects.keys()).containsExactly(images.get(1).objectKey());
    }

    @Test
    void whatSomebodyElseKeepsInTheTargetStays() throws IOException {
        objects.put(STRANGER, TestContent.of(new byte[] {1}));
        Image image = upload(1).get(0);
        copy();
        host.host().delete(image.id());

        StoreMigrationReport report = finish();

        assertThat(report.strangers()).isOne();
        assertThat(report.readyToSwitch()).isTrue();
        assertThat(objects.keys()).containsExactly(STRANGER);
    }

    // ---- the switch

    @Test
    void thereIsNoSwitchWhileSomebodyMayBeStoring() throws IOException {
        Image image = upload(1).get(0);
        UploadRequest request = new UploadRequest(
                TestHost.BOB,
                new ImageDescriptor(TestContent.digestOf(new byte[] {7}), 5, ImageType.PNG, 1, 1),
                "late.png",
                "late" + image.filename(),
                TestHost.LEASE);
        assertThat(host.rows().claim(request)).isInstanceOf(Claim.Reserved.class);

        StoreMigrationReport early = finish();
        host.letLeasesEnd();
        StoreMigrationReport late = finish();

        assertThat(early.stillWritten()).isTrue();
        assertThat(early.complete()).isTrue();
        assertThat(early.readyToSwitch()).isFalse();
        assertThat(late.readyToSwitch()).isTrue();
    }

    @Test
    void thereIsNoSwitchIfSomethingWasUploadedAfterTheLastPass() throws IOException {
        upload(1);
        copy();
        finish();
        host.repository().next("blobs", Faults.pass(), Faults.doBefore(() -> host.upload(Pictures.uniquePng())));

        StoreMigrationReport early = finish();
        StoreMigrationReport late = finish();

        assertThat(early.stillWritten()).isTrue();
        assertThat(early.readyToSwitch()).isFalse();
        assertThat(late.copied()).isOne();
        assertThat(late.readyToSwitch()).isTrue();
    }

    @Test
    void thereIsNoSwitchIfSomethingWasDeletedAfterTheLastPass() throws IOException {
        Image image = upload(2).get(0);
        finish();
        host.repository()
                .next("blobs", Faults.pass(), Faults.doBefore(() -> host.host().delete(image.id())));

        assertThat(finish().readyToSwitch()).isFalse();

        assertThat(finish().readyToSwitch()).isTrue();
        assertThat(objects.keys()).containsExactlyElementsOf(host.objects());
    }

    @Test
    void aThreadCountOutsideOfTheBoundsIsRefused() {
        assertThatThrownBy(() -> migration(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> migration(65)).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- helpers

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class RecordedProgress implements Progress {
        private long expectedItems;
        private long items;
        private long bytes;

        @Override
        public void expect(long newItems, long newBytes) {
            expectedItems = newItems;
        }

        @Override
        public void advance(long moreItems, long moreBytes) {
            items += moreItems;
            bytes += moreBytes;
        }

        @Override
        public boolean isStopRequested() {
            return false;
        }
    }

    private static Progress stoppingAfter(int count) {
        AtomicInteger items = new AtomicInteger();
        return new Progress() {
            @Override
            public void expect(long newItems, long newBytes) {}

            @Override
            public void advance(long moreItems, long moreBytes) {
                items.incrementAndGet();
            }

            @Override
            public boolean isStopRequested() {
                return items.get() >= count;
            }
        };
    }

    private List<Image> upload(int count) throws IOException {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(host.upload(Pictures.uniquePng()).image());
        }
        return images;
    }

    private ObjectKey variantOf(Image image, byte[] bytes) {
        ObjectKey key = new ObjectKey("variants/" + image.objectKey());
        TestContent content = TestContent.of(bytes);
        Claim<VariantRequest, Variant> claim = host.rows()
                .claimVariant(new VariantRequest(
                        image.objectKey(), TestContent.digestOf(new byte[] {9}), ImageType.PNG, key, TestHost.LEASE));
        host.store().port().put(key, content);
        host.rows()
                .completeVariant(
                        ((Claim.Reserved<VariantRequest, Variant>) claim).reservation(),
                        content.digest(),
                        content.size());
        return key;
    }

    /** Of the objects that are copied. */
    private List<ObjectKey> recordPuts() {
        List<ObjectKey> puts = new ArrayList<>();
        target.always("put", call -> {
            if (!isJournal(call.arguments())) {
                puts.add((ObjectKey) call.arguments().get(0));
            }
            return call.proceed();
        });
        return puts;
    }

    private static boolean isJournal(List<Object> arguments) {
        return MigrationJournal.holds((ObjectKey) arguments.get(0));
    }

    private static void replace(ImageStore store, ObjectKey key, byte[] bytes) {
        store.delete(Set.of(key));
        store.put(key, TestContent.of(bytes));
    }

    private static byte[] bytes(ImageStore store, ObjectKey key) throws IOException {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        }
    }
}
