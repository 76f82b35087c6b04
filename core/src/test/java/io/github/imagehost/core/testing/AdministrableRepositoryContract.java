package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.Adoption.Obstacle;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.BacklogCatalog.Backlog;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link AdministrableRepository} promises: all that a {@link MetadataRepository} does, and what a
 * {@link VariantLedger} and administrators ask for besides.
 */
public abstract class AdministrableRepositoryContract extends MetadataRepositoryContract {

    private static final Duration TURN = Duration.ofMinutes(2);

    /** A repository with nothing in it. */
    @Override
    protected abstract AdministrableRepository createRepository() throws Exception;

    /** The repository under test. */
    @Override
    protected final AdministrableRepository repository() {
        // createRepository gives no other
        return (AdministrableRepository) super.repository();
    }

    /** Makes the repository count this for an owner, whatever images it has. */
    protected abstract void miscount(OwnerId owner, Usage more) throws Exception;

    // ---- list

    @Test
    void searchFindsAnImageByItsFurtherName() {
        ImageDescriptor content = content();
        Image image = adopted(repository().adopt(adoption(ALICE, content, Optional.empty())));
        AdoptionRequest further = adoption(ALICE, content, Optional.empty());
        repository().adopt(further);

        assertThat(search("http://localhost/i/" + further.filename())).containsExactly(image);
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void everyPageIsRightWhateverIdsAndDatesThereAre(SortField field) {
        List<Image> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // ids far apart; some dates grow with them, some fall, and some are all over the place
            long id = i % 3 == 0 ? 5 + i : i % 3 == 1 ? 20_000 + i : 1_000_000L + 20_000L * i;
            Instant date = Instant.ofEpochSecond(i % 3 == 0 ? 9_000 - i : i % 3 == 1 ? 1_000 + i : 2_000L * (i % 7));
            all.add(adopted(repository().adopt(withDate(date, adoption(ALICE, content(), Optional.of(id))))));
        }
        repository().remove(ALICE, List.of(all.remove(33).id(), all.remove(0).id()));
        for (SortDirection direction : SortDirection.values()) {
            List<Image> expected = new ArrayList<>(all);
            expected.sort(order(field, direction));
            ImageQuery query = ImageQuery.of(ALICE).sortedBy(field, direction).limit(7);

            for (int page = 0; page < 9; page++) {
                ImagePage answer = repository().list(query.page(page + 1));
                assertThat(answer.images()).isEqualTo(expected.subList(page * 7, Math.min(58, (page + 1) * 7)));
                assertThat(answer.totalItems()).isEqualTo(58);
                assertThat(answer.next().isPresent()).isEqualTo(page < 8);
            }
        }
    }

    @Test
    void tidyingUpChangesNoSearch() {
        List<Image> all = new ArrayList<>();
        for (int i = 0; i < 210; i++) {
            long id = 1 + i % 70 + 16_384L * (i / 70);
            String name = i % 2 == 0 ? "IMG_" + 1000 * i + ".PNG" : "图片测试 " + i + "😀.gif";
            all.add(adopted(repository().adopt(withName(name, adoption(ALICE, content(), Optional.of(id))))));
        }
        assertSearchesFind(all);

        tidyUp();
        assertSearchesFind(all);

        repository().remove(ALICE, all.stream().limit(50).map(Image::id).toList());
        all.subList(0, 50).clear();
        assertSearchesFind(all);
        AdoptionRequest late = withName("IMG_late 图片.png", adoption(ALICE, content(), Optional.of(100L)));
        all.add(adopted(repository().adopt(late)));
        assertSearchesFind(all);

        tidyUp();
        assertSearchesFind(all);
        tidyUp();
        assertThat(repository().list(ImageQuery.of(BOB).search("img")).totalItems())
                .isZero();
    }

    private void assertSearchesFind(List<Image> images) {
        for (String text :
                List.of("img_", "图", "测试", "0", "00", "1000", "4711", "😀.gif", " 1", "late", "x", "片测试 1")) {
            for (SortField field : List.of(SortField.ID, SortField.UPLOAD_TIME, SortField.ORIGINAL_NAME)) {
                ImageQuery query = ImageQuery.of(ALICE)
                        .sortedBy(field, SortDirection.DESCENDING)
                        .search(text)
                        .limit(40);
                List<Image> expected = images.stream()
                        .filter(image -> ImageSelection.matches(query.filter(), image))
                        .sorted(order(field, query.direction()))
                        .toList();
                List<Image> found = new ArrayList<>();
                for (Optional<ImageQuery> next = Optional.of(query); next.isPresent(); ) {
                    ImagePage page = repository().list(next.get());
                    assertThat(page.totalItems()).as(text).isEqualTo(expected.size());
                    assertThat(page.totalIsEstimate()).isFalse();
                    found.addAll(page.images());
                    next = page.next().map(query::from);
                }
                assertThat(found).as(text).isEqualTo(expected);
                assertThat(repository().list(query.page(2)).images())
                        .as(text)
                        .isEqualTo(expected.stream().skip(40).limit(40).toList());
            }
        }
    }

    // ---- variants

    @Test
    void aVariantIsReservedOnceAndThenThere() {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> reservation = reserved(repository().claimVariant(request));

        assertThat(repository().claimVariant(request)).isEqualTo(new Claim.Reserved<>(reservation));
        assertThat(repository().claimVariant(again(request))).isEqualTo(new Claim.Busy<>());

        Digest digest = digest();
        assertThat(repository().completeVariant(reservation, digest, 321)).isTrue();
        assertThat(repository().completeVariant(reservation, digest, 321)).isTrue();

        Variant variant = new Variant(request.objectKey(), ImageType.WEBP, digest, 321);
        assertThat(repository().claimVariant(again(request))).isEqualTo(new Claim.Existing<>(variant));
        assertThat(repository().condemnExpired()).isZero();
        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isOne();
    }

