package io.github.imagehost.core.fsck;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreCheckTest {

    /** What the names of the threads that check begin with. */
    private static final String WORKER = "imagehost-check-";

    private static final StoreCheckOptions ALL = StoreCheckOptions.DEFAULT.reading(1);
    private static final StoreCheckOptions REPAIR = ALL.repairing();

    private final TestHost test = new TestHost();
    private final ImageStore store = test.store().port();
    private final List<StoreFinding> findings = new ArrayList<>();
    private RepairRight right = RepairRight.UNDISPUTED;

    // ---- what is found

    @Test
    void findsNothingWhereNothingIsWrong() throws IOException {
        Image image = test.upload(ALICE, Pictures.uniquePng()).image();
        test.upload(BOB, Pictures.uniquePng());

        StoreCheckReport report = check(ALL);

        assertThat(findings).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.finished()).isTrue();
        assertThat(List.of(report.objects(), report.blobs(), report.objectsRead()))
                .containsOnly(2L);
        assertThat(report.bytesRead())
                .isEqualTo(report.bytes())
                .isGreaterThan(image.content().storedSize());
    }

    @Test
    void findsExactlyWhatIsWrong() throws IOException {
        Image whole = test.upload(Pictures.uniquePng()).image();
        Image lost = test.upload(Pictures.uniquePng()).image();
        Image truncated = test.upload(Pictures.uniquePng()).image();
        Image emptied = test.upload(Pictures.uniquePng()).image();
        Image flipped = test.upload(Pictures.uniquePng()).image();
        store.delete(List.of(lost.objectKey()));
        byte[] bytes = bytes(truncated);
        replace(truncated.objectKey(), Arrays.copyOf(bytes, bytes.length - 1));
        replace(emptied.objectKey(), new byte[0]);
        replace(flipped.objectKey(), flipped(bytes(flipped)));
        ObjectKey stranger = new ObjectKey("stranger");
        store.put(stranger, TestContent.ofSize(10, 1));
        test.letLeasesAndQuarantinesEnd();
        test.letLeasesAndQuarantinesEnd();

        StoreCheckReport report = check(ALL);

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::name)
                .containsExactlyInAnyOrder(
                        tuple(Kind.MISSING, lost.filename()),
                        tuple(Kind.WRONG_SIZE, truncated.filename()),
                        tuple(Kind.WRONG_SIZE, emptied.filename()),
                        tuple(Kind.WRONG_BYTES, flipped.filename()),
                        tuple(Kind.ORPHAN, stranger.value()));
        assertThat(findings).isSortedAccordingTo((one, other) -> one.name().compareTo(other.name()));
        assertThat(findings).extracting(StoreFinding::repair).containsOnly(Repair.NONE);
        assertThat(report.isClean()).isFalse();
        assertThat(report.found())
                .containsEntry(Kind.WRONG_SIZE, 2L)
                .containsEntry(Kind.ORPHAN, 1L)
                .containsEntry(Kind.UNREADABLE, 0L);
        assertThat(test.objects()).contains(stranger, flipped.objectKey());
        assertThat(test.rows().blobs(Optional.empty(), 10)).allMatch(blob -> blob.state() == State.STORED);
        assertThat(open(whole)).isNotEmpty();
    }

    @Test
    void readsOnlyTheShareThatItIsAskedFor() throws IOException {
        for (int i = 0; i < 10; i++) {
            Image image = test.upload(Pictures.uniquePng()).image();
            replace(image.objectKey(), flipped(bytes(image)));
        }

        assertThat(check(StoreCheckOptions.DEFAULT).objectsRead()).isZero();
        assertThat(findings).isEmpty();

        AtomicInteger draws = new AtomicInteger();
        StoreCheck everySecond = new StoreCheck(
                store,
                test.repository().port(),
                right,
                test.clock(),
                () -> draws.getAndIncrement() % 2 == 0 ? 0.29 : 0.31);
        assertThat(everySecond
                        .run(StoreCheckOptions.DEFAULT.reading(0.3), findings::add, Progress.UNOBSERVED)
                        .objectsRead())
                .isEqualTo(5);
        assertThat(findings).extracting(StoreFinding::kind).hasSize(5).containsOnly(Kind.WRONG_BYTES);
    }

    @Test
    void whatBelongsToNobodyIsAnOrphanOnlyWhenItIsOlderThanAnyUpload() {
        store.put(new ObjectKey("stranger"), TestContent.ofSize(10, 1));
        test.letLeasesAndQuarantinesEnd();

        assertThat(check(REPAIR).tooYoung()).isEqualTo(1);
        assertThat(findings).isEmpty();
        assertThat(test.objects()).hasSize(1);

        check(ALL.orphansOlderThan(Duration.ofMinutes(17)));
        assertThat(findings).extracting(StoreFinding::kind).containsExactly(Kind.ORPHAN);
    }

    @Test
    void leavesToOthersWhatIsTheirs() throws IOException {
        Image deleted = test.upload(Pictures.uniquePng()).image();
        test.store().next("delete", Faults.failBefore(new StoreUnavailableException("away")));
        test.host().delete(deleted.id());
        test.store().next("put", Faults.doBefore(() -> check(REPAIR)));

        test.upload(Pictures.uniquePng());

        assertThat(findings).isEmpty();
        assertThat(test.objects()).hasSize(2).contains(deleted.objectKey());
    }

    @Test
    void tellsWhatItSkips() throws IOException {
        Image deleted = test.upload(Pictures.uniquePng()).image();
        test.store().next("delete", Faults.failBefore(new StoreUnavailableException("away")));
        test.host().delete(deleted.id());
        List<StoreCheckReport> reports = new ArrayList<>();
        test.store().next("put", Faults.doBefore(() -> reports.add(check(ALL))));
        test.upload(Pictures.uniquePng());

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.toBeDeleted()).isEqualTo(1);
            assertThat(report.beingStored()).isEqualTo(1);
            assertThat(report.blobs()).isEqualTo(2);
            assertThat(report.isClean()).isTrue();
        });
    }

    @Test
    void comparesAnyNumberOfObjects() throws IOException {
        List<ObjectKey> strangers = new ArrayList<>();
        List<ObjectKey> lost = new ArrayList<>();
        byte[] picture = Pictures.uniquePng();
        for (int i = 0; i < 700; i++) {
            strangers.add(new ObjectKey("a" + i));
            strangers.add(new ObjectKey("zzzzz" + i));
        }
        strangers.forEach(key -> store.put(key, TestContent.ofSize(1, 1)));
        for (int i = 0; i < 1300; i++) {
            Image image = test.upload(Arrays.copyOf(picture, picture.length)).image();
            picture = Pictures.uniquePng();
            if (i % 2 == 0) {
                lost.add(image.objectKey());
            }
        }
        store.delete(lost);

        StoreCheckReport report = check(ALL.orphansOlderThan(Duration.ZERO));

        assertThat(names(Kind.MISSING)).containsExactlyInAnyOrderElementsOf(texts(lost));
        assertThat(names(Kind.ORPHAN)).containsExactlyInAnyOrderElementsOf(texts(strangers));
        assertThat(findings).hasSize(lost.size() + strangers.size());
        assertThat(report.objectsRead()).isEqualTo(650);
        assertThat(report.blobs()).isEqualTo(1300);
    }

    @Test
    void whatCannotBeReadIsToldUnlessTheStoreIsAway() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        test.store().always("open", Faults.failBefore(new StoreException("bad sector")));

        check(REPAIR);

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::repair)
                .containsExactly(tuple(Kind.UNREADABLE, Repair.FAILED));
        assertThat(test.objects()).contains(image.objectKey());

        test.store().always("check", Faults.failBefore(new StoreUnavailableException("away")));
        assertThatThrownBy(() -> check(ALL)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void oneFailureInReadingIsNoDamage() throws IOException {
        test.upload(Pictures.uniquePng());
        test.store().next("open", Faults.failBefore(new StoreException("a glitch")));

        check(REPAIR);

        assertThat(findings).isEmpty();
        assertThat(test.store().calls("open")).isEqualTo(2);
    }

    @Test
    void failsIfTheRepositoryIsAway() {
        test.repository().always("blobs", Faults.failBefore(new RepositoryUnavailableException("away")));

        assertThatThrownBy(() -> check(ALL)).isInstanceOf(RepositoryUnavailableException.class);
    }

    // ---- while others work

    @Test
    void whatComesWhileItLooksIsNoDamage() throws IOException {
        test.store().next("list", Faults.doAfter(() -> test.upload(Pictures.uniquePng())));

        StoreCheckReport report = check(REPAIR.orphansOlderThan(Duration.ZERO));

        assertThat(report.blobs()).isEqualTo(1);
        assertThat(report.objects()).isZero();
        assertThat(findings).isEmpty();
    }

    @Test
    void whatGoesWhileItLooksIsNoDamage() throws IOException {
        Image first = test.upload(Pictures.uniquePng()).image();
        Image second = test.upload(Pictures.uniquePng()).image();
        test.letLeasesAndQuarantinesEnd();
        test.store().next("list", Faults.doAfter(() -> test.host().delete(first.id())));
        test.repository().next("blobs", Faults.doAfter(() -> test.host().delete(second.id())));

        StoreCheckReport report = check(REPAIR.orphansOlderThan(Duration.ZERO));

        assertThat(findings).isEmpty();
        assertThat(report.changedMeanwhile()).isEqualTo(2);
        assertThat(test.objects()).isEmpty();
    }

    @Test
    void whatIsHealedWhileItLooksIsNoDamage() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image image = test.upload(picture).image();
        store.delete(List.of(image.objectKey()));
        check(REPAIR);
        findings.clear();
        test.store().next("size", Faults.doAfter(() -> test.upload(picture)));

        StoreCheckReport report = check(REPAIR);

        assertThat(findings).isEmpty();
        assertThat(report.changedMeanwhile()).isEqualTo(1);
        assertThat(open(image)).isNotEmpty();
        assertThat(test.rows().blobAt(image.objectKey()).orElseThrow().state()).isEqualTo(State.STORED);
    }

    @Test
    void anObjectThatIsAdoptedWhileItIsMovedStays() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        ObjectKey stranger = new ObjectKey("old.png");
        store.put(stranger, TestContent.of(bytes(image)));
        // as if its row came between the search and the deletion
        test.repository().next("blobAt", Faults.pass(), call -> test.rows().blobAt(image.objectKey()));

        check(REPAIR.orphansOlderThan(Duration.ZERO));

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::repair)
                .containsExactly(tuple(Kind.ORPHAN, Repair.FAILED));
        assertThat(test.objects()).contains(stranger);
    }

    // ---- repair

    @Test
    void aSecondRunAfterARepairIsClean() throws IOException {
        Image lost = test.upload(Pictures.uniquePng()).image();
        Image flipped = test.upload(Pictures.uniquePng()).image();
        byte[] damaged = flipped(bytes(flipped));
        store.delete(List.of(lost.objectKey()));
        replace(flipped.objectKey(), damaged);
        TestContent content = TestContent.ofSize(10, 1);
        store.put(new ObjectKey("stranger"), content);
        ObjectKey strangersPlace =
                new ObjectKey("quarantine/stranger/" + content.digest().hex());
        ObjectKey damagedPlace = Quarantine.keyFor(flipped.objectKey(), TestContent.digestOf(damaged));

        StoreCheckReport first = check(REPAIR.orphansOlderThan(Duration.ZERO));

        assertThat(findings).extracting(StoreFinding::repair).containsExactly(Repair.DONE, Repair.DONE, Repair.DONE);
        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::movedTo)
                .contains(
                        tuple(Kind.ORPHAN, Optional.of(strangersPlace)),
                        tuple(Kind.WRONG_BYTES, Optional.of(damagedPlace)));
        assertThat(first.isClean()).isFalse();
        assertThat(first.repaired()).isEqualTo(3);
        assertThat(test.objects()).containsExactlyInAnyOrder(strangersPlace, damagedPlace);
        try (InputStream in = store.open(damagedPlace)) {
            assertThat(in.readAllBytes()).isEqualTo(damaged);
        }

        findings.clear();
        StoreCheckReport second = check(REPAIR.orphansOlderThan(Duration.ZERO));

        assertThat(second.isClean()).isTrue();
        assertThat(second.quarantined()).isEqualTo(2);
        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::name)
                .containsExactlyInAnyOrder(
                        tuple(Kind.WAITING, lost.filename()), tuple(Kind.WAITING, flipped.filename()));
    }

    enum Damage {
        LOST,
        TRUNCATED,
        FLIPPED
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void anUploadOfTheSameBytesHealsAllLinksInPlace(Damage damage) throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image alices = test.upload(ALICE, picture).image();
        Image bobs = test.upload(BOB, picture).image();
        byte[] whole = bytes(alices);
        damage(damage, alices);
        check(REPAIR);

        Upload again = test.upload(BOB, picture);

        assertThat(again).isEqualTo(new Upload(bobs, true));
        assertThat(List.of(test.images(ALICE), test.images(BOB))).isEqualTo(List.of(List.of(alices), List.of(bobs)));
        assertThat(open(alices)).isEqualTo(whole);
        assertThat(open(bobs)).isEqualTo(whole);
        findings.clear();
        check(REPAIR);
        assertThat(findings).isEmpty();
    }

    private void damage(Damage damage, Image image) throws IOException {
        byte[] whole = bytes(image);
        switch (damage) {
            case LOST -> store.delete(List.of(image.objectKey()));
            case TRUNCATED -> replace(image.objectKey(), Arrays.copyOf(whole, 10));
            case FLIPPED -> replace(image.objectKey(), flipped(whole));
        }
    }

    @Test
    void linksAreHealedInPlaceThoughMetadataIsRemovedInAnotherWayNow() throws IOException {
        byte[] picture = TaggedPictures.jpeg();
        Image alices = test.upload(ALICE, picture).image();
        Image bobs = test.upload(BOB, picture).image();
        byte[] before = bytes(alices);
        replace(alices.objectKey(), flipped(before));
        check(REPAIR);
        test.letLeasesAndQuarantinesEnd();

        ImageHost keeping = ImageHost.builder()
                .store(store)
                .metadata(test.repository().port())
                .policy(UploadPolicy.DEFAULT.withMetadata(MetadataPolicy.KEEP))
                .timing(new UploadTiming(TestHost.LEASE, Duration.ofSeconds(60)))
                .build();
        Upload again = TestHost.upload(keeping, ALICE, picture);

        assertThat(again.duplicate()).isTrue();
        assertThat(again.image())
                .extracting(Image::id, Image::filename, Image::objectKey)
                .containsExactly(alices.id(), alices.filename(), alices.objectKey());
        assertThat(open(alices)).isEqualTo(open(bobs)).isNotEqualTo(before);
        assertThat(TestContent.digestOf(open(bobs)))
                .isEqualTo(again.image().content().storedDigest());
        findings.clear();
        check(REPAIR);
        assertThat(findings).isEmpty();
    }

    @Test
    void nothingIsNotedAsMissingWhileItMayBeDeletedLater() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image image = test.upload(picture).image();
        replace(image.objectKey(), new byte[5]);
        test.store().next("delete", Faults.failBefore(new StoreUnavailableException("no answer")));

        check(REPAIR);

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::repair)
                .containsExactly(tuple(Kind.WRONG_SIZE, Repair.FAILED));
        assertThat(findings.get(0).detail()).contains("nobody knows whether the store deletes it: no answer");
        assertThat(test.rows().blobAt(image.objectKey()).orElseThrow().state()).isEqualTo(State.STORED);

        test.store().next("delete", test.keeping(key -> true));
        check(REPAIR);
        assertThat(findings.get(1).detail()).contains("the store did not delete it: locked");
        assertThat(test.rows().blobAt(image.objectKey()).orElseThrow().state()).isEqualTo(State.STORED);

        check(REPAIR);
        assertThat(findings.get(2).repair()).isEqualTo(Repair.DONE);
        assertThat(test.rows().blobAt(image.objectKey()).orElseThrow().state()).isEqualTo(State.MISSING);
    }

    @Test
    void nothingIsDeletedThatIsNotCopied() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        replace(image.objectKey(), new byte[5]);
        test.store().next("put", Faults.failBefore(new StoreException("full")));

        check(REPAIR);
        assertThat(findings.get(0).detail()).contains("it can't be moved to quarantine: full");
        assertThat(test.objects()).containsExactly(image.objectKey());

        // a store that takes the copy, but not for long
        test.store().next("put", call -> null);
        check(REPAIR);
        assertThat(findings.get(1).repair()).isEqualTo(Repair.FAILED);
        assertThat(test.objects()).containsExactly(image.objectKey());
    }

    @Test
    void aDamagedObjectStaysIfItsBlobChangesBeforeItIsDeleted() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image image = test.upload(picture).image();
        replace(image.objectKey(), new byte[5]);
        // another check repairs it, and somebody heals it
        test.store().next("put", Faults.doAfter(() -> {
            check(REPAIR);
            test.upload(picture);
        }));

        check(REPAIR);

        assertThat(findings).extracting(StoreFinding::repair).containsExactly(Repair.DONE, Repair.FAILED);
        assertThat(open(image)).isNotEmpty();
    }

    @Test
    void oneObjectMayBeDamagedSeveralTimes() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image image = test.upload(picture).image();
        for (int length = 1; length <= 3; length++) {
            replace(image.objectKey(), new byte[length]);
            check(REPAIR);
            test.upload(picture);
        }

        assertThat(findings).extracting(StoreFinding::repair).containsExactly(Repair.DONE, Repair.DONE, Repair.DONE);
        assertThat(test.objects()).hasSize(4);
    }

    @Test
    void whatIsMissingAndComesBackIsTakenBack() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        byte[] whole = bytes(image);
        store.delete(List.of(image.objectKey()));
        check(REPAIR);
        store.put(image.objectKey(), TestContent.of(whole));
        findings.clear();

        assertThat(check(StoreCheckOptions.DEFAULT).isClean()).isTrue();
        check(StoreCheckOptions.DEFAULT.repairing());

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::repair)
                .containsExactly(tuple(Kind.RETURNED, Repair.NONE), tuple(Kind.RETURNED, Repair.DONE));
        assertThat(test.rows().blobAt(image.objectKey()).orElseThrow().state()).isEqualTo(State.STORED);
    }

    @Test
    void whatIsMissingAndComesBackWrongIsMoved() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image image = test.upload(picture).image();
        byte[] whole = bytes(image);
        store.delete(List.of(image.objectKey()));
        check(REPAIR);
        findings.clear();
        store.put(image.objectKey(), TestContent.of(flipped(whole)));

        check(StoreCheckOptions.DEFAULT.repairing());

        assertThat(findings)
                .extracting(StoreFinding::kind, StoreFinding::repair)
                .containsExactly(tuple(Kind.WRONG_BYTES, Repair.DONE));
        test.upload(picture);
        assertThat(open(image)).isEqualTo(whole);
    }

    @Test
    void aDamagedVariantIsRenderedAgain() throws IOException {
        Transformation small =
                new Transformation(OptionalInt.of(12), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);
        try (JavaImageEngine engine = new JavaImageEngine(Duration.ofMinutes(1));
                ImageHost host = test.rendering(engine, Duration.ofSeconds(60))) {
            Image image = test.upload(Pictures.uniqueJpeg()).image();
            Variant damaged = host.variant(image, small);
            replace(damaged.objectKey(), new byte[5]);

            check(REPAIR);

            assertThat(findings)
                    .extracting(StoreFinding::kind, StoreFinding::repair, StoreFinding::movedTo)
                    .containsExactly(tuple(Kind.WRONG_SIZE, Repair.DONE, Optional.empty()));
            try (InputStream in = host.open(host.variant(image, small))) {
                assertThat(in.readAllBytes()).hasSizeGreaterThan(5);
            }
            host.sweep();
            assertThat(test.objects()).doesNotContain(damaged.objectKey());
            findings.clear();
            check(ALL);
            assertThat(findings).isEmpty();
        }
    }

    @Test
    void whatCannotBeNotedIsToldAndTheOthersAreRepaired() throws IOException {
        Image first = test.upload(Pictures.uniquePng()).image();
        Image second = test.upload(Pictures.uniquePng()).image();
        store.delete(List.of(first.objectKey(), second.objectKey()));
        test.repository().next("markMissing", Faults.failBefore(new RepositoryUnavailableException("a glitch")));

        StoreCheckReport report = check(REPAIR);

        assertThat(findings).extracting(StoreFinding::repair).containsExactlyInAnyOrder(Repair.DONE, Repair.FAILED);
        assertThat(List.of(report.repaired(), report.notRepaired())).containsOnly(1L);
    }

    // ---- stopping and going on

    @Test
    void goesOnWhereItWasStopped() throws IOException {
        for (int i = 0; i < 1001; i++) {
            store.put(new ObjectKey("key" + (10_000 + i)), TestContent.ofSize(1, 1));
        }
        StoreCheckOptions options = ALL.orphansOlderThan(Duration.ZERO);
        AtomicInteger seen = new AtomicInteger();
        StoreCheckReport stopped = check(options, new Progress() {
            @Override
            public void expect(long items, long bytes) {}

            @Override
            public void advance(long items, long bytes) {
                seen.addAndGet((int) items);
            }

            @Override
            public boolean isStopRequested() {
                return seen.get() > 1000;
            }
        });
        assertThat(stopped.finished()).isFalse();
        assertThat(stopped.checkedTo()).contains(new ObjectKey("key10999"));
        findings.clear();

        StoreCheckReport rest = check(options.after(stopped.checkedTo().orElseThrow()));

        assertThat(rest.finished()).isTrue();
        assertThat(names(Kind.ORPHAN)).containsExactly("key11000");
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatThrownBy(() -> ALL.reading(1.01)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.reading(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.threads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.orphansOlderThan(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        List<String> workers = new CopyOnWriteArrayList<>();
        test.upload(Pictures.uniquePng());
        test.repository().next("blobAt", call -> {
            workers.add(Thread.currentThread().getName());
            throw new RepositoryUnavailableException("away");
        });
        store.put(new ObjectKey("stranger"), TestContent.ofSize(1, 1));

        assertThatThrownBy(() -> check(ALL.orphansOlderThan(Duration.ZERO)))
                .isInstanceOf(RepositoryUnavailableException.class);

        assertThat(workers).singleElement(InstanceOfAssertFactories.STRING).startsWith(WORKER);
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(WORKER))
                .toList();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        }
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    // ---- who may repair

    @Test
    void aRepairThatHasLostItsTurnChangesNothingMore() throws IOException {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Image image = test.upload(Pictures.uniquePng()).image();
            replace(image.objectKey(), flipped(bytes(image)));
            images.add(image);
        }
        AtomicInteger deletions = new AtomicInteger();
        test.store().always("delete", call -> {
            deletions.incrementAndGet();
            return call.proceed();
        });
        right = () -> {
            if (deletions.get() == 1) {
                throw new RepairLostException("lost");
            }
        };

        assertThatThrownBy(() -> check(REPAIR.threads(1)))
                .isInstanceOf(RepairLostException.class)
                .hasMessage("lost");

        assertThat(deletions).hasValue(1);
        assertThat(findings).extracting(StoreFinding::repair).containsExactly(Repair.DONE);
        assertThat(test.rows().blobs(Optional.empty(), 10))
                .filteredOn(blob -> blob.state() == State.MISSING)
                .hasSize(1);
        assertThat(test.objects()).filteredOn(key -> !Quarantine.holds(key)).hasSize(images.size() - 1);
        assertThat(test.objects()).filteredOn(Quarantine::holds).hasSize(1);
    }

    @Test
    void theTurnIsConfirmedOnceMoreAfterTheCopyAndBeforeTheDeletion() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        replace(image.objectKey(), flipped(bytes(image)));
        AtomicBoolean isCopied = new AtomicBoolean();
        test.store().always("put", call -> {
            isCopied.set(true);
            return call.proceed();
        });
        right = () -> {
            if (isCopied.get()) {
                throw new RepairLostException("lost");
            }
        };

        assertThatThrownBy(() -> check(REPAIR)).isInstanceOf(RepairLostException.class);

        assertThat(test.objects()).contains(image.objectKey());
    }

    @Test
    void aRepairThatFindsWhatTheNextOneHasDoneTellsThatItHasLostItsTurn() throws IOException {
        Image image = test.upload(Pictures.uniquePng()).image();
        replace(image.objectKey(), new byte[5]);
        BlobEntry blob = test.rows().blobAt(image.objectKey()).orElseThrow();
        AtomicBoolean isTakenOver = new AtomicBoolean();
        test.store().next("size", Faults.doAfter(() -> {
            test.rows().markMissing(blob);
            isTakenOver.set(true);
        }));
        right = () -> {
            if (isTakenOver.get()) {
                throw new RepairLostException("lost");
            }
        };

        assertThatThrownBy(() -> check(REPAIR)).isInstanceOf(RepairLostException.class);

        assertThat(findings).isEmpty();
    }

    @Test
    void aRepairWithoutATurnDoesNotBegin() {
        right = () -> {
            throw new RepairLostException("lost");
        };

        assertThatThrownBy(() -> check(REPAIR)).isInstanceOf(RepairLostException.class);
        assertThat(check(ALL).finished()).as("a check that only looks").isTrue();
    }

    private StoreCheckReport check(StoreCheckOptions options) {
        return check(options, Progress.UNOBSERVED);
    }

    private StoreCheckReport check(StoreCheckOptions options, Progress progress) {
        return new StoreCheck(store, test.repository().port(), right, test.clock(), () -> 0.5)
                .run(options, findings::add, progress);
    }

    private List<String> names(Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(StoreFinding::name)
                .toList();
    }

    private static List<String> texts(List<ObjectKey> keys) {
        return keys.stream().map(ObjectKey::value).toList();
    }

    private void replace(ObjectKey key, byte[] bytes) {
        assertThat(store.delete(List.of(key))).isEqualTo(Map.of());
        store.put(key, TestContent.of(bytes));
    }

    private byte[] bytes(Image image) throws IOException {
        try (InputStream in = store.open(image.objectKey())) {
            return in.readAllBytes();
        }
    }

    private byte[] open(Image image) throws IOException {
        try (ImageContent content = test.host().open(image.filename());
                InputStream in = content.stream()) {
            return in.readAllBytes();
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        return flipped;
    }
}