    @Test
    void nothingIsDerivedFromWhatIsNotStored() {
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content())));
        ObjectKey notStoredYet = reservation.request().objectKey();
        Image image = upload(ALICE, content(), "a.png");
        repository().remove(ALICE, List.of(image.id()));

        assertThat(repository().claimVariant(variantOf(notStoredYet))).isEqualTo(new Claim.SourceGone<>());
        assertThat(repository().claimVariant(variantOf(image))).isEqualTo(new Claim.SourceGone<>());
    }

    @Test
    void variantsGoWithTheirBlob() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        Image bobs = attached(repository().claim(request(BOB, content)));
        VariantRequest storedRequest = variantOf(alices);
        Reservation<VariantRequest> stored = reserved(repository().claimVariant(storedRequest));
        repository().completeVariant(stored, digest(), 1);
        VariantRequest reservedRequest = variantOf(alices);
        Reservation<VariantRequest> unfinished = reserved(repository().claimVariant(reservedRequest));
        Image other = upload(ALICE, content(), "b.png");
        VariantRequest othersRequest = variantOf(other);
        repository().completeVariant(reserved(repository().claimVariant(othersRequest)), digest(), 1);

        assertThat(repository().remove(ALICE, List.of(alices.id())).condemned()).isEmpty();
        assertThat(repository().claimVariant(again(storedRequest))).isInstanceOf(Claim.Existing.class);

        assertThat(repository().remove(BOB, List.of(bobs.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(alices.objectKey(), storedRequest.objectKey(), reservedRequest.objectKey());
        assertThat(repository().completeVariant(unfinished, digest(), 1)).isFalse();
        assertThat(repository().claimVariant(again(storedRequest))).isEqualTo(new Claim.SourceGone<>());
        assertThat(repository().claimVariant(again(othersRequest))).isInstanceOf(Claim.Existing.class);
    }

    @Test
    void anAbandonedVariantMayBeClaimedAgain() {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> reservation = reserved(repository().claimVariant(request));

        repository().abandon(reservation);
        repository().abandon(reservation);

        assertThat(repository().completeVariant(reservation, digest(), 1)).isFalse();
        assertThat(repository().condemned(0, 10))
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(request.objectKey());
        assertThat(repository().claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
    }

    @Test
    void aVariantWhoseLeaseRanOutIsTakenOverOrCondemned() throws Exception {
        VariantRequest first = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> lost = reserved(repository().claimVariant(first));
        letTimePass(LEASE.duration());

        VariantRequest second = again(first);
        Reservation<VariantRequest> taken = reserved(repository().claimVariant(second));

        assertThat(repository().completeVariant(lost, digest(), 1)).isFalse();
        assertThat(repository().completeVariant(taken, digest(), 1)).isTrue();
        reserved(repository().claimVariant(variantOf(upload(ALICE, content(), "b.png"))));
        letTimePass(LEASE.duration());
        assertThat(repository().condemnExpired()).isOne();
    }

    @Test
    void theKeyOfAVariantIsNeverUsedAgain() throws Exception {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        reserved(repository().claimVariant(request));
        letTimePass(LEASE.duration());
        repository().condemnExpired();

        // as after an unknown outcome
        assertThat(repository().claimVariant(request)).isEqualTo(new Claim.KeyUsed<>());

        VariantRequest taken = again(request);
        reserved(repository().claimVariant(taken));
        letTimePass(LEASE.duration());
        assertThat(repository().claimVariant(request)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository().claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
    }

    @Test
    void ofManyClaimsForOneVariantExactlyOneIsReserved() throws Exception {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));

        List<Claim<VariantRequest, Variant>> claims =
                Concurrently.run(16, () -> repository().claimVariant(again(request)));

        assertThat(claims).filteredOn(Claim.Reserved.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(15);
    }

    @Test
    void noVariantIsLeftBehindByItsBlob() throws Exception {
        for (int round = 0; round < 20; round++) {
            Image image = upload(ALICE, content(), "a.png");
            VariantRequest request = variantOf(image);
            List<Object> results = Concurrently.run(List.<Callable<Object>>of(
                    () -> repository().claimVariant(request), () -> repository().remove(ALICE, List.of(image.id()))));

            List<ObjectKey> condemned = ((Removal) results.get(1))
                    .condemned().stream().map(CondemnedBlob::objectKey).toList();
            if (results.get(0) instanceof Claim.Reserved) {
                assertThat(condemned).contains(request.objectKey());
            } else {
                assertThat(results.get(0)).isEqualTo(new Claim.SourceGone<>());
            }
        }
    }

    private static VariantRequest variantOf(Image image) {
        return variantOf(image.objectKey());
    }

    private static VariantRequest variantOf(ObjectKey source) {
        return new VariantRequest(source, digest(), ImageType.WEBP, freshKeyBeside(source), LEASE);
    }

    /** The same variant, wanted by somebody else. */
    private static VariantRequest again(VariantRequest request) {
        return new VariantRequest(
                request.source(), request.identity(), request.type(), freshKeyBeside(request.source()), LEASE);
    }

    private static ObjectKey freshKeyBeside(ObjectKey source) {
        return new ObjectKey("variants/" + source + "/" + digest().hex());
    }

    // ---- statistics

    @Test
    void countsEverything() {
        assertThat(repository().statistics())
                .isEqualTo(new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()));
        ImageDescriptor png = new ImageDescriptor(digest(), 100, ImageType.PNG, 1, 1, digest(), 90);
        ImageDescriptor jpeg = new ImageDescriptor(digest(), 1000, ImageType.JPEG, 1, 1);
        Image image = adopted(repository().adopt(adoption(ALICE, png, Optional.empty())));
        repository().adopt(adoption(ALICE, png, Optional.empty()));
        repository().claim(request(BOB, png));
        Image lost = repository()
                .complete(reserved(
                        repository().claim(dated(request(ALICE, jpeg), Instant.parse("2019-12-31T23:59:59Z")))))
                .orElseThrow();
        markMissing(lost);
        repository().completeVariant(reserved(repository().claimVariant(variantOf(image))), digest(), 7);
        reserved(repository().claim(request(ALICE, content())));
        repository().remove(ALICE, List.of(upload(ALICE, content(), "a.png").id()));

        Statistics statistics = repository().statistics();

        String month = YearMonth.from(now().atOffset(ZoneOffset.UTC)).toString();
        assertThat(statistics)
                .isEqualTo(new Statistics(
                        4,
                        1300,
                        2,
                        1100,
                        1090,
                        2,
                        97,
                        1,
                        1,
                        1,
                        List.of(new Share("image/png", 2, 200), new Share("image/jpeg", 1, 1000)),
                        List.of(
                                new Share("2019-12", 1, 1000),
                                new Share("2020-01", 1, 100),
                                new Share(month, 1, 100))));
    }

    @Test
    void countsWhatAnOwnerHas() {
        assertThat(repository().statistics(ALICE))
                .isEqualTo(new OwnerStatistics(new Usage(0, 0), List.of(), List.of(), List.of(), false));
        ImageDescriptor png = new ImageDescriptor(digest(), 100, ImageType.PNG, 1, 1, digest(), 90);
        ImageDescriptor jpeg = new ImageDescriptor(digest(), 1000, ImageType.JPEG, 1, 1);
        upload(ALICE, png, "a.png");
        attached(repository().claim(request(BOB, png)));
        repository()
                .complete(reserved(
                        repository().claim(dated(request(ALICE, jpeg), Instant.parse("2019-12-31T23:59:59.999Z")))));
        Image second = upload(ALICE, new ImageDescriptor(digest(), 10, ImageType.PNG, 1, 1), "b.png");
        repository().change(ALICE, second.id(), List.of(new ImageChange.Show(Visibility.PRIVATE)));
        repository().remove(ALICE, List.of(upload(ALICE, content(), "c.png").id()));
        OwnerStatistics before = repository().statistics(ALICE);

        String month = YearMonth.from(now().atOffset(ZoneOffset.UTC)).toString();
        assertThat(before)
                .isEqualTo(new OwnerStatistics(
                        new Usage(3, 1110),
                        List.of(new Share("image/png", 2, 110), new Share("image/jpeg", 1, 1000)),
                        List.of(new Share("public", 2, 1100), new Share("private", 1, 10)),
                        List.of(new Share("2019-12", 1, 1000), new Share(month, 2, 110)),
                        false));
        assertThat(repository().statistics(BOB).usage()).isEqualTo(new Usage(1, 100));

        attached(repository().claim(request(BOB, jpeg)));

        // what somebody else has does not show
        assertThat(repository().statistics(ALICE)).isEqualTo(before);
    }

    // ---- how far sweeps are behind

    @Test
    void theBacklogIsWhatIsCondemnedAndDue() {
        assertThat(repository().backlog()).isEqualTo(new Backlog(0, Duration.ZERO));
        Instant before = now();
        Reservation<UploadRequest> abandoned = reserved(repository().claim(request(ALICE, content())));
        reserved(repository().claim(request(ALICE, content())));
        upload(ALICE, content(), "kept.png");
        repository().remove(ALICE, List.of(upload(ALICE, content(), "a.png").id()));
        repository().abandon(abandoned);

        Backlog backlog = repository().backlog();

        assertThat(backlog.blobs()).isEqualTo(2);
        // its clock has milliseconds
        assertThat(backlog.age())
                .isBetween(Duration.ZERO, Duration.between(before, now()).plusMillis(2));

        // what was deleted within its quarantine is not due before that is over
        repository().forget(repository().condemned(0, 10));
        assertThat(repository().backlog()).isEqualTo(new Backlog(0, Duration.ZERO));
    }

    // ---- what the store has to hold

    @Test
    void listsAllBlobsInTheOrderOfTheirKeys() {
        Image stored = upload(ALICE, content(), "a.png");
        Image condemned = upload(ALICE, content(), "b.png");
        repository().remove(ALICE, List.of(condemned.id()));
        UploadRequest reserved = request(ALICE, content());
        reserved(repository().claim(reserved));
        VariantRequest variant = variantOf(stored);
        Digest variantDigest = digest();
        repository().completeVariant(reserved(repository().claimVariant(variant)), variantDigest, 77);

        List<BlobEntry> all = repository().blobs(Optional.empty(), BlobCatalog.MAX_LIMIT);

        assertThat(all)
                .extracting(BlobEntry::objectKey)
                .isSorted()
                .containsExactlyInAnyOrder(
                        stored.objectKey(), condemned.objectKey(), reserved.objectKey(), variant.objectKey());
        assertThat(all)
                .extracting(BlobEntry::objectKey, BlobEntry::state, BlobEntry::derived)
                .contains(
                        tuple(stored.objectKey(), State.STORED, false),
                        tuple(condemned.objectKey(), State.CONDEMNED, false),
                        tuple(reserved.objectKey(), State.RESERVED, false),
                        tuple(variant.objectKey(), State.STORED, true));
        assertThat(entry(stored.objectKey()).storedDigest())
                .isEqualTo(stored.content().storedDigest());
        assertThat(entry(stored.objectKey()).storedSize())
                .isEqualTo(stored.content().storedSize());
        assertThat(entry(variant.objectKey()).storedDigest()).isEqualTo(variantDigest);
        assertThat(entry(variant.objectKey()).storedSize()).isEqualTo(77);
        assertThat(entry(stored.objectKey()).type()).isEqualTo(stored.content().type());
        assertThat(entry(variant.objectKey()).type())
                .isEqualTo(variant.type())
                .isNotEqualTo(stored.content().type());
        List<BlobEntry> walked = new ArrayList<>();
        for (List<BlobEntry> page = repository().blobs(Optional.empty(), 3); !page.isEmpty(); ) {
            walked.addAll(page);
            page = repository().blobs(Optional.of(page.get(page.size() - 1).objectKey()), 3);
        }
        assertThat(walked).isEqualTo(all);
        assertThat(repository().blobAt(new ObjectKey("absent"))).isEmpty();
        assertThatThrownBy(() -> repository().blobs(Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository().blobs(Optional.empty(), BlobCatalog.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- missing objects

    @Test
    void whoUploadsMissingBytesAgainBringsThemBackForAll() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        Image bobs = attached(repository().claim(request(BOB, content)));
        assertThat(markMissing(alices)).isTrue();
        assertThat(markMissing(alices)).isTrue();
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.MISSING);

        Reservation<UploadRequest> again = reserved(repository().claim(request(ALICE, content)));

        assertThat(again.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository().findByFilename(bobs.filename())).contains(bobs);
        assertThat(repository().complete(again)).contains(alices);
        assertThat(repository().complete(again)).contains(alices);
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository().claim(request(BOB, content))).isEqualTo(new Claim.Existing<>(bobs));
        assertThat(repository().condemned(0, 10)).isEmpty();
    }

    @Test
    void whoBringsMissingBytesBackGetsAnImage() {
        OwnerId carol = new OwnerId(3);
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        markMissing(alices);
        UploadRequest request = request(carol, content);
        Reservation<UploadRequest> reservation = reserved(repository().claim(request));

        Image carols = repository().complete(reservation).orElseThrow();

        assertThat(carols.filename()).isEqualTo(request.filename());
        assertThat(carols.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository().complete(reservation)).contains(carols);
        assertThat(repository().findById(ALICE, alices.id())).contains(alices);
    }

    @Test
    void manyMayBringTheSameBytesBackAtOnce() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        markMissing(alices);

        Reservation<UploadRequest> first = reserved(repository().claim(request(ALICE, content)));
        Reservation<UploadRequest> second = reserved(repository().claim(request(BOB, content)));

        Image bobs = repository().complete(second).orElseThrow();
        assertThat(repository().complete(first)).contains(alices);
        assertThat(bobs.owner()).isEqualTo(BOB);
        repository().abandon(first);
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.STORED);
    }

    @Test
    void whoRepeatsTheFirstUploadOfMissingBytesBringsThemBack() {
        UploadRequest request = request(ALICE, content());
        Image image = upload(request);
        markMissing(image);

        Reservation<UploadRequest> again = reserved(repository().claim(request));

        assertThat(again.objectKey()).isEqualTo(image.objectKey());
        assertThat(repository().complete(again)).contains(image);
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
    }

    @Test
    void whoOnlyAsksOnceMoreWhatBecameOfAnUploadBringsNothingBack() {
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content())));
        Image image = repository().complete(reservation).orElseThrow();
        markMissing(image);

        assertThat(repository().complete(reservation)).contains(image);

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.MISSING);
    }

    /** Metadata may be removed in another way than at first, from the same upload. */
    @Test
    void nobodyStoresOtherBytesWhileSomebodyMayBeStoringSome() throws Exception {
        ImageDescriptor content = content();
        ImageDescriptor other = new ImageDescriptor(
                content.digest(), content.size(), content.type(), content.width(), content.height(), digest(), 1100);
        Image image = upload(ALICE, content, "a.png");
        letTimePass(LEASE.duration().plus(LEASE.quarantine()));
        markMissing(image);
        Reservation<UploadRequest> first = reserved(repository().claim(request(ALICE, content)));
        assertThat(repository().claim(request(ALICE, other))).isEqualTo(new Claim.Busy<>());

        letTimePass(LEASE.duration().plus(LEASE.quarantine()));
        Reservation<UploadRequest> second = reserved(repository().claim(request(ALICE, other)));

        assertThat(repository().complete(first)).isEmpty();
        assertThat(repository().isLost(first.objectKey())).isFalse();
        Image restored = repository().complete(second).orElseThrow();
        assertThat(restored.id()).isEqualTo(image.id());
        assertThat(restored.content()).isEqualTo(other);
        assertThat(repository().findByFilename(image.filename())).contains(restored);
    }

    @Test
    void anObjectIsNotNotedAsMissingIfSomebodyHasBroughtItBackSince() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        BlobEntry before = entry(image.objectKey());
        markMissing(image);
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content)));
        repository().complete(reservation);

        assertThat(repository().markMissing(before)).isFalse();

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository().claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(image));
    }

    @Test
    void anObjectThatSomebodyIsBringingBackStaysNotedAsMissingUntilItIsThere() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        BlobEntry before = entry(image.objectKey());
        markMissing(image);
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content)));

        assertThat(repository().markMissing(before)).isTrue();

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.MISSING);
        assertThat(repository().complete(reservation)).contains(image);
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
    }

    @Test
    void aMissingBlobIsCondemnedWithItsLastImage() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        markMissing(image);
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content)));

        assertThat(repository().remove(ALICE, List.of(image.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(image.objectKey());

        assertThat(repository().complete(reservation)).isEmpty();
        assertThat(repository().isLost(reservation.objectKey())).isTrue();
        assertThat(reserved(repository().claim(request(ALICE, content))).objectKey())
                .isNotEqualTo(image.objectKey());
    }

    @Test
    void onlyStoredBlobsAreNotedAsMissing() {
        UploadRequest request = request(ALICE, content());
        reserved(repository().claim(request));

        assertThat(repository().markMissing(entry(request.objectKey()))).isFalse();

        assertThat(entry(request.objectKey()).state()).isEqualTo(State.RESERVED);
    }

    @Test
    void nothingIsNotedOfABlobThatWasCondemnedMeanwhile() {
        Image image = upload(ALICE, content(), "a.png");
        markMissing(image);
        BlobEntry before = entry(image.objectKey());
        repository().remove(ALICE, List.of(image.id()));

        assertThat(repository().markMissing(before)).isFalse();
    }

    @Test
    void aMissingVariantIsDerivedAgain() {
        Image image = upload(ALICE, content(), "a.png");
        VariantRequest request = variantOf(image);
        repository().completeVariant(reserved(repository().claimVariant(request)), digest(), 5);

        assertThat(repository().markMissing(entry(request.objectKey()))).isTrue();

        assertThat(repository().claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository().condemned(0, 10))
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(request.objectKey());
    }

    @Test
    void aMissingObjectMayComeBackInAnotherWay() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        BlobEntry stored = entry(image.objectKey());
        markMissing(image);
        BlobEntry missing = entry(image.objectKey());

        assertThat(repository().markPresent(missing)).isTrue();
        assertThat(repository().markPresent(missing)).isTrue();

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository().claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(image));
        // whoever looked before that knows nothing
        assertThat(repository().markMissing(stored)).isFalse();
    }

    @Test
    void whatIsMissingDoesNotExistUntilItIsBack() {
        Image image = upload(ALICE, content(), "a.png");
        Digest digest = image.content().digest();
        markMissing(image);
        assertThat(repository().findExisting(ALICE, List.of(digest))).isEmpty();

        repository().complete(reserved(repository().claim(request(ALICE, image.content()))));

        assertThat(repository().findExisting(ALICE, List.of(digest))).isEqualTo(Map.of(digest, image));
    }

    @Test
    void anObjectIsNotNotedAsBackIfSomethingHappenedSince() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        markMissing(image);
        BlobEntry before = entry(image.objectKey());
        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, content)));

        assertThat(repository().markPresent(before)).isFalse();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.MISSING);

        assertThat(repository().complete(reservation)).contains(image);
        repository().remove(ALICE, List.of(image.id()));
        assertThat(repository().markPresent(before)).isFalse();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.CONDEMNED);
    }

    private BlobEntry entry(ObjectKey key) {
        return repository().blobAt(key).orElseThrow();
    }

    private boolean markMissing(Image image) {
        return repository().markMissing(entry(image.objectKey()));
    }

    // ---- quotas

    @Test
    void anOwnerMayHaveAnythingUnlessSomethingElseIsSet() {
        assertThat(repository().quota(ALICE)).isEqualTo(Quota.NONE);
        assertThat(repository().usage(ALICE)).isEqualTo(new Usage(0, 0));

        Quota quota = new Quota(OptionalLong.of(7), OptionalLong.of(1L << 40));
        repository().setQuota(ALICE, quota);
        repository().setQuota(ALICE, quota);
        assertThat(repository().quota(ALICE)).isEqualTo(quota);
        assertThat(repository().quota(BOB)).isEqualTo(Quota.NONE);

        repository().setQuota(ALICE, Quota.NONE);
        assertThat(repository().quota(ALICE)).isEqualTo(Quota.NONE);
    }

    @Test
    void whatOfAQuotaIsNotToChangeStays() {
        Quota.Change images = new Quota.Change(Optional.of(OptionalLong.of(3)), Optional.empty());
        Quota.Change bytes = new Quota.Change(Optional.empty(), Optional.of(OptionalLong.of(9)));
        Quota.Change anyNumber = new Quota.Change(Optional.of(OptionalLong.empty()), Optional.empty());
        Quota.Change anyAmount = new Quota.Change(Optional.empty(), Optional.of(OptionalLong.empty()));

        assertThat(repository().changeQuota(ALICE, anyNumber)).isEqualTo(Quota.NONE);
        assertThat(repository().changeQuota(ALICE, images))
                .isEqualTo(new Quota(OptionalLong.of(3), OptionalLong.empty()));
        assertThat(repository().changeQuota(ALICE, bytes)).isEqualTo(new Quota(OptionalLong.of(3), OptionalLong.of(9)));
        assertThat(repository().changeQuota(ALICE, anyNumber))
                .isEqualTo(new Quota(OptionalLong.empty(), OptionalLong.of(9)));
        assertThat(repository().quota(ALICE)).isEqualTo(new Quota(OptionalLong.empty(), OptionalLong.of(9)));
        assertThat(repository().changeQuota(ALICE, anyAmount)).isEqualTo(Quota.NONE);
        assertThat(repository().quota(ALICE)).isEqualTo(Quota.NONE);
    }

    @Test
    void whoChangesTheOtherLimitAtTheSameMomentUndoesNothing() throws Exception {
        for (long round = 1; round <= 10; round++) {
            OptionalLong limit = OptionalLong.of(round);
            List<Quota.Change> changes = List.of(
                    new Quota.Change(Optional.of(limit), Optional.empty()),
                    new Quota.Change(Optional.empty(), Optional.of(limit)));

            Concurrently.run(changes.stream()
                    .<Callable<Quota>>map(change -> () -> repository().changeQuota(ALICE, change))
                    .toList());

            assertThat(repository().quota(ALICE)).isEqualTo(new Quota(limit, limit));
        }
    }

    @Test
    void whatAnOwnerHasIsCountedHoweverItCame() {
        ImageDescriptor uploaded = content();
        ImageDescriptor attached = content();
        ImageDescriptor adopted = content();
        Image image = upload(ALICE, uploaded, "a.png");
        upload(BOB, attached, "b.png");
        repository().claim(request(ALICE, attached));
        repository().adopt(adoption(ALICE, adopted, Optional.empty()));
        repository().adopt(adoption(ALICE, adopted, Optional.empty()));
        reserved(repository().claim(request(ALICE, content())));

        assertThat(repository().usage(ALICE))
                .isEqualTo(new Usage(3, uploaded.size() + attached.size() + adopted.size()));
        assertThat(repository().usage(BOB)).isEqualTo(new Usage(1, attached.size()));

        repository().remove(ALICE, List.of(image.id()));

        assertThat(repository().usage(ALICE)).isEqualTo(new Usage(2, attached.size() + adopted.size()));
    }

    @Test
    void nobodyGetsMoreImagesThanTheQuotaAllows() {
        ImageDescriptor bobs = content();
        upload(BOB, bobs, "b.png");
        repository().setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        Reservation<UploadRequest> first = reserved(repository().claim(request(ALICE, content())));
        Reservation<UploadRequest> second = reserved(repository().claim(request(ALICE, content())));
        Image image = repository().complete(first).orElseThrow();

        assertExceeded(() -> repository().complete(second));
        assertExceeded(() -> repository().claim(request(ALICE, bobs)));
        assertExceeded(() -> repository().adopt(adoption(ALICE, content(), Optional.empty())));
        assertExceeded(() -> repository().adopt(adoption(ALICE, bobs, Optional.empty())));

        assertThat(repository().complete(first)).contains(image);
        assertThat(repository().claim(request(ALICE, image.content()))).isEqualTo(new Claim.Existing<>(image));
        assertThat(repository().list(ImageQuery.of(ALICE)).images()).containsExactly(image);
        assertThat(repository().usage(ALICE))
                .isEqualTo(new Usage(1, image.content().size()));
        upload(BOB, content(), "c.png");

        repository().remove(ALICE, List.of(image.id()));

        assertThat(repository().complete(second)).isPresent();
    }

    @Test
    void nobodyGetsMoreBytesThanTheQuotaAllows() {
        ImageDescriptor small = content();
        repository().setQuota(ALICE, new Quota(OptionalLong.empty(), OptionalLong.of(small.size() - 1)));
        assertExceeded(() -> upload(ALICE, content(), "a.png"));

        repository().setQuota(ALICE, new Quota(OptionalLong.empty(), OptionalLong.of(small.size())));
        upload(ALICE, small, "a.png");
        assertExceeded(() -> upload(ALICE, content(), "b.png"));

        repository().setQuota(ALICE, Quota.NONE);
        upload(ALICE, content(), "b.png");
    }

    @Test
    void whatIsThereStaysUnderASmallerQuota() {
        Image image = upload(ALICE, content(), "a.png");

        repository().setQuota(ALICE, new Quota(OptionalLong.of(0), OptionalLong.of(0)));

        assertThat(repository().findByFilename(image.filename())).contains(image);
        assertExceeded(() -> upload(ALICE, content(), "b.png"));
    }

    /** An owner has it again that had it before, also if its quota was made smaller meanwhile. */
    @Test
    void whatIsRestoredCountsWhateverTheQuotaIs() {
        ImageDescriptor bobs = content();
        upload(BOB, bobs, "b.png");
        ImageDescriptor own = content();
        repository().setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.of(0)));

        assertThat(repository().restore(adoption(ALICE, own, Optional.of(7L)))).isInstanceOf(Adoption.Adopted.class);
        assertThat(repository().restore(adoption(ALICE, bobs, Optional.empty())))
                .isInstanceOf(Adoption.Adopted.class);
        assertThat(repository().restore(adoption(ALICE, bobs, Optional.empty())))
                .isInstanceOf(Adoption.Folded.class);

        assertThat(repository().usage(ALICE)).isEqualTo(new Usage(2, own.size() + bobs.size()));
        assertThat(repository().miscounts(() -> false)).isEmpty();
        assertExceeded(() -> upload(ALICE, content(), "c.png"));
    }

    @Test
    void whatIsBroughtBackDoesNotCountTwice() {
        Image image = upload(ALICE, content(), "a.png");
        repository().setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        markMissing(image);

        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, image.content())));

        assertThat(repository().complete(reservation)).map(Image::id).contains(image.id());
        markMissing(image);
        repository().setQuota(BOB, new Quota(OptionalLong.of(0), OptionalLong.empty()));
        Reservation<UploadRequest> bobs = reserved(repository().claim(request(BOB, image.content())));
        assertExceeded(() -> repository().complete(bobs));
        assertThat(repository().usage(BOB)).isEqualTo(new Usage(0, 0));
    }

    @Test
    void ofManyUploadsAtOnceExactlyAsManyFitAsTheQuotaAllows() throws Exception {
        int uploads = 50;
        repository().setQuota(ALICE, new Quota(OptionalLong.of(3), OptionalLong.empty()));
        List<Reservation<UploadRequest>> reservations = Stream.generate(() -> request(ALICE, content()))
                .limit(uploads)
                .map(request -> reserved(repository().claim(request)))
                .toList();

        List<Boolean> fit = Concurrently.run(reservations.stream()
                .<Callable<Boolean>>map(reservation -> () -> {
                    try {
                        return repository().complete(reservation).isPresent();
                    } catch (QuotaExceededException e) {
                        return false;
                    }
                })
                .toList());

        assertThat(fit).hasSize(uploads).filteredOn(done -> done).hasSize(3);
        assertThat(repository().usage(ALICE).images()).isEqualTo(3);
        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(3);
    }

    private static void assertExceeded(ThrowingCallable call) {
        assertThatExceptionOfType(QuotaExceededException.class).isThrownBy(call);
    }

    // ---- counts of what owners have

    @Test
    void nobodyIsMiscountedWhateverIsDone() {
        Image image = upload(ALICE, content(), "a.png");
        ImageDescriptor shared = content();
        upload(BOB, shared, "b.png");
        repository().claim(request(ALICE, shared));
        repository().adopt(adoption(BOB, content(), Optional.of(1L << 20)));
        repository().remove(ALICE, List.of(image.id()));
        Image ending = upload(ALICE, content(), "c.png");
        repository().change(ALICE, ending.id(), List.of(new ImageChange.ExpireAt(Optional.of(Instant.EPOCH))));
        repository().removeEnded(10);

        assertThat(repository().miscounts(() -> false)).isEmpty();
        assertThat(repository().usage(ALICE)).isEqualTo(new Usage(1, shared.size()));
    }

    @ParameterizedTest
    @CsvSource({"3, 1000", "0, -7", "-1, 0", "-5, -5000000"})
    void whoIsMiscountedIsToldAndCountedAnew(long images, long bytes) throws Exception {
        upload(ALICE, content(), "a.png");
        upload(ALICE, content(), "b.png");
        upload(BOB, content(), "c.png");
        Usage alices = repository().usage(ALICE);
        Usage bobs = repository().usage(BOB);

        miscount(ALICE, new Usage(images, bytes));

        Usage wrong = new Usage(alices.images() + images, alices.bytes() + bytes);
        assertThat(repository().usage(ALICE)).isEqualTo(wrong);
        assertThat(repository().miscounts(() -> false)).containsExactly(new Miscount(ALICE, wrong, alices));
        repository().recount(BOB);
        assertThat(repository().miscounts(() -> false)).hasSize(1);
        repository().recount(ALICE);
        repository().recount(ALICE);
        assertThat(repository().miscounts(() -> false)).isEmpty();
        assertThat(repository().usage(ALICE)).isEqualTo(alices);
        assertThat(repository().usage(BOB)).isEqualTo(bobs);
        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(2);
    }

    @Test
    void whoHasNothingIsMiscountedToo() throws Exception {
        miscount(BOB, new Usage(1, 1));
        miscount(ALICE, new Usage(2, 2));

        assertThat(repository().miscounts(() -> true)).isEmpty();
        assertThat(repository().miscounts(() -> false))
                .extracting(Miscount::owner)
                .containsExactly(ALICE, BOB);
        repository().recount(ALICE);
        repository().recount(BOB);
        repository().recount(new OwnerId(99));

        assertThat(repository().miscounts(() -> false)).isEmpty();
        assertThat(repository().usage(BOB)).isEqualTo(new Usage(0, 0));
    }

    /** Each count is wrong at first, so that of those who come and go some are counted before it is put right. */
    @Test
    void countingAnewLosesNothingThatComesOrGoesMeanwhile() throws Exception {
        int pairs = 4;
        List<OwnerId> owners =
                LongStream.rangeClosed(1, 10).mapToObj(OwnerId::new).toList();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (OwnerId owner : owners) {
            for (int i = 0; i < pairs; i++) {
                Image there = upload(owner, content(), "old.png");
                work.add(() -> upload(owner, content(), "new.png").id() > 0);
                work.add(() -> repository()
                                .remove(owner, List.of(there.id()))
                                .removed()
                                .size()
                        == 1);
            }
            miscount(owner, new Usage(11, 1111));
            work.add(() -> {
                repository().recount(owner);
                return repository().miscounts(() -> false).stream()
                        .noneMatch(count -> count.owner().equals(owner));
            });
        }
        Collections.shuffle(work);

        assertThat(Concurrently.run(work)).containsOnly(true);

        assertThat(repository().miscounts(() -> false)).isEmpty();
        assertThat(owners)
                .allSatisfy(
                        owner -> assertThat(repository().usage(owner).images()).isEqualTo(pairs));
    }

    // ---- who may see images, and how long

    @Test
    void aCompletionIsNotAnsweredWithAnImageThatHasEnded() throws Exception {
        Reservation<UploadRequest> first = reserved(repository().claim(shared(request(ALICE, content()), untilThen())));
        Image image = repository().complete(first).orElseThrow();
        markMissing(image);
        Reservation<UploadRequest> again =
                reserved(repository().claim(shared(request(ALICE, image.content()), untilThen())));
        letTimePass(Duration.ofMinutes(61));

        assertThat(repository().complete(first)).isEmpty();
        assertThat(repository().complete(again)).isEmpty();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(upload(request(ALICE, image.content())).sharing()).isEqualTo(Sharing.UNLIMITED);
    }

    @Test
    void whatIsMissingAndEndsIsExtendedToo() {
        Image image = upload(shared(request(ALICE, content()), untilThen()));
        markMissing(image);

        Reservation<UploadRequest> reservation = reserved(repository().claim(request(ALICE, image.content())));

        assertThat(repository().complete(reservation).map(Image::sharing)).contains(Sharing.UNLIMITED);
        assertThat(repository().findById(ALICE, image.id()).map(Image::sharing)).contains(Sharing.UNLIMITED);
    }

    @Test
    void whatHasEndedCountsUntilItIsRemovedAndIsListedNoMore() throws Exception {
        Image ends = upload(shared(request(ALICE, content()), untilThen()));
        Image stays = upload(shared(request(ALICE, content()), Sharing.UNLIMITED.visibility(Visibility.PRIVATE)));
        assertThat(repository().imagesAfter(0, 10)).containsExactly(ends, stays);

        letTimePass(Duration.ofMinutes(61));
        assertThat(repository().imagesAfter(0, 10)).extracting(Image::id).containsExactly(stays.id());
        assertThat(repository().usage(ALICE).images()).isEqualTo(2);

        repository().removeEnded(10);
        assertThat(repository().usage(ALICE))
                .isEqualTo(new Usage(1, stays.content().size()));
    }

    @Test
    void anUploadOfWhatHasEndedCountsOnce() throws Exception {
        Image ended = upload(shared(request(ALICE, content()), untilThen()));
        letTimePass(Duration.ofMinutes(61));

        upload(request(ALICE, ended.content()));

        assertThat(repository().usage(ALICE).images()).isOne();
    }

    @Test
    void anObjectIsAdoptedAsItWasShared() {
        ImageDescriptor content = content();
        Sharing sharing = new Sharing(Visibility.PRIVATE, Optional.of(inAnHour()), OptionalLong.of(2), 4);
        AdoptionRequest request = shared(adoption(ALICE, content, Optional.empty()), sharing);

        assertThat(adopted(repository().adopt(request)).sharing()).isEqualTo(sharing);
        assertRefused(adoption(ALICE, content, Optional.empty()), Obstacle.SHARED_OTHERWISE);
        assertThat(repository().adopt(shared(adoption(ALICE, content, Optional.empty()), sharing)))
                .isInstanceOf(Adoption.Folded.class);
    }

    // ---- adoption

    @Test
    void anObjectIsAdoptedWithItsNameItsDatesAndItsId() {
        AdoptionRequest request = adoption(ALICE, content(), Optional.of(4711L));

        Image image = adopted(repository().adopt(request));

        assertThat(image)
                .isEqualTo(new Image(
                        4711,
                        ALICE,
                        request.filename(),
                        request.originalName(),
                        request.content(),
                        request.objectKey(),
                        request.uploadedAt(),
                        request.updatedAt(),
                        request.sharing()));
        assertThat(repository().findById(ALICE, 4711)).contains(image);
        assertThat(repository().findByFilename(request.filename())).contains(image);
        assertThat(entry(request.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository().claim(request(ALICE, request.content()))).isEqualTo(new Claim.Existing<>(image));
        assertThat(upload(ALICE, content(), "next.png").id()).isGreaterThan(4711);
        assertThat(repository().remove(ALICE, List.of(4711L)).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(request.objectKey());
    }

    @Test
    void anAdoptionMayBeRepeated() {
        AdoptionRequest request = adoption(ALICE, content(), Optional.empty());
        Image image = adopted(repository().adopt(request));

        assertThat(repository().adopt(request)).isEqualTo(new Adoption.Known(image));

        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isOne();
        assertThat(repository().blobs(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void theOwnersSecondImageOfTheSameBytesIsFoldedIntoTheFirst() {
        ImageDescriptor content = content();
        Image first = adopted(repository().adopt(adoption(ALICE, content, Optional.of(10L))));
        AdoptionRequest second = adoption(ALICE, content, Optional.of(20L));

        assertThat(repository().adopt(second)).isEqualTo(new Adoption.Folded(first));
        assertThat(repository().adopt(second)).isEqualTo(new Adoption.Known(first));

        assertThat(repository().findByFilename(second.filename())).contains(first);
        assertThat(repository().findById(ALICE, 20)).contains(first);
        assertThat(repository().findById(BOB, 20)).isEmpty();
        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isOne();
        assertThat(entry(second.objectKey()).derived()).isTrue();
        assertThat(repository().adopt(adoption(ALICE, content(), Optional.of(20L))))
                .isEqualTo(new Adoption.Refused(Obstacle.ID_USED));
        assertThat(repository().claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(first));

        assertThat(repository().remove(ALICE, List.of(first.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(first.objectKey(), second.objectKey());
        assertThat(repository().findByFilename(second.filename())).isEmpty();
        assertThat(repository().findById(ALICE, 20)).isEmpty();
        assertThat(repository().adopt(second)).isEqualTo(new Adoption.Refused(Obstacle.FILENAME_USED));
    }

    @Test
    void anIdThatWasFoldedIsNeverThatOfANewImage() {
        ImageDescriptor content = content();
        Image first = adopted(repository().adopt(adoption(ALICE, content, Optional.of(10L))));
        repository().adopt(adoption(ALICE, content, Optional.of(12L)));

        for (int i = 0; i < 3; i++) {
            assertThat(upload(ALICE, content(), "next.png").id()).isGreaterThan(12);
        }
        assertThat(repository().findById(ALICE, 12)).contains(first);
    }

    @Test
    void twoImagesMayBeAdoptedFromOneObject() {
        AdoptionRequest first = adoption(ALICE, content(), Optional.empty());
        Image image = adopted(repository().adopt(first));

        assertThat(repository().adopt(at(first.objectKey(), adoption(ALICE, first.content(), Optional.empty()))))
                .isEqualTo(new Adoption.Folded(image));
        Image bobs =
                adopted(repository().adopt(at(first.objectKey(), adoption(BOB, first.content(), Optional.empty()))));

        assertThat(bobs.objectKey()).isEqualTo(first.objectKey());
        assertThat(repository().blobs(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void anotherOwnersBytesAreStoredOnceMoreOnlyInTheirOwnPlace() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        AdoptionRequest request = adoption(BOB, content, Optional.empty());

        Image bobs = adopted(repository().adopt(request));

        assertThat(bobs.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository().remove(ALICE, List.of(alices.id())).condemned()).isEmpty();
        assertThat(repository().remove(BOB, List.of(bobs.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(alices.objectKey(), request.objectKey());
    }

    @Test
    void whatContradictsIsNotAdopted() {
        AdoptionRequest known = adoption(ALICE, content(), Optional.of(5L));
        adopted(repository().adopt(known));
        AdoptionRequest other = adoption(ALICE, content(), Optional.empty());
        UploadRequest busy = request(ALICE, content());
        reserved(repository().claim(busy));
        Image deleted = upload(ALICE, content(), "a.png");
        repository().remove(ALICE, List.of(deleted.id()));

        assertRefused(named(known.filename(), other), Obstacle.FILENAME_USED);
        assertRefused(named(deleted.filename(), other), Obstacle.FILENAME_USED);
        assertRefused(adoption(ALICE, content(), Optional.of(5L)), Obstacle.ID_USED);
        assertRefused(at(known.objectKey(), other), Obstacle.OBJECT_USED);
        assertRefused(
                at(deleted.objectKey(), adoption(ALICE, deleted.content(), Optional.empty())), Obstacle.OBJECT_USED);
        assertRefused(adoption(ALICE, busy.content(), Optional.empty()), Obstacle.BUSY);
        assertRefused(at(busy.objectKey(), adoption(ALICE, busy.content(), Optional.empty())), Obstacle.BUSY);
        assertThatThrownBy(() -> repository().adopt(adoption(ALICE, resized(known.content()), Optional.empty())))
                .isInstanceOf(RepositoryException.class);
    }

    private void assertRefused(AdoptionRequest request, Obstacle obstacle) {
        int blobs = repository().blobs(Optional.empty(), 100).size();
        long images = repository().list(ImageQuery.of(ALICE)).totalItems();

        assertThat(repository().adopt(request)).isEqualTo(new Adoption.Refused(obstacle));

        assertThat(repository().blobs(Optional.empty(), 100)).hasSize(blobs);
        assertThat(repository().list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(images);
    }

    private static ImageDescriptor resized(ImageDescriptor content) {
        return new ImageDescriptor(
                content.digest(), content.size() + 1, content.type(), content.width(), content.height());
    }

    @Test
    void ofManyAdoptionsOfTheSameBytesOneIsAnImage() throws Exception {
        ImageDescriptor content = content();

        List<Adoption> adoptions =
                Concurrently.run(8, () -> repository().adopt(adoption(ALICE, content, Optional.empty())));

        assertThat(adoptions).filteredOn(Adoption.Adopted.class::isInstance).hasSize(1);
        assertThat(adoptions).filteredOn(Adoption.Folded.class::isInstance).hasSize(7);
        assertThat(repository().blobs(Optional.empty(), 10)).hasSize(8);
    }

    private static Image adopted(Adoption adoption) {
        assertThat(adoption).isInstanceOf(Adoption.Adopted.class);
        return ((Adoption.Adopted) adoption).image();
    }

    private static AdoptionRequest adoption(OwnerId owner, ImageDescriptor content, Optional<Long> id) {
        UploadRequest names = request(owner, content);
        return new AdoptionRequest(
                owner,
                id,
                content,
                new ObjectKey("old/" + names.filename()),
                names.filename(),
                "Old name.png",
                Instant.parse("2020-01-02T03:04:05.678Z"),
                Instant.parse("2021-01-02T03:04:05.678Z"),
                Sharing.UNLIMITED);
    }

    private static AdoptionRequest at(ObjectKey key, AdoptionRequest request) {
        return new AdoptionRequest(
                request.owner(),
                request.id(),
                request.content(),
                key,
                request.filename(),
                request.originalName(),
                request.uploadedAt(),
                request.updatedAt(),
                request.sharing());
    }

    private static AdoptionRequest named(String filename, AdoptionRequest request) {
        return new AdoptionRequest(
                request.owner(),
                request.id(),
                request.content(),
                request.objectKey(),
                filename,
                request.originalName(),
                request.uploadedAt(),
                request.updatedAt(),
                request.sharing());
    }

    private static AdoptionRequest withName(String originalName, AdoptionRequest request) {
        return new AdoptionRequest(
                request.owner(),
                request.id(),
                request.content(),
                request.objectKey(),
                request.filename(),
                originalName,
                request.uploadedAt(),
                request.updatedAt(),
                request.sharing());
    }

    private static AdoptionRequest withDate(Instant uploadedAt, AdoptionRequest request) {
        return new AdoptionRequest(
                request.owner(),
                request.id(),
                request.content(),
                request.objectKey(),
                request.filename(),
                request.originalName(),
                uploadedAt,
                request.updatedAt(),
                request.sharing());
    }

    // ---- archive

    @Test
    void listsTheImagesOfAllOwnersInTheOrderOfTheirIds() {
        ImageDescriptor shared = content();
        List<Image> images = List.of(
                upload(ALICE, shared, "a.png"),
                upload(ALICE, content(), "b.png"),
                attached(repository().claim(request(BOB, shared))),
                upload(BOB, content(), "c.png"));
        Image deleted = upload(ALICE, content(), "d.png");
        repository().remove(ALICE, List.of(deleted.id()));

        assertThat(repository().imagesAfter(0, ImageArchive.MAX_LIMIT)).isEqualTo(images);
        assertThat(repository().imagesAfter(0, 3)).isEqualTo(images.subList(0, 3));
        assertThat(repository().imagesAfter(images.get(2).id(), 3)).isEqualTo(images.subList(3, 4));
        assertThat(repository().imagesAfter(images.get(3).id(), 3)).isEmpty();
        assertThatThrownBy(() -> repository().imagesAfter(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository().imagesAfter(0, ImageArchive.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsFurtherNamesWithTheirObjects() {
        ImageDescriptor content = content();
        ImageDescriptor otherwiseStored = new ImageDescriptor(
                content.digest(), content.size(), content.type(), content.width(), content.height(), digest(), 1111);
        AdoptionRequest first = adoption(BOB, content, Optional.of(10L));
        AdoptionRequest copy = named("b" + first.filename(), adoption(BOB, otherwiseStored, Optional.of(20L)));
        AdoptionRequest sameObject =
                named("a" + first.filename(), at(first.objectKey(), adoption(BOB, content, Optional.empty())));
        Image image = adopted(repository().adopt(first));
        repository().adopt(copy);
        repository().adopt(sameObject);
        Image other = upload(ALICE, content(), "a.png");
        AdoptionRequest others = at(other.objectKey(), adoption(ALICE, other.content(), Optional.of(30L)));
        repository().adopt(others);

        assertThat(repository().furtherNames(List.of(other.id(), image.id(), 4711L)))
                .containsExactly(
                        name(image, sameObject, content),
                        name(image, copy, otherwiseStored),
                        name(other, others, other.content()));
        assertThat(repository().furtherNames(List.of(other.id()))).hasSize(1);
        assertThat(repository().furtherNames(List.of())).isEmpty();
        repository().remove(BOB, List.of(image.id()));
        assertThat(repository().furtherNames(List.of(image.id()))).isEmpty();
        assertThatThrownBy(() -> repository()
                        .furtherNames(LongStream.rangeClosed(1, ImageArchive.MAX_LIMIT + 1)
                                .boxed()
                                .toList()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FurtherName name(Image image, AdoptionRequest request, ImageDescriptor content) {
        return new FurtherName(
                image.owner(),
                image.id(),
                request.filename(),
                request.id(),
                request.objectKey(),
                content.storedDigest(),
                content.storedSize());
    }

    // ---- the right to repair

    @Test
    void oneHolderAtATimeMayRepair() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThat(repository().takeRepair(first, TURN)).isTrue();
        assertThat(repository().takeRepair(second, TURN)).isFalse();
        assertThat(repository().takeRepair(second, TURN)).isFalse();
        assertThat(repository().keepRepair(second, TURN)).isFalse();
        repository().endRepair(second);
        assertThat(repository().keepRepair(first, TURN)).isTrue();
        assertThat(repository().takeRepair(first, TURN)).as("once more").isTrue();

        repository().endRepair(first);
        repository().endRepair(first);
        assertThat(repository().keepRepair(first, TURN)).isFalse();
        assertThat(repository().takeRepair(second, TURN)).isTrue();
    }

    @Test
    void ofManyWhoWantToRepairAtOnceOneMay() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<UUID> holders = Stream.generate(UUID::randomUUID).limit(4).toList();
            List<Callable<Boolean>> attempts = holders.stream()
                    .map(holder -> (Callable<Boolean>) () -> repository().takeRepair(holder, TURN))
                    .toList();

            assertThat(Concurrently.run(attempts)).containsOnlyOnce(true);
            letTimePass(TURN.plusSeconds(1));
        }
    }

    @Test
    void whoeverIsAliveMayGoOnRepairing() throws Exception {
        UUID alive = UUID.randomUUID();
        repository().takeRepair(alive, TURN);

        for (int i = 0; i < 3; i++) {
            letTimePass(TURN.minusSeconds(10));
            assertThat(repository().takeRepair(UUID.randomUUID(), TURN)).isFalse();
            assertThat(repository().keepRepair(alive, TURN)).isTrue();
        }
    }

    @Test
    void whoeverDiedIsTakenOverFromInTheEnd() throws Exception {
        UUID dead = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        repository().takeRepair(dead, TURN);
        letTimePass(TURN.plusSeconds(1));

        assertThat(repository().keepRepair(dead, TURN))
                .as("nobody has taken it yet")
                .isTrue();
        letTimePass(TURN.plusSeconds(1));
        assertThat(repository().takeRepair(next, TURN)).isTrue();
        assertThat(repository().keepRepair(dead, TURN)).isFalse();
        repository().endRepair(dead);
        assertThat(repository().keepRepair(next, TURN)).isTrue();

        repository().endRepair(next);
        assertThat(repository().keepRepair(dead, TURN))
                .as("somebody else has repaired meanwhile")
                .isFalse();
    }
}
