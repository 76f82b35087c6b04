package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.MoreCollectors;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageCursor;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.OwnerStatistics;
import io.github.imagehost.core.model.Quota;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.SortDirection;
import io.github.imagehost.core.model.SortField;
import io.github.imagehost.core.model.Statistics;
import io.github.imagehost.core.model.Statistics.Share;
import io.github.imagehost.core.model.Usage;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.port.repository.AdministrableRepository;
import io.github.imagehost.core.port.repository.Adoption;
import io.github.imagehost.core.port.repository.Adoption.Obstacle;
import io.github.imagehost.core.port.repository.AdoptionRequest;
import io.github.imagehost.core.port.repository.BacklogCatalog.Backlog;
import io.github.imagehost.core.port.repository.BlobCatalog;
import io.github.imagehost.core.port.repository.BlobEntry;
import io.github.imagehost.core.port.repository.BlobEntry.State;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.ClaimRequest;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.FurtherName;
import io.github.imagehost.core.port.repository.ImageArchive;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.Miscount;
import io.github.imagehost.core.port.repository.QuotaExceededException;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AdministrableRepository} promises. A subclass supplies the repository, empty at first. */
public abstract class MetadataRepositoryContract {

    private static final OwnerId ALICE = new OwnerId(1);
    private static final OwnerId BOB = new OwnerId(2);
    private static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));
    private static final Duration TURN = Duration.ofMinutes(2);
    private static final AtomicLong COUNTER = new AtomicLong();

    private AdministrableRepository repository;

    /** A repository with nothing in it. */
    protected abstract AdministrableRepository createRepository() throws Exception;

    /** Makes the repository believe that this much time has passed for all that it knows. */
    protected abstract void letTimePass(Duration duration) throws Exception;

    /** Makes the repository count this for an owner, whatever images it has. */
    protected abstract void miscount(OwnerId owner, Usage more) throws Exception;

    @BeforeEach
    final void openRepository() throws Exception {
        repository = createRepository();
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isZero();
        assertThat(repository.condemned(0, 10)).isEmpty();
    }

    @AfterEach
    final void closeRepository() {
        repository.close();
    }

    /** The repository under test. */
    protected final AdministrableRepository repository() {
        return repository;
    }

    // ---- claim

    @Test
    void newContentIsReservedUnderTheRequestedKey() {
        UploadRequest request = request(ALICE, content());

        Reservation<UploadRequest> reservation = reserved(repository.claim(request));

        assertThat(reservation.request()).isEqualTo(request);
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isZero();
        assertThat(repository.findByFilename(request.filename())).isEmpty();
    }

    @Test
    void contentThatSomebodyIsStoringIsBusyForEverybodyElse() {
        ImageDescriptor content = content();
        reserved(repository.claim(request(ALICE, content)));

        assertThat(repository.claim(request(ALICE, content))).isInstanceOf(Claim.Busy.class);
        assertThat(repository.claim(request(BOB, content))).isInstanceOf(Claim.Busy.class);
    }

    @Test
    void aRepeatedClaimGivesTheSameReservation() {
        UploadRequest request = request(ALICE, content());
        Reservation<UploadRequest> first = reserved(repository.claim(request));

        assertThat(reserved(repository.claim(request))).isEqualTo(first);
    }

    @Test
    void contentThatTheOwnerHasIsExisting() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "first.png");

        Claim<UploadRequest, Image> claim = repository.claim(request(ALICE, content, "second.png"));

        assertThat(claim).isEqualTo(new Claim.Existing<>(image));
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isOne();
    }

    @Test
    void contentOfAnotherOwnerIsAttached() {
        ImageDescriptor content = content();
        Image first = upload(ALICE, content, "alice.png");
        UploadRequest request = request(BOB, content, "bob.png");

        Image second = attached(repository.claim(request));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.owner()).isEqualTo(BOB);
        assertThat(second.filename()).isEqualTo(request.filename());
        assertThat(second.originalName()).isEqualTo("bob.png");
        assertThat(second.content()).isEqualTo(content);
        assertThat(second.objectKey()).isEqualTo(first.objectKey());
        assertThat(repository.findByFilename(second.filename())).contains(second);
        assertThat(repository.claim(request(BOB, content))).isEqualTo(new Claim.Existing<>(second));
    }

    @Test
    void aRepeatedClaimGivesTheSameAttachedImage() {
        ImageDescriptor content = content();
        upload(ALICE, content, "alice.png");
        UploadRequest request = request(BOB, content);
        Image image = attached(repository.claim(request));

        assertThat(attached(repository.claim(request))).isEqualTo(image);
    }

    @Test
    void aClaimRepeatedAfterItsOwnCompletionGivesItsImage() {
        UploadRequest request = request(ALICE, content());
        Image image = upload(request);

        assertThat(attached(repository.claim(request))).isEqualTo(image);
    }

    @Test
    void aRepeatedClaimGivesItsReservationAlsoWhenTheLeaseRanOut() throws Exception {
        UploadRequest request = request(ALICE, content());
        Reservation<UploadRequest> first = reserved(repository.claim(request));
        letTimePass(LEASE.duration().plusSeconds(1));

        assertThat(reserved(repository.claim(request))).isEqualTo(first);
    }

    @Test
    void aReservationWhoseLeaseRanOutIsTakenOverUnderANewKey() throws Exception {
        ImageDescriptor content = content();
        Reservation<UploadRequest> lost = reserved(repository.claim(request(ALICE, content)));
        letTimePass(LEASE.duration().minusSeconds(10));
        assertThat(repository.claim(request(BOB, content))).isInstanceOf(Claim.Busy.class);
        letTimePass(Duration.ofSeconds(11));

        Reservation<UploadRequest> taken = reserved(repository.claim(request(BOB, content)));

        assertThat(taken.blobId()).isNotEqualTo(lost.blobId());
        assertThat(repository.complete(lost)).isEmpty();
        assertThat(repository.complete(taken)).isPresent();
        assertThat(repository.condemned(0, 10))
                .containsExactly(new CondemnedBlob(lost.blobId(), lost.request().objectKey(), false));
    }

    @Test
    void theSameDigestWithAnotherSizeIsCorruption() {
        ImageDescriptor content = content();
        upload(ALICE, content, "a.png");

        assertThatThrownBy(() -> repository.claim(request(ALICE, oneByteLonger(content))))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining(content.digest().toString());
    }

    @Test
    void aClaimThatFindsCorruptionChangesNothing() throws Exception {
        Image image = upload(shared(request(ALICE, content()), untilThen()));
        UploadRequest corrupt = request(ALICE, oneByteLonger(image.content()));

        assertThatThrownBy(() -> repository.claim(corrupt)).isInstanceOf(RepositoryException.class);
        assertThat(repository.findById(ALICE, image.id())).contains(image);

        letTimePass(Duration.ofMinutes(61));
        assertThatThrownBy(() -> repository.claim(corrupt)).isInstanceOf(RepositoryException.class);
        assertThat(repository.list(ImageQuery.of(ALICE)).images())
                .extracting(Image::id)
                .containsExactly(image.id());
    }

    private static ImageDescriptor oneByteLonger(ImageDescriptor content) {
        return new ImageDescriptor(
                content.digest(), content.size() + 1, content.type(), content.width(), content.height());
    }

    // ---- complete and abandon

    @Test
    void completingMakesTheImage() {
        UploadRequest request = request(ALICE, content(), "图片 😀 测试.png");
        Reservation<UploadRequest> reservation = reserved(repository.claim(request));

        Image image = repository.complete(reservation).orElseThrow();

        assertThat(image.owner()).isEqualTo(ALICE);
        assertThat(image.filename()).isEqualTo(request.filename());
        assertThat(image.originalName()).isEqualTo("图片 😀 测试.png");
        assertThat(image.content()).isEqualTo(request.content());
        assertThat(image.objectKey()).isEqualTo(request.objectKey());
        assertThat(image.uploadedAt())
                .isEqualTo(image.updatedAt())
                .isEqualTo(image.uploadedAt().truncatedTo(ChronoUnit.MILLIS));
        assertThat(repository.findById(ALICE, image.id())).contains(image);
        assertThat(repository.findByFilename(image.filename())).contains(image);
        assertThat(repository.list(ImageQuery.of(ALICE)).images()).containsExactly(image);
    }

    @Test
    void completingMayBeRepeated() {
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content())));
        Optional<Image> first = repository.complete(reservation);

        assertThat(first).isPresent();
        assertThat(repository.complete(reservation)).isEqualTo(first);
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isOne();
    }

    @Test
    void aLeaseThatRanOutMayStillBeCompletedUntilSomebodyCondemnsIt() throws Exception {
        Reservation<UploadRequest> late = reserved(repository.claim(request(ALICE, content())));
        Reservation<UploadRequest> tooLate = reserved(repository.claim(request(ALICE, content())));
        letTimePass(LEASE.duration().plusSeconds(1));
        assertThat(repository.complete(late)).isPresent();

        assertThat(repository.condemnExpired()).isOne();

        assertThat(repository.complete(tooLate)).isEmpty();
    }

    @Test
    void anAbandonedReservationFreesItsContentAndKeepsItsKeyUntilTheQuarantineIsOver() throws Exception {
        ImageDescriptor content = content();
        Reservation<UploadRequest> abandoned = reserved(repository.claim(request(ALICE, content)));
        CondemnedBlob unsettled =
                new CondemnedBlob(abandoned.blobId(), abandoned.request().objectKey(), false);

        repository.abandon(abandoned);
        repository.abandon(abandoned);

        assertThat(repository.complete(abandoned)).isEmpty();
        assertThat(repository.condemned(0, 10)).containsExactly(unsettled);
        reserved(repository.claim(request(ALICE, content)));
        repository.forget(List.of(unsettled));
        assertThat(repository.condemned(0, 10)).isEmpty();
        letTimePass(LEASE.duration().plus(LEASE.quarantine()).plusSeconds(1));
        CondemnedBlob settled = new CondemnedBlob(unsettled.blobId(), unsettled.objectKey(), true);
        assertThat(repository.condemned(0, 10)).containsExactly(settled);
        repository.forget(List.of(settled));
        repository.forget(List.of(settled));
        assertThat(repository.condemned(0, 10)).isEmpty();
    }

    @Test
    void abandoningACompletedReservationChangesNothing() {
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content())));
        Image image = repository.complete(reservation).orElseThrow();

        repository.abandon(reservation);

        assertThat(repository.findById(ALICE, image.id())).contains(image);
        assertThat(repository.condemned(0, 10)).isEmpty();
    }

    // ---- find

    @Test
    void theAbsentIsNotFound() {
        assertThat(repository.findById(ALICE, Long.MAX_VALUE)).isEmpty();
        assertThat(repository.findByFilename("nobody.png")).isEmpty();
        assertThat(repository.findByFilename("../../etc/passwd\u0000' OR 1=1 -- 😀"))
                .isEmpty();
        assertThat(repository.findByFilename("")).isEmpty();
    }

    @Test
    void filenamesAreComparedExactly() {
        Image image = upload(ALICE, content(), "a.png");

        assertThat(repository.findByFilename(image.filename().toUpperCase(Locale.ROOT)))
                .isEmpty();
        assertThat(repository.findByFilename(image.filename() + " ")).isEmpty();
    }

    @Test
    void anotherOwnersImageIsNotFoundById() {
        Image image = upload(ALICE, content(), "a.png");

        assertThat(repository.findById(BOB, image.id())).isEmpty();
    }

    // ---- list

    @Test
    void listsOnlyTheOwnersImages() {
        Image alices = upload(ALICE, content(), "a.png");
        Image bobs = upload(BOB, content(), "b.png");

        assertThat(repository.list(ImageQuery.of(ALICE)).images()).containsExactly(alices);
        assertThat(repository.list(ImageQuery.of(BOB)).images()).containsExactly(bobs);
    }

    @Test
    void anEmptyListHasNoPages() {
        ImagePage page = repository.list(ImageQuery.of(ALICE));

        assertThat(page.images()).isEmpty();
        assertThat(page.totalItems()).isZero();
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void pagesAndCursorsNeverRepeatOrSkipInAnyOrder(SortField field) {
        List<Image> all = uploadSeveral(23);
        for (SortDirection direction : SortDirection.values()) {
            List<Image> expected = new ArrayList<>(all);
            expected.sort(order(field, direction));
            ImageQuery query = ImageQuery.of(ALICE).sortedBy(field, direction).limit(5);

            List<Image> byPage = new ArrayList<>();
            for (int page = 1; page <= 5; page++) {
                ImagePage answer = repository.list(query.page(page));
                assertThat(answer.totalItems()).isEqualTo(23);
                assertThat(answer.next().isPresent()).isEqualTo(page < 5);
                byPage.addAll(answer.images());
            }
            assertThat(byPage).isEqualTo(expected);

            List<Image> byCursor = new ArrayList<>();
            Optional<ImageQuery> next = Optional.of(query);
            while (next.isPresent()) {
                ImagePage answer = repository.list(next.get());
                assertThat(answer.totalItems()).isEqualTo(23);
                byCursor.addAll(answer.images());
                next = answer.next().map(cursor -> query.from(ImageCursor.decode(cursor.encode())));
            }
            assertThat(byCursor).isEqualTo(expected);
        }
    }

    @Test
    void namesAreInTheOrderOfCodePoints() {
        List<Image> expected = Stream.of("a", "a ", "a.png", "b", "ä", "图", "\uFF01", "😀")
                .map(name -> upload(ALICE, content(), name))
                .toList();
        ImageQuery query = ImageQuery.of(ALICE).sortedBy(SortField.ORIGINAL_NAME, SortDirection.ASCENDING);

        assertThat(repository.list(query).images()).isEqualTo(expected);
        ImageCursor afterFullwidth = ImageCursor.after(expected.get(6), SortField.ORIGINAL_NAME, query.direction(), 2);
        assertThat(repository.list(query.from(afterFullwidth)).images()).containsExactly(expected.get(7));
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void aCursorMayHoldAnyKey(SortField field) {
        uploadSeveral(3);
        for (SortDirection direction : SortDirection.values()) {
            for (String key : keysOfAnyKind(field)) {
                ImageCursor cursor = new ImageCursor(field, direction, key, 1, 2);

                ImagePage page = repository.list(ImageQuery.of(ALICE).from(cursor));

                assertThat(page.images().size()).isIn(0, 3);
                assertThat(page.totalItems()).isEqualTo(3);
            }
        }
    }

    private static List<String> keysOfAnyKind(SortField field) {
        return field.isNumber()
                ? List.of(Long.toString(Long.MIN_VALUE), "-1", Long.toString(Long.MAX_VALUE))
                : List.of("", "\u0000", "图😀", "~".repeat(2000));
    }

    @Test
    void aCursorContinuesBehindAnImageThatIsGone() {
        List<Image> all = uploadSeveral(9);
        ImageQuery query = ImageQuery.of(ALICE)
                .sortedBy(SortField.ID, SortDirection.ASCENDING)
                .limit(4);
        ImageCursor cursor = repository.list(query).next().orElseThrow();
        repository.remove(ALICE, List.of(all.get(3).id()));

        assertThat(repository.list(query.from(cursor)).images()).isEqualTo(all.subList(4, 8));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 1_000_000, Long.MAX_VALUE})
    void behindTheLastPageThereIsNothing(long page) {
        uploadSeveral(3);

        ImagePage answer = repository.list(ImageQuery.of(ALICE).page(page));

        assertThat(answer.images()).isEmpty();
        assertThat(answer.totalItems()).isEqualTo(3);
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void searchesAnywhereInTheNameWithoutRegardToCase() {
        Image cat = upload(ALICE, content(), "My CAT.png");
        Image chinese = upload(ALICE, content(), "图片测试.png");
        Image emoji = upload(ALICE, content(), "party 😀.gif");
        Image umlaut = upload(ALICE, content(), "ÄPFEL.webp");

        assertThat(search("cat")).containsExactly(cat);
        assertThat(search("y c")).containsExactly(cat);
        assertThat(search("片测")).containsExactly(chinese);
        assertThat(search("😀")).containsExactly(emoji);
        assertThat(search("🎉")).isEmpty();
        assertThat(search("äpfel")).containsExactly(umlaut);
        assertThat(search("apfel")).isEmpty();
        assertThat(search(".PNG")).containsExactlyInAnyOrder(cat, chinese);
        assertThat(search("dog")).isEmpty();
    }

    @Test
    void searchTakesEveryCharacterLiterally() {
        Image percent = upload(ALICE, content(), "100% done.png");
        Image underscore = upload(ALICE, content(), "snake_case.png");
        Image backslash = upload(ALICE, content(), "back\\slash.png");
        Image quote = upload(ALICE, content(), "it's [a|b]!.png");

        assertThat(search("%")).containsExactly(percent);
        assertThat(search("_")).containsExactly(underscore);
        assertThat(search("\\")).containsExactly(backslash);
        assertThat(search("'")).containsExactly(quote);
        assertThat(search("[a|b]!")).containsExactly(quote);
        assertThat(search("%%")).isEmpty();
    }

    @Test
    void searchCountsAndPagesWhatItFinds() {
        for (int i = 0; i < 7; i++) {
            upload(ALICE, content(), i % 2 == 0 ? "even" + i + ".png" : "odd" + i + ".png");
        }
        ImageQuery query = ImageQuery.of(ALICE).search("even").limit(3);

        ImagePage first = repository.list(query);

        assertThat(first.totalItems()).isEqualTo(4);
        assertThat(first.images()).hasSize(3);
        ImagePage second = repository.list(query.from(first.next().orElseThrow()));
        assertThat(second.totalItems()).isEqualTo(4);
        assertThat(second.images()).hasSize(1);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void searchFindsAnImageByItsDigestItsFilenameOrALink() {
        Image image = upload(ALICE, content(), "a.png");
        upload(ALICE, content(), "b.png");
        Image bobs = attached(repository.claim(request(BOB, image.content())));
        String digest = image.content().digest().hex();

        assertThat(search(digest)).containsExactly(image);
        assertThat(search(digest.toUpperCase(Locale.ROOT))).containsExactly(image);
        assertThat(search(digest.substring(1))).isEmpty();
        assertThat(search(image.filename())).containsExactly(image);
        assertThat(search("http://localhost/i/" + image.filename())).containsExactly(image);
        assertThat(search(" https://example.com/i/" + image.filename() + "/thumb?w=1#top "))
                .containsExactly(image);
        assertThat(search(image.filename().substring(1))).isEmpty();
        assertThat(search("http://localhost/i/")).isEmpty();
        assertThat(search(bobs.filename())).isEmpty();
        ImageQuery ofBob = ImageQuery.of(BOB);
        assertThat(repository.list(ofBob.search(bobs.filename())).images()).containsExactly(bobs);
        assertThat(repository
                        .list(ofBob.search("http://store/" + bobs.objectKey()))
                        .images())
                .containsExactly(bobs);
        assertThat(repository
                        .list(ofBob.filter(ImageFilter.ALL.text(digest).type(ImageType.GIF)))
                        .images())
                .isEmpty();
    }

    @Test
    void searchFindsNamesThatContainALinkOrDigestAsWell() {
        Image image = upload(ALICE, content(), "a.png");
        Image byName = upload(ALICE, content(), "copy of " + image.filename());
        Image byDigest = upload(ALICE, content(), image.content().digest().hex() + ".png");

        assertThat(search(image.filename())).containsExactlyInAnyOrder(image, byName);
        assertThat(search(image.content().digest().hex())).containsExactlyInAnyOrder(image, byDigest);
    }

    @Test
    void searchFindsAnImageByItsFurtherName() {
        ImageDescriptor content = content();
        Image image = adopted(repository.adopt(adoption(ALICE, content, Optional.empty())));
        AdoptionRequest further = adoption(ALICE, content, Optional.empty());
        repository.adopt(further);

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
            all.add(adopted(repository.adopt(withDate(date, adoption(ALICE, content(), Optional.of(id))))));
        }
        repository.remove(ALICE, List.of(all.remove(33).id(), all.remove(0).id()));
        for (SortDirection direction : SortDirection.values()) {
            List<Image> expected = new ArrayList<>(all);
            expected.sort(order(field, direction));
            ImageQuery query = ImageQuery.of(ALICE).sortedBy(field, direction).limit(7);

            for (int page = 0; page < 9; page++) {
                ImagePage answer = repository.list(query.page(page + 1));
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
            all.add(adopted(repository.adopt(withName(name, adoption(ALICE, content(), Optional.of(id))))));
        }
        assertSearchesFind(all);

        tidyUp();
        assertSearchesFind(all);

        repository.remove(ALICE, all.stream().limit(50).map(Image::id).toList());
        all.subList(0, 50).clear();
        assertSearchesFind(all);
        AdoptionRequest late = withName("IMG_late 图片.png", adoption(ALICE, content(), Optional.of(100L)));
        all.add(adopted(repository.adopt(late)));
        assertSearchesFind(all);

        tidyUp();
        assertSearchesFind(all);
        tidyUp();
        assertThat(repository.list(ImageQuery.of(BOB).search("img")).totalItems())
                .isZero();
    }

    /** What an implementation does now and then to keep lists and searches fast; nothing, if it does nothing. */
    protected void tidyUp() {}

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
                    ImagePage page = repository.list(next.get());
                    assertThat(page.totalItems()).as(text).isEqualTo(expected.size());
                    assertThat(page.totalIsEstimate()).isFalse();
                    found.addAll(page.images());
                    next = page.next().map(query::from);
                }
                assertThat(found).as(text).isEqualTo(expected);
                assertThat(repository.list(query.page(2)).images())
                        .as(text)
                        .isEqualTo(expected.stream().skip(40).limit(40).toList());
            }
        }
    }

    /** The last ones are those that grow most when they are folded. */
    @ParameterizedTest
    @ValueSource(strings = {"图", "😀", "\uFB2C", "\uD834\uDD60"})
    void keepsTheLongestNames(String character) {
        String name = character.repeat(251 / character.length()) + ".png";

        Image image = upload(ALICE, content(), name);

        assertThat(repository.findById(ALICE, image.id()).orElseThrow().originalName())
                .isEqualTo(name);
        assertThat(search(character + ".png")).containsExactly(image);
    }

    // ---- remove, condemn, forget

    @Test
    void removingTheLastImageCondemnsTheBlob() throws Exception {
        Image image = upload(ALICE, content(), "a.png");
        letTimePass(LEASE.duration().plus(LEASE.quarantine()).plusSeconds(1));

        Removal removal = repository.remove(ALICE, List.of(image.id(), image.id(), Long.MAX_VALUE));

        assertThat(removal.removed()).containsExactly(image.id());
        assertThat(removal.condemned()).hasSize(1);
        CondemnedBlob blob = removal.condemned().get(0);
        assertThat(blob.objectKey()).isEqualTo(image.objectKey());
        assertThat(blob.settled()).isTrue();
        assertThat(repository.findById(ALICE, image.id())).isEmpty();
        assertThat(repository.findByFilename(image.filename())).isEmpty();
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isZero();
        assertThat(repository.condemned(0, 10)).containsExactly(blob);
        repository.forget(List.of(blob));
        assertThat(repository.condemned(0, 10)).isEmpty();
    }

    @Test
    void aBlobThatWasReservedRecentlyIsNotSettledWhenItIsCondemned() {
        Image image = upload(ALICE, content(), "a.png");

        Removal removal = repository.remove(ALICE, List.of(image.id()));

        assertThat(removal.condemned())
                .singleElement()
                .satisfies(blob -> assertThat(blob.settled()).isFalse());
    }

    @Test
    void removingOneOwnersImageLeavesTheOthers() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        Image bobs = attached(repository.claim(request(BOB, content)));

        Removal first = repository.remove(ALICE, List.of(alices.id()));

        assertThat(first.condemned()).isEmpty();
        assertThat(repository.findById(BOB, bobs.id())).contains(bobs);
        assertThat(repository.remove(BOB, List.of(bobs.id())).condemned()).hasSize(1);
    }

    @Test
    void nobodyRemovesAnotherOwnersImage() {
        Image image = upload(ALICE, content(), "a.png");

        Removal removal = repository.remove(BOB, List.of(image.id()));

        assertThat(removal.removed()).isEmpty();
        assertThat(removal.condemned()).isEmpty();
        assertThat(repository.findById(ALICE, image.id())).contains(image);
    }

    @Test
    void removingAgainFindsNothing() {
        Image image = upload(ALICE, content(), "a.png");
        repository.remove(ALICE, List.of(image.id()));

        Removal again = repository.remove(ALICE, List.of(image.id()));

        assertThat(again.removed()).isEmpty();
        assertThat(again.condemned()).isEmpty();
        assertThat(repository.remove(ALICE, List.of()).removed()).isEmpty();
    }

    @Test
    void removesManyAtOnce() {
        List<Image> images = uploadSeveral(120);

        Removal removal =
                repository.remove(ALICE, images.stream().map(Image::id).toList());

        assertThat(removal.removed()).hasSize(120);
        assertThat(removal.condemned()).hasSize(120);
    }

    @Test
    void removesAnyNumberOfIds() {
        List<Long> images = uploadSeveral(3).stream().map(Image::id).toList();
        List<Long> ids = new ArrayList<>(images);
        LongStream.range(1, 2500).forEach(i -> ids.add(images.get(2) + i));

        Removal removal = repository.remove(ALICE, ids);

        assertThat(removal.removed()).containsExactlyInAnyOrderElementsOf(images);
        assertThat(removal.condemned()).hasSize(3);
    }

    @Test
    void contentUploadedAgainAfterItsRemovalGetsANewImageAndANewKey() {
        ImageDescriptor content = content();
        Image first = upload(ALICE, content, "a.png");
        CondemnedBlob condemned =
                repository.remove(ALICE, List.of(first.id())).condemned().get(0);

        Image second = upload(ALICE, content, "a.png");

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.objectKey()).isNotEqualTo(first.objectKey());
        repository.forget(List.of(condemned));
        assertThat(repository.findById(ALICE, second.id())).contains(second);
    }

    @Test
    void aReattachedOwnerMayDeleteAndUploadAgainAndAgain() {
        ImageDescriptor content = content();
        upload(ALICE, content, "a.png");

        for (int i = 0; i < 3; i++) {
            Image image = attached(repository.claim(request(BOB, content)));
            assertThat(repository.remove(BOB, List.of(image.id())).removed()).containsExactly(image.id());
        }
    }

    @Test
    void condemnsExactlyTheReservationsWhoseLeaseRanOut() throws Exception {
        Reservation<UploadRequest> expired = reserved(repository.claim(request(ALICE, content())));
        letTimePass(LEASE.duration().plusSeconds(1));
        Reservation<UploadRequest> running = reserved(repository.claim(request(ALICE, content())));
        upload(ALICE, content(), "a.png");

        assertThat(repository.condemnExpired()).isOne();
        assertThat(repository.condemnExpired()).isZero();

        assertThat(repository.condemned(0, 10))
                .extracting(CondemnedBlob::blobId)
                .containsExactly(expired.blobId());
        assertThat(repository.complete(running)).isPresent();
    }

    @Test
    void aWalkOverTheCondemnedGetsPastThoseThatStay() {
        List<Image> images = uploadSeveral(7);
        repository.remove(ALICE, images.stream().map(Image::id).toList());

        List<CondemnedBlob> first = repository.condemned(0, 3);
        List<CondemnedBlob> second = repository.condemned(first.get(2).blobId(), 3);
        List<CondemnedBlob> third = repository.condemned(second.get(2).blobId(), 3);

        assertThat(third).hasSize(1);
        List<CondemnedBlob> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        assertThat(all).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.comparingLong(CondemnedBlob::blobId));
    }

    @Test
    void forgettingALiveBlobChangesNothing() {
        ImageDescriptor content = content();
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));
        Image image = repository.complete(reservation).orElseThrow();

        repository.forget(List.of(new CondemnedBlob(reservation.blobId(), image.objectKey(), true)));

        assertThat(repository.claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(image));
        repository.forget(List.of());
    }

    @Test
    void aClaimRepeatedAfterTheRemovalOfItsImageIsNotAnsweredWithAnotherOne() throws Exception {
        ImageDescriptor content = content();
        upload(ALICE, content, "a.png");
        UploadRequest request = request(BOB, content);
        Image image = attached(repository.claim(request));
        repository.remove(BOB, List.of(image.id()));

        assertThat(repository.claim(request)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository.findByFilename(request.filename())).isEmpty();
    }

    @Test
    void aReservationIsLostWhenItsBlobIsCondemned() {
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content())));
        assertThat(repository.isLost(reservation.objectKey())).isFalse();

        repository.abandon(reservation);

        assertThat(repository.isLost(reservation.objectKey())).isTrue();
    }

    @Test
    void aReservationIsNotLostWhileAnotherOwnerHasItsBlob() {
        ImageDescriptor content = content();
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));
        Image alices = repository.complete(reservation).orElseThrow();
        Image bobs = attached(repository.claim(request(BOB, content)));

        repository.remove(ALICE, List.of(alices.id()));

        assertThat(repository.complete(reservation)).isEmpty();
        assertThat(repository.isLost(reservation.objectKey())).isFalse();
        repository.remove(BOB, List.of(bobs.id()));
        assertThat(repository.isLost(reservation.objectKey())).isTrue();
    }

    @Test
    void aRepeatedCompletionDoesNotAnswerAnotherImage() {
        ImageDescriptor content = content();
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));
        Image first = repository.complete(reservation).orElseThrow();
        attached(repository.claim(request(BOB, content)));
        repository.remove(ALICE, List.of(first.id()));
        attached(repository.claim(request(ALICE, content)));

        assertThat(repository.complete(reservation)).isEmpty();
    }

    /** No image and no live blob is there any more: only the name is remembered. */
    @Test
    void aClaimRepeatedAfterTheRemovalOfItsContentReservesNothing() throws Exception {
        ImageDescriptor content = content();
        Image first = upload(ALICE, content, "a.png");
        UploadRequest request = request(BOB, content);
        Image image = attached(repository.claim(request));
        repository.remove(BOB, List.of(image.id()));
        repository.remove(ALICE, List.of(first.id()));

        assertThat(repository.claim(request)).isEqualTo(new Claim.KeyUsed<>());

        assertThat(repository.findByFilename(request.filename())).isEmpty();
        reserved(repository.claim(request(ALICE, content)));
    }

    @Test
    void aClaimWhoseReservationWasLostIsNotAnsweredWithAnotherOne() {
        UploadRequest request = request(ALICE, content());
        Reservation<UploadRequest> reservation = reserved(repository.claim(request));
        repository.abandon(reservation);

        assertThat(repository.claim(request)).isEqualTo(new Claim.KeyUsed<>());

        assertThat(repository.claim(request(ALICE, request.content()))).isInstanceOf(Claim.Reserved.class);
    }

    // ---- many at once

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 32})
    void ofManyClaimsForNewContentExactlyOneIsReserved(int threads) throws Exception {
        for (int round = 0; round < 5; round++) {
            ImageDescriptor content = content();

            List<Claim<UploadRequest, Image>> claims =
                    Concurrently.run(threads, () -> repository.claim(request(ALICE, content)));

            assertThat(claims).filteredOn(Claim.Reserved.class::isInstance).hasSize(1);
            assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(threads - 1);
        }
    }

    @Test
    void ofManyTakeoversOfALostReservationExactlyOneIsReserved() throws Exception {
        ImageDescriptor content = content();
        reserved(repository.claim(request(ALICE, content)));
        letTimePass(LEASE.duration().plusSeconds(1));

        List<Claim<UploadRequest, Image>> claims = Concurrently.run(10, () -> repository.claim(request(BOB, content)));

        assertThat(claims).filteredOn(Claim.Reserved.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(9);
        assertThat(repository.condemned(0, 10)).hasSize(1);
    }

    @Test
    void ofManyClaimsForAnothersContentExactlyOneIsAttached() throws Exception {
        for (int round = 0; round < 5; round++) {
            ImageDescriptor content = content();
            upload(ALICE, content, "a.png");

            List<Claim<UploadRequest, Image>> claims =
                    Concurrently.run(10, () -> repository.claim(request(BOB, content)));

            assertThat(claims).filteredOn(Claim.Attached.class::isInstance).hasSize(1);
            assertThat(claims).filteredOn(Claim.Existing.class::isInstance).hasSize(9);
        }
    }

    @Test
    void anImageIsNeverAttachedToACondemnedBlob() throws Exception {
        for (int round = 0; round < 20; round++) {
            ImageDescriptor content = content();
            Image alices = upload(ALICE, content, "a.png");
            List<Object> outcomes = Concurrently.run(List.<Callable<Object>>of(
                    () -> repository.remove(ALICE, List.of(alices.id())),
                    () -> repository.claim(request(BOB, content))));
            Removal removal = (Removal) outcomes.get(0);
            Object claim = outcomes.get(1);

            assertThat(removal.removed()).containsExactly(alices.id());
            if (claim instanceof Claim.Attached) {
                assertThat(removal.condemned()).isEmpty();
            } else {
                assertThat(claim).isInstanceOf(Claim.Reserved.class);
                assertThat(removal.condemned()).hasSize(1);
            }
        }
    }

    @Test
    void ofManyRemovalsOfOneImageExactlyOneRemovesIt() throws Exception {
        for (int round = 0; round < 5; round++) {
            Image image = upload(ALICE, content(), "a.png");

            List<Removal> removals = Concurrently.run(10, () -> repository.remove(ALICE, List.of(image.id())));

            assertThat(removals)
                    .filteredOn(removal -> !removal.removed().isEmpty())
                    .hasSize(1);
            assertThat(removals)
                    .filteredOn(removal -> !removal.condemned().isEmpty())
                    .hasSize(1);
        }
    }

    @Test
    void removalsOfOverlappingSetsDoNotBlockEachOther() throws Exception {
        List<Long> ids =
                new ArrayList<>(uploadSeveral(40).stream().map(Image::id).toList());

        List<Removal> removals = Concurrently.run(6, () -> {
            List<Long> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled);
            return repository.remove(ALICE, shuffled);
        });

        Set<Long> removed = new HashSet<>();
        removals.forEach(removal ->
                removal.removed().forEach(id -> assertThat(removed.add(id)).isTrue()));
        assertThat(removed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(removals.stream()
                        .mapToInt(removal -> removal.condemned().size())
                        .sum())
                .isEqualTo(40);
    }

    @Test
    void aReservationIsEitherCompletedOrCondemned() throws Exception {
        for (int round = 0; round < 20; round++) {
            Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content())));
            letTimePass(LEASE.duration().plusSeconds(1));

            List<Object> outcomes = Concurrently.run(List.<Callable<Object>>of(
                    () -> repository.complete(reservation), () -> repository.condemnExpired()));

            assertThat(((Optional<?>) outcomes.get(0)).isPresent())
                    .isEqualTo(outcomes.get(1).equals(0));
        }
    }

    // ---- variants

    @Test
    void aVariantIsReservedOnceAndThenThere() {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> reservation = reserved(repository.claimVariant(request));

        assertThat(repository.claimVariant(request)).isEqualTo(new Claim.Reserved<>(reservation));
        assertThat(repository.claimVariant(again(request))).isEqualTo(new Claim.Busy<>());

        Digest digest = digest();
        assertThat(repository.completeVariant(reservation, digest, 321)).isTrue();
        assertThat(repository.completeVariant(reservation, digest, 321)).isTrue();

        Variant variant = new Variant(request.objectKey(), ImageType.WEBP, digest, 321);
        assertThat(repository.claimVariant(again(request))).isEqualTo(new Claim.Existing<>(variant));
        assertThat(repository.condemnExpired()).isZero();
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isOne();
    }

    @Test
    void nothingIsDerivedFromWhatIsNotStored() {
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content())));
        ObjectKey notStoredYet = reservation.request().objectKey();
        Image image = upload(ALICE, content(), "a.png");
        repository.remove(ALICE, List.of(image.id()));

        assertThat(repository.claimVariant(variantOf(notStoredYet))).isEqualTo(new Claim.SourceGone<>());
        assertThat(repository.claimVariant(variantOf(image))).isEqualTo(new Claim.SourceGone<>());
    }

    @Test
    void variantsGoWithTheirBlob() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        Image bobs = attached(repository.claim(request(BOB, content)));
        VariantRequest storedRequest = variantOf(alices);
        Reservation<VariantRequest> stored = reserved(repository.claimVariant(storedRequest));
        repository.completeVariant(stored, digest(), 1);
        VariantRequest reservedRequest = variantOf(alices);
        Reservation<VariantRequest> unfinished = reserved(repository.claimVariant(reservedRequest));
        Image other = upload(ALICE, content(), "b.png");
        VariantRequest othersRequest = variantOf(other);
        repository.completeVariant(reserved(repository.claimVariant(othersRequest)), digest(), 1);

        assertThat(repository.remove(ALICE, List.of(alices.id())).condemned()).isEmpty();
        assertThat(repository.claimVariant(again(storedRequest))).isInstanceOf(Claim.Existing.class);

        assertThat(repository.remove(BOB, List.of(bobs.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(alices.objectKey(), storedRequest.objectKey(), reservedRequest.objectKey());
        assertThat(repository.completeVariant(unfinished, digest(), 1)).isFalse();
        assertThat(repository.claimVariant(again(storedRequest))).isEqualTo(new Claim.SourceGone<>());
        assertThat(repository.claimVariant(again(othersRequest))).isInstanceOf(Claim.Existing.class);
    }

    @Test
    void anAbandonedVariantMayBeClaimedAgain() {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> reservation = reserved(repository.claimVariant(request));

        repository.abandon(reservation);
        repository.abandon(reservation);

        assertThat(repository.completeVariant(reservation, digest(), 1)).isFalse();
        assertThat(repository.condemned(0, 10))
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(request.objectKey());
        assertThat(repository.claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
    }

    @Test
    void aVariantWhoseLeaseRanOutIsTakenOverOrCondemned() throws Exception {
        VariantRequest first = variantOf(upload(ALICE, content(), "a.png"));
        Reservation<VariantRequest> lost = reserved(repository.claimVariant(first));
        letTimePass(LEASE.duration());

        VariantRequest second = again(first);
        Reservation<VariantRequest> taken = reserved(repository.claimVariant(second));

        assertThat(repository.completeVariant(lost, digest(), 1)).isFalse();
        assertThat(repository.completeVariant(taken, digest(), 1)).isTrue();
        reserved(repository.claimVariant(variantOf(upload(ALICE, content(), "b.png"))));
        letTimePass(LEASE.duration());
        assertThat(repository.condemnExpired()).isOne();
    }

    @Test
    void theKeyOfAVariantIsNeverUsedAgain() throws Exception {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));
        reserved(repository.claimVariant(request));
        letTimePass(LEASE.duration());
        repository.condemnExpired();

        // as after an unknown outcome
        assertThat(repository.claimVariant(request)).isEqualTo(new Claim.KeyUsed<>());

        VariantRequest taken = again(request);
        reserved(repository.claimVariant(taken));
        letTimePass(LEASE.duration());
        assertThat(repository.claimVariant(request)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository.claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
    }

    @Test
    void ofManyClaimsForOneVariantExactlyOneIsReserved() throws Exception {
        VariantRequest request = variantOf(upload(ALICE, content(), "a.png"));

        List<Claim<VariantRequest, Variant>> claims =
                Concurrently.run(16, () -> repository.claimVariant(again(request)));

        assertThat(claims).filteredOn(Claim.Reserved.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(15);
    }

    @Test
    void noVariantIsLeftBehindByItsBlob() throws Exception {
        for (int round = 0; round < 20; round++) {
            Image image = upload(ALICE, content(), "a.png");
            VariantRequest request = variantOf(image);
            List<Object> results = Concurrently.run(List.<Callable<Object>>of(
                    () -> repository.claimVariant(request), () -> repository.remove(ALICE, List.of(image.id()))));

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

    // ---- filters

    @Test
    void findsWhatAFilterLetsThrough() {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ImageType type = i % 2 == 0 ? ImageType.PNG : ImageType.JPEG;
            ImageDescriptor content = new ImageDescriptor(digest(), 100 + i, type, 10, 20);
            UploadRequest request = dated(request(ALICE, content, "Name" + i), Instant.ofEpochSecond(1_000 + i));
            Visibility visibility = i == 2 ? Visibility.PRIVATE : Visibility.PUBLIC;
            images.add(upload(shared(request, Sharing.UNLIMITED.visibility(visibility))));
        }
        upload(BOB, content(), "Name");

        assertFinds(images, ImageFilter.ALL);
        assertFinds(images, ImageFilter.ALL.text("name"));
        assertFinds(List.of(images.get(1), images.get(3)), ImageFilter.ALL.type(ImageType.JPEG));
        assertFinds(
                List.of(images.get(1), images.get(2)),
                ImageFilter.ALL.minSize(101).maxSize(102));
        assertFinds(
                List.of(images.get(1), images.get(2)),
                ImageFilter.ALL
                        .uploadedFrom(images.get(1).uploadedAt())
                        .uploadedBefore(images.get(3).uploadedAt()));
        assertFinds(List.of(), ImageFilter.ALL.uploadedFrom(Instant.MAX));
        assertFinds(List.of(images.get(2)), ImageFilter.ALL.visibility(Visibility.PRIVATE));
        assertFinds(
                List.of(images.get(1), images.get(3)),
                ImageFilter.ALL.visibility(Visibility.PUBLIC).minSize(101));
        assertFinds(List.of(), ImageFilter.ALL.uploadedBefore(Instant.MIN));
        assertFinds(
                List.of(images.get(2)),
                ImageFilter.ALL.digest(images.get(2).content().digest()));
        assertFinds(List.of(), ImageFilter.ALL.digest(digest()));
        assertFinds(
                List.of(images.get(3)), ImageFilter.ALL.filename(images.get(3).filename()));
        assertFinds(
                List.of(images.get(3)),
                ImageFilter.ALL.type(ImageType.JPEG).minSize(102).text("3"));
    }

    private void assertFinds(List<Image> images, ImageFilter filter) {
        ImageQuery query = ImageQuery.of(ALICE).filter(filter).sortedBy(SortField.ID, SortDirection.ASCENDING);
        ImagePage all = repository.list(query);
        assertThat(all.images()).isEqualTo(images);
        assertThat(all.totalItems()).isEqualTo(images.size());
        List<Image> walked = new ArrayList<>();
        for (Optional<ImageQuery> next = Optional.of(query.limit(1)); next.isPresent(); ) {
            ImageQuery current = next.get();
            ImagePage page = repository.list(current);
            walked.addAll(page.images());
            next = page.next().map(current::from);
        }
        assertThat(walked).isEqualTo(images);
    }

    // ---- statistics

    @Test
    void countsEverything() {
        assertThat(repository.statistics())
                .isEqualTo(new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of()));
        ImageDescriptor png = new ImageDescriptor(digest(), 100, ImageType.PNG, 1, 1, digest(), 90);
        ImageDescriptor jpeg = new ImageDescriptor(digest(), 1000, ImageType.JPEG, 1, 1);
        Image image = adopted(repository.adopt(adoption(ALICE, png, Optional.empty())));
        repository.adopt(adoption(ALICE, png, Optional.empty()));
        repository.claim(request(BOB, png));
        Image lost = repository
                .complete(
                        reserved(repository.claim(dated(request(ALICE, jpeg), Instant.parse("2019-12-31T23:59:59Z")))))
                .orElseThrow();
        markMissing(lost);
        repository.completeVariant(reserved(repository.claimVariant(variantOf(image))), digest(), 7);
        reserved(repository.claim(request(ALICE, content())));
        repository.remove(ALICE, List.of(upload(ALICE, content(), "a.png").id()));

        Statistics statistics = repository.statistics();

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
        assertThat(repository.statistics(ALICE))
                .isEqualTo(new OwnerStatistics(new Usage(0, 0), List.of(), List.of(), List.of(), false));
        ImageDescriptor png = new ImageDescriptor(digest(), 100, ImageType.PNG, 1, 1, digest(), 90);
        ImageDescriptor jpeg = new ImageDescriptor(digest(), 1000, ImageType.JPEG, 1, 1);
        upload(ALICE, png, "a.png");
        attached(repository.claim(request(BOB, png)));
        repository.complete(
                reserved(repository.claim(dated(request(ALICE, jpeg), Instant.parse("2019-12-31T23:59:59.999Z")))));
        Image second = upload(ALICE, new ImageDescriptor(digest(), 10, ImageType.PNG, 1, 1), "b.png");
        repository.change(ALICE, second.id(), List.of(new ImageChange.Show(Visibility.PRIVATE)));
        repository.remove(ALICE, List.of(upload(ALICE, content(), "c.png").id()));
        OwnerStatistics before = repository.statistics(ALICE);

        String month = YearMonth.from(now().atOffset(ZoneOffset.UTC)).toString();
        assertThat(before)
                .isEqualTo(new OwnerStatistics(
                        new Usage(3, 1110),
                        List.of(new Share("image/png", 2, 110), new Share("image/jpeg", 1, 1000)),
                        List.of(new Share("public", 2, 1100), new Share("private", 1, 10)),
                        List.of(new Share("2019-12", 1, 1000), new Share(month, 2, 110)),
                        false));
        assertThat(repository.statistics(BOB).usage()).isEqualTo(new Usage(1, 100));

        attached(repository.claim(request(BOB, jpeg)));

        // what somebody else has does not show
        assertThat(repository.statistics(ALICE)).isEqualTo(before);
    }

    // ---- how far sweeps are behind

    @Test
    void theBacklogIsWhatIsCondemnedAndDue() {
        assertThat(repository.backlog()).isEqualTo(new Backlog(0, Duration.ZERO));
        Instant before = now();
        Reservation<UploadRequest> abandoned = reserved(repository.claim(request(ALICE, content())));
        reserved(repository.claim(request(ALICE, content())));
        upload(ALICE, content(), "kept.png");
        repository.remove(ALICE, List.of(upload(ALICE, content(), "a.png").id()));
        repository.abandon(abandoned);

        Backlog backlog = repository.backlog();

        assertThat(backlog.blobs()).isEqualTo(2);
        // its clock has milliseconds
        assertThat(backlog.age())
                .isBetween(Duration.ZERO, Duration.between(before, now()).plusMillis(2));

        // what was deleted within its quarantine is not due before that is over
        repository.forget(repository.condemned(0, 10));
        assertThat(repository.backlog()).isEqualTo(new Backlog(0, Duration.ZERO));
    }

    // ---- the date of an upload

    @Test
    void anUploadMayHaveADate() {
        Instant date = Instant.parse("2019-08-07T06:05:04.321Z");
        ImageDescriptor content = content();
        UploadRequest dated = dated(request(ALICE, content), date);
        Image image = repository.complete(reserved(repository.claim(dated))).orElseThrow();
        Image attached = attached(repository.claim(dated(request(BOB, content), date)));

        assertThat(List.of(image.uploadedAt(), image.updatedAt(), attached.uploadedAt(), attached.updatedAt()))
                .containsOnly(date);
        assertThat(repository.findById(ALICE, image.id())).contains(image);
    }

    private static UploadRequest dated(UploadRequest request, Instant date) {
        return new UploadRequest(
                request.owner(),
                request.content(),
                request.originalName(),
                request.filename(),
                request.lease(),
                Optional.of(date),
                request.sharing());
    }

    // ---- what the store has to hold

    @Test
    void listsAllBlobsInTheOrderOfTheirKeys() {
        Image stored = upload(ALICE, content(), "a.png");
        Image condemned = upload(ALICE, content(), "b.png");
        repository.remove(ALICE, List.of(condemned.id()));
        UploadRequest reserved = request(ALICE, content());
        reserved(repository.claim(reserved));
        VariantRequest variant = variantOf(stored);
        Digest variantDigest = digest();
        repository.completeVariant(reserved(repository.claimVariant(variant)), variantDigest, 77);

        List<BlobEntry> all = repository.blobs(Optional.empty(), BlobCatalog.MAX_LIMIT);

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
        for (List<BlobEntry> page = repository.blobs(Optional.empty(), 3); !page.isEmpty(); ) {
            walked.addAll(page);
            page = repository.blobs(Optional.of(page.get(page.size() - 1).objectKey()), 3);
        }
        assertThat(walked).isEqualTo(all);
        assertThat(repository.blobAt(new ObjectKey("absent"))).isEmpty();
        assertThatThrownBy(() -> repository.blobs(Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.blobs(Optional.empty(), BlobCatalog.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- missing objects

    @Test
    void whoUploadsMissingBytesAgainBringsThemBackForAll() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        Image bobs = attached(repository.claim(request(BOB, content)));
        assertThat(markMissing(alices)).isTrue();
        assertThat(markMissing(alices)).isTrue();
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.MISSING);

        Reservation<UploadRequest> again = reserved(repository.claim(request(ALICE, content)));

        assertThat(again.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository.findByFilename(bobs.filename())).contains(bobs);
        assertThat(repository.complete(again)).contains(alices);
        assertThat(repository.complete(again)).contains(alices);
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository.claim(request(BOB, content))).isEqualTo(new Claim.Existing<>(bobs));
        assertThat(repository.condemned(0, 10)).isEmpty();
    }

    @Test
    void whoBringsMissingBytesBackGetsAnImage() {
        OwnerId carol = new OwnerId(3);
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        markMissing(alices);
        UploadRequest request = request(carol, content);
        Reservation<UploadRequest> reservation = reserved(repository.claim(request));

        Image carols = repository.complete(reservation).orElseThrow();

        assertThat(carols.filename()).isEqualTo(request.filename());
        assertThat(carols.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository.complete(reservation)).contains(carols);
        assertThat(repository.findById(ALICE, alices.id())).contains(alices);
    }

    @Test
    void manyMayBringTheSameBytesBackAtOnce() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        markMissing(alices);

        Reservation<UploadRequest> first = reserved(repository.claim(request(ALICE, content)));
        Reservation<UploadRequest> second = reserved(repository.claim(request(BOB, content)));

        Image bobs = repository.complete(second).orElseThrow();
        assertThat(repository.complete(first)).contains(alices);
        assertThat(bobs.owner()).isEqualTo(BOB);
        repository.abandon(first);
        assertThat(entry(alices.objectKey()).state()).isEqualTo(State.STORED);
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
        Reservation<UploadRequest> first = reserved(repository.claim(request(ALICE, content)));
        assertThat(repository.claim(request(ALICE, other))).isEqualTo(new Claim.Busy<>());

        letTimePass(LEASE.duration().plus(LEASE.quarantine()));
        Reservation<UploadRequest> second = reserved(repository.claim(request(ALICE, other)));

        assertThat(repository.complete(first)).isEmpty();
        assertThat(repository.isLost(first.objectKey())).isFalse();
        Image restored = repository.complete(second).orElseThrow();
        assertThat(restored.id()).isEqualTo(image.id());
        assertThat(restored.content()).isEqualTo(other);
        assertThat(repository.findByFilename(image.filename())).contains(restored);
    }

    @Test
    void aMissingObjectIsNotNotedIfSomebodyIsBringingItBack() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        BlobEntry before = entry(image.objectKey());
        markMissing(image);
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));
        repository.complete(reservation);

        assertThat(repository.markMissing(before)).isFalse();

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository.claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(image));
    }

    @Test
    void aMissingBlobIsCondemnedWithItsLastImage() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        markMissing(image);
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));

        assertThat(repository.remove(ALICE, List.of(image.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(image.objectKey());

        assertThat(repository.complete(reservation)).isEmpty();
        assertThat(repository.isLost(reservation.objectKey())).isTrue();
        assertThat(reserved(repository.claim(request(ALICE, content))).objectKey())
                .isNotEqualTo(image.objectKey());
    }

    @Test
    void onlyStoredBlobsAreNotedAsMissing() {
        UploadRequest request = request(ALICE, content());
        reserved(repository.claim(request));

        assertThat(repository.markMissing(entry(request.objectKey()))).isFalse();

        assertThat(entry(request.objectKey()).state()).isEqualTo(State.RESERVED);
    }

    @Test
    void nothingIsNotedOfABlobThatWasCondemnedMeanwhile() {
        Image image = upload(ALICE, content(), "a.png");
        markMissing(image);
        BlobEntry before = entry(image.objectKey());
        repository.remove(ALICE, List.of(image.id()));

        assertThat(repository.markMissing(before)).isFalse();
    }

    @Test
    void aMissingVariantIsDerivedAgain() {
        Image image = upload(ALICE, content(), "a.png");
        VariantRequest request = variantOf(image);
        repository.completeVariant(reserved(repository.claimVariant(request)), digest(), 5);

        assertThat(repository.markMissing(entry(request.objectKey()))).isTrue();

        assertThat(repository.claimVariant(again(request))).isInstanceOf(Claim.Reserved.class);
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository.condemned(0, 10))
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

        assertThat(repository.markPresent(missing)).isTrue();
        assertThat(repository.markPresent(missing)).isTrue();

        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository.claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(image));
        // whoever looked before that knows nothing
        assertThat(repository.markMissing(stored)).isFalse();
    }

    @Test
    void anObjectIsNotNotedAsBackIfSomethingHappenedSince() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        markMissing(image);
        BlobEntry before = entry(image.objectKey());
        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, content)));

        assertThat(repository.markPresent(before)).isFalse();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.MISSING);

        assertThat(repository.complete(reservation)).contains(image);
        repository.remove(ALICE, List.of(image.id()));
        assertThat(repository.markPresent(before)).isFalse();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.CONDEMNED);
    }

    private BlobEntry entry(ObjectKey key) {
        return repository.blobAt(key).orElseThrow();
    }

    private boolean markMissing(Image image) {
        return repository.markMissing(entry(image.objectKey()));
    }

    // ---- list by digest

    @Test
    void anImageIsListedByItsDigestForItsOwnerOnly() {
        ImageDescriptor content = content();
        Image image = upload(ALICE, content, "a.png");
        UploadRequest reserved = request(ALICE, content());
        reserved(repository.claim(reserved));

        assertThat(listedByDigest(ALICE, content.digest())).contains(image);
        assertThat(listedByDigest(BOB, content.digest())).isEmpty();
        assertThat(listedByDigest(ALICE, reserved.content().digest())).isEmpty();
        assertThat(listedByDigest(ALICE, content().digest())).isEmpty();

        assertThat(repository.claim(request(BOB, content))).isInstanceOf(Claim.Attached.class);
        Image bobs = listedByDigest(BOB, content.digest()).orElseThrow();
        repository.remove(ALICE, List.of(image.id()));

        assertThat(bobs.owner()).isEqualTo(BOB);
        assertThat(listedByDigest(ALICE, content.digest())).isEmpty();
        assertThat(listedByDigest(BOB, content.digest())).contains(bobs);
    }

    private Optional<Image> listedByDigest(OwnerId owner, Digest digest) {
        return repository.list(ImageQuery.of(owner).filter(ImageFilter.ALL.digest(digest))).images().stream()
                .collect(MoreCollectors.toOptional());
    }

    // ---- what need not be uploaded

    @Test
    void existingImagesAreFoundByTheirDigestsForTheirOwnerOnly() {
        ImageDescriptor first = content();
        ImageDescriptor second = content();
        ImageDescriptor bobs = content();
        Image one = upload(ALICE, first, "a.png");
        Image two = upload(ALICE, second, "b.png");
        upload(BOB, bobs, "c.png");
        attached(repository.claim(request(BOB, first)));
        List<Digest> all = List.of(second.digest(), bobs.digest(), digest(), first.digest(), first.digest());

        assertThat(repository.findExisting(ALICE, all)).isEqualTo(Map.of(first.digest(), one, second.digest(), two));
        assertThat(repository.findExisting(ALICE, List.of(bobs.digest()))).isEmpty();
        assertThat(repository.findExisting(BOB, all)).containsOnlyKeys(first.digest(), bobs.digest());
        assertThat(repository.findExisting(ALICE, List.of())).isEmpty();
    }

    @Test
    void whatIsNotWhollyThereDoesNotExist() {
        ImageDescriptor deleted = content();
        ImageDescriptor others = content();
        ImageDescriptor lost = content();
        UploadRequest underWay = request(ALICE, content());
        repository.remove(ALICE, List.of(upload(ALICE, deleted, "a.png").id()));
        Image alices = upload(ALICE, others, "b.png");
        attached(repository.claim(request(BOB, others)));
        repository.remove(ALICE, List.of(alices.id()));
        Image missing = upload(ALICE, lost, "c.png");
        markMissing(missing);
        reserved(repository.claim(underWay));
        List<Digest> all = List.of(
                deleted.digest(),
                others.digest(),
                lost.digest(),
                underWay.content().digest());

        assertThat(repository.findExisting(ALICE, all)).isEmpty();

        repository.complete(reserved(repository.claim(request(ALICE, lost))));
        assertThat(repository.findExisting(ALICE, all)).isEqualTo(Map.of(lost.digest(), missing));
    }

    @Test
    void anyNumberOfDigestsMayBeAskedFor() {
        ImageDescriptor first = content();
        ImageDescriptor last = content();
        Image one = upload(ALICE, first, "a.png");
        Image two = upload(ALICE, last, "b.png");
        List<Digest> many = new ArrayList<>(List.of(first.digest()));
        IntStream.range(0, 1200).forEach(i -> many.add(digest()));
        many.add(last.digest());

        assertThat(repository.findExisting(ALICE, many)).isEqualTo(Map.of(first.digest(), one, last.digest(), two));
    }

    // ---- quotas

    @Test
    void anOwnerMayHaveAnythingUnlessSomethingElseIsSet() {
        assertThat(repository.quota(ALICE)).isEqualTo(Quota.NONE);
        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(0, 0));

        Quota quota = new Quota(OptionalLong.of(7), OptionalLong.of(1L << 40));
        repository.setQuota(ALICE, quota);
        repository.setQuota(ALICE, quota);
        assertThat(repository.quota(ALICE)).isEqualTo(quota);
        assertThat(repository.quota(BOB)).isEqualTo(Quota.NONE);

        repository.setQuota(ALICE, Quota.NONE);
        assertThat(repository.quota(ALICE)).isEqualTo(Quota.NONE);
    }

    @Test
    void whatOfAQuotaIsNotToChangeStays() {
        Quota.Change images = new Quota.Change(Optional.of(OptionalLong.of(3)), Optional.empty());
        Quota.Change bytes = new Quota.Change(Optional.empty(), Optional.of(OptionalLong.of(9)));
        Quota.Change anyNumber = new Quota.Change(Optional.of(OptionalLong.empty()), Optional.empty());
        Quota.Change anyAmount = new Quota.Change(Optional.empty(), Optional.of(OptionalLong.empty()));

        assertThat(repository.changeQuota(ALICE, anyNumber)).isEqualTo(Quota.NONE);
        assertThat(repository.changeQuota(ALICE, images))
                .isEqualTo(new Quota(OptionalLong.of(3), OptionalLong.empty()));
        assertThat(repository.changeQuota(ALICE, bytes)).isEqualTo(new Quota(OptionalLong.of(3), OptionalLong.of(9)));
        assertThat(repository.changeQuota(ALICE, anyNumber))
                .isEqualTo(new Quota(OptionalLong.empty(), OptionalLong.of(9)));
        assertThat(repository.quota(ALICE)).isEqualTo(new Quota(OptionalLong.empty(), OptionalLong.of(9)));
        assertThat(repository.changeQuota(ALICE, anyAmount)).isEqualTo(Quota.NONE);
        assertThat(repository.quota(ALICE)).isEqualTo(Quota.NONE);
    }

    @Test
    void whoChangesTheOtherLimitAtTheSameMomentUndoesNothing() throws Exception {
        for (long round = 1; round <= 10; round++) {
            OptionalLong limit = OptionalLong.of(round);
            List<Quota.Change> changes = List.of(
                    new Quota.Change(Optional.of(limit), Optional.empty()),
                    new Quota.Change(Optional.empty(), Optional.of(limit)));

            Concurrently.run(changes.stream()
                    .<Callable<Quota>>map(change -> () -> repository.changeQuota(ALICE, change))
                    .toList());

            assertThat(repository.quota(ALICE)).isEqualTo(new Quota(limit, limit));
        }
    }

    @Test
    void whatAnOwnerHasIsCountedHoweverItCame() {
        ImageDescriptor uploaded = content();
        ImageDescriptor attached = content();
        ImageDescriptor adopted = content();
        Image image = upload(ALICE, uploaded, "a.png");
        upload(BOB, attached, "b.png");
        repository.claim(request(ALICE, attached));
        repository.adopt(adoption(ALICE, adopted, Optional.empty()));
        repository.adopt(adoption(ALICE, adopted, Optional.empty()));
        reserved(repository.claim(request(ALICE, content())));

        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(3, uploaded.size() + attached.size() + adopted.size()));
        assertThat(repository.usage(BOB)).isEqualTo(new Usage(1, attached.size()));

        repository.remove(ALICE, List.of(image.id()));

        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(2, attached.size() + adopted.size()));
    }

    @Test
    void nobodyGetsMoreImagesThanTheQuotaAllows() {
        ImageDescriptor bobs = content();
        upload(BOB, bobs, "b.png");
        repository.setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        Reservation<UploadRequest> first = reserved(repository.claim(request(ALICE, content())));
        Reservation<UploadRequest> second = reserved(repository.claim(request(ALICE, content())));
        Image image = repository.complete(first).orElseThrow();

        assertExceeded(() -> repository.complete(second));
        assertExceeded(() -> repository.claim(request(ALICE, bobs)));
        assertExceeded(() -> repository.adopt(adoption(ALICE, content(), Optional.empty())));
        assertExceeded(() -> repository.adopt(adoption(ALICE, bobs, Optional.empty())));

        assertThat(repository.complete(first)).contains(image);
        assertThat(repository.claim(request(ALICE, image.content()))).isEqualTo(new Claim.Existing<>(image));
        assertThat(repository.list(ImageQuery.of(ALICE)).images()).containsExactly(image);
        assertThat(repository.usage(ALICE))
                .isEqualTo(new Usage(1, image.content().size()));
        upload(BOB, content(), "c.png");

        repository.remove(ALICE, List.of(image.id()));

        assertThat(repository.complete(second)).isPresent();
    }

    @Test
    void nobodyGetsMoreBytesThanTheQuotaAllows() {
        ImageDescriptor small = content();
        repository.setQuota(ALICE, new Quota(OptionalLong.empty(), OptionalLong.of(small.size() - 1)));
        assertExceeded(() -> upload(ALICE, content(), "a.png"));

        repository.setQuota(ALICE, new Quota(OptionalLong.empty(), OptionalLong.of(small.size())));
        upload(ALICE, small, "a.png");
        assertExceeded(() -> upload(ALICE, content(), "b.png"));

        repository.setQuota(ALICE, Quota.NONE);
        upload(ALICE, content(), "b.png");
    }

    @Test
    void whatIsThereStaysUnderASmallerQuota() {
        Image image = upload(ALICE, content(), "a.png");

        repository.setQuota(ALICE, new Quota(OptionalLong.of(0), OptionalLong.of(0)));

        assertThat(repository.findByFilename(image.filename())).contains(image);
        assertExceeded(() -> upload(ALICE, content(), "b.png"));
    }

    /** An owner has it again that had it before, also if its quota was made smaller meanwhile. */
    @Test
    void whatIsRestoredCountsWhateverTheQuotaIs() {
        ImageDescriptor bobs = content();
        upload(BOB, bobs, "b.png");
        ImageDescriptor own = content();
        repository.setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.of(0)));

        assertThat(repository.restore(adoption(ALICE, own, Optional.of(7L)))).isInstanceOf(Adoption.Adopted.class);
        assertThat(repository.restore(adoption(ALICE, bobs, Optional.empty()))).isInstanceOf(Adoption.Adopted.class);
        assertThat(repository.restore(adoption(ALICE, bobs, Optional.empty()))).isInstanceOf(Adoption.Folded.class);

        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(2, own.size() + bobs.size()));
        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertExceeded(() -> upload(ALICE, content(), "c.png"));
    }

    @Test
    void whatIsBroughtBackDoesNotCountTwice() {
        Image image = upload(ALICE, content(), "a.png");
        repository.setQuota(ALICE, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        markMissing(image);

        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, image.content())));

        assertThat(repository.complete(reservation)).map(Image::id).contains(image.id());
        markMissing(image);
        repository.setQuota(BOB, new Quota(OptionalLong.of(0), OptionalLong.empty()));
        Reservation<UploadRequest> bobs = reserved(repository.claim(request(BOB, image.content())));
        assertExceeded(() -> repository.complete(bobs));
        assertThat(repository.usage(BOB)).isEqualTo(new Usage(0, 0));
    }

    @Test
    void ofManyUploadsAtOnceExactlyAsManyFitAsTheQuotaAllows() throws Exception {
        int uploads = 50;
        repository.setQuota(ALICE, new Quota(OptionalLong.of(3), OptionalLong.empty()));
        List<Reservation<UploadRequest>> reservations = Stream.generate(() -> request(ALICE, content()))
                .limit(uploads)
                .map(request -> reserved(repository.claim(request)))
                .toList();

        List<Boolean> fit = Concurrently.run(reservations.stream()
                .<Callable<Boolean>>map(reservation -> () -> {
                    try {
                        return repository.complete(reservation).isPresent();
                    } catch (QuotaExceededException e) {
                        return false;
                    }
                })
                .toList());

        assertThat(fit).hasSize(uploads).filteredOn(done -> done).hasSize(3);
        assertThat(repository.usage(ALICE).images()).isEqualTo(3);
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(3);
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
        repository.claim(request(ALICE, shared));
        repository.adopt(adoption(BOB, content(), Optional.of(1L << 20)));
        repository.remove(ALICE, List.of(image.id()));
        Image ending = upload(ALICE, content(), "c.png");
        repository.change(ALICE, ending.id(), List.of(new ImageChange.ExpireAt(Optional.of(Instant.EPOCH))));
        repository.removeEnded(10);

        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(1, shared.size()));
    }

    @ParameterizedTest
    @CsvSource({"3, 1000", "0, -7", "-1, 0", "-5, -5000000"})
    void whoIsMiscountedIsToldAndCountedAnew(long images, long bytes) throws Exception {
        upload(ALICE, content(), "a.png");
        upload(ALICE, content(), "b.png");
        upload(BOB, content(), "c.png");
        Usage alices = repository.usage(ALICE);
        Usage bobs = repository.usage(BOB);

        miscount(ALICE, new Usage(images, bytes));

        Usage wrong = new Usage(alices.images() + images, alices.bytes() + bytes);
        assertThat(repository.usage(ALICE)).isEqualTo(wrong);
        assertThat(repository.miscounts(() -> false)).containsExactly(new Miscount(ALICE, wrong, alices));
        repository.recount(BOB);
        assertThat(repository.miscounts(() -> false)).hasSize(1);
        repository.recount(ALICE);
        repository.recount(ALICE);
        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertThat(repository.usage(ALICE)).isEqualTo(alices);
        assertThat(repository.usage(BOB)).isEqualTo(bobs);
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(2);
    }

    @Test
    void whoHasNothingIsMiscountedToo() throws Exception {
        miscount(BOB, new Usage(1, 1));
        miscount(ALICE, new Usage(2, 2));

        assertThat(repository.miscounts(() -> true)).isEmpty();
        assertThat(repository.miscounts(() -> false))
                .extracting(Miscount::owner)
                .containsExactly(ALICE, BOB);
        repository.recount(ALICE);
        repository.recount(BOB);
        repository.recount(new OwnerId(99));

        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertThat(repository.usage(BOB)).isEqualTo(new Usage(0, 0));
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
                work.add(() ->
                        repository.remove(owner, List.of(there.id())).removed().size() == 1);
            }
            miscount(owner, new Usage(11, 1111));
            work.add(() -> {
                repository.recount(owner);
                return repository.miscounts(() -> false).stream()
                        .noneMatch(count -> count.owner().equals(owner));
            });
        }
        Collections.shuffle(work);

        assertThat(Concurrently.run(work)).containsOnly(true);

        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertThat(owners)
                .allSatisfy(
                        owner -> assertThat(repository.usage(owner).images()).isEqualTo(pairs));
    }

    // ---- who may see images, and how long

    @Test
    void aNewImageIsSharedAsItsUploadSaid() {
        ImageDescriptor content = content();
        Sharing wanted = new Sharing(Visibility.PRIVATE, Optional.of(inAnHour()), OptionalLong.of(3), 0);

        Image image = upload(shared(request(ALICE, content), wanted));
        Image attached = attached(repository.claim(shared(request(BOB, content), untilThen())));

        assertThat(image.sharing()).isEqualTo(wanted);
        assertThat(attached.sharing()).isEqualTo(untilThen());
        assertThat(repository.findById(ALICE, image.id())).contains(image);
        assertThat(repository.findByFilename(image.filename())).contains(image);
        assertThat(listedByDigest(ALICE, content.digest())).contains(image);
        assertThat(repository.list(ImageQuery.of(ALICE)).images()).containsExactly(image);
        assertThat(repository.imagesAfter(0, 10)).containsExactly(image, attached);
    }

    @Test
    void anImageThatHasEndedIsOnlyListed() throws Exception {
        Image image = upload(shared(request(ALICE, content()), untilThen()));
        Image other = upload(ALICE, content(), "other.png");

        letTimePass(Duration.ofMinutes(61));

        assertThat(repository.findById(ALICE, image.id())).isEmpty();
        assertThat(repository.findByFilename(image.filename())).isEmpty();
        assertThat(repository.imagesAfter(0, 10)).hasSize(1);
        assertThat(repository.change(ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.empty()))))
                .isEmpty();
        assertThat(repository.countView(ALICE, image.id())).isFalse();
        assertThat(repository.remove(ALICE, List.of(image.id(), other.id())).removed())
                .containsExactly(other.id());
        assertThat(repository.list(ImageQuery.of(ALICE)).images())
                .extracting(Image::id)
                .containsExactly(image.id());
        assertThat(repository.usage(ALICE).images()).isOne();
    }

    @Test
    void whatHasEndedIsRemovedWhoeverHasIt() throws Exception {
        ImageDescriptor shared = content();
        Image first = upload(shared(request(ALICE, shared), untilThen()));
        Image second = upload(shared(request(ALICE, content()), untilThen()));
        Image third = attached(repository.claim(shared(request(BOB, shared), untilThen())));
        Image stays = attached(repository.claim(request(new OwnerId(3), shared)));
        Image laterOne =
                upload(shared(request(BOB, content()), sharing(inAnHour().plusSeconds(3600))));
        assertThat(repository.removeEnded(10).removed()).isEmpty();
        letTimePass(Duration.ofMinutes(61));

        List<Removal> removals =
                List.of(repository.removeEnded(2), repository.removeEnded(2), repository.removeEnded(2));

        assertThat(removals).extracting(removal -> removal.removed().size()).containsExactly(2, 1, 0);
        assertThat(removals)
                .flatExtracting(Removal::removed)
                .containsExactlyInAnyOrder(first.id(), second.id(), third.id());
        assertThat(removals)
                .flatExtracting(Removal::condemned)
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(second.objectKey());
        assertThat(repository.findByFilename(stays.filename())).isPresent();
        assertThat(repository.findByFilename(laterOne.filename())).isPresent();
        assertThat(repository.usage(ALICE)).isEqualTo(new Usage(0, 0));
        assertThat(repository.usage(BOB).images()).isOne();
    }

    @Test
    void anUploadOfWhatHasEndedMakesANewImage() throws Exception {
        Image ended = upload(shared(request(ALICE, content()), untilThen()));
        letTimePass(Duration.ofMinutes(61));

        Image image = upload(request(ALICE, ended.content()));

        assertThat(image.id()).isNotEqualTo(ended.id());
        assertThat(image.sharing()).isEqualTo(Sharing.UNLIMITED);
        assertThat(repository.findByFilename(ended.filename())).isEmpty();
        assertThat(repository.usage(ALICE).images()).isOne();
        assertThat(repository.claim(request(ALICE, content(), "a.png", ended.filename())))
                .isInstanceOf(Claim.KeyUsed.class);
    }

    @Test
    void anUploadOfWhatHasEndedUsesTheBytesThatAnotherOwnerHas() throws Exception {
        Image ended = upload(shared(request(ALICE, content()), untilThen()));
        Image other = attached(repository.claim(request(BOB, ended.content())));
        letTimePass(Duration.ofMinutes(61));

        Image image = attached(repository.claim(request(ALICE, ended.content())));

        assertThat(image.objectKey()).isEqualTo(other.objectKey());
        assertThat(image.filename()).isNotEqualTo(ended.filename());
    }

    @Test
    void aRepeatedClaimIsNotAnsweredWithAnImageThatHasEnded() throws Exception {
        UploadRequest alices = shared(request(ALICE, content()), untilThen());
        upload(alices);
        UploadRequest bobs = shared(request(BOB, alices.content()), untilThen());
        attached(repository.claim(bobs));
        letTimePass(Duration.ofMinutes(61));

        assertThat(repository.claim(bobs)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository.claim(alices)).isEqualTo(new Claim.KeyUsed<>());
    }

    @Test
    void aRepeatedClaimDoesNotUndoWhatItsOwnerHasChanged() {
        UploadRequest request = shared(request(ALICE, content()), untilThen());
        Image image = upload(request);
        Instant earlier = inAnHour().minusSeconds(60);
        repository.change(ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(earlier))));

        assertThat(attached(repository.claim(request)).sharing()).isEqualTo(sharing(earlier));
    }

    @Test
    void aCompletionIsNotAnsweredWithAnImageThatHasEnded() throws Exception {
        Reservation<UploadRequest> first = reserved(repository.claim(shared(request(ALICE, content()), untilThen())));
        Image image = repository.complete(first).orElseThrow();
        markMissing(image);
        Reservation<UploadRequest> again =
                reserved(repository.claim(shared(request(ALICE, image.content()), untilThen())));
        letTimePass(Duration.ofMinutes(61));

        assertThat(repository.complete(first)).isEmpty();
        assertThat(repository.complete(again)).isEmpty();
        assertThat(entry(image.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(upload(request(ALICE, image.content())).sharing()).isEqualTo(Sharing.UNLIMITED);
    }

    @Test
    void anUploadOfWhatEndsExtendsIt() {
        Instant end = inAnHour();
        Sharing limited = new Sharing(Visibility.PRIVATE, Optional.of(end), OptionalLong.of(2), 0);
        Image image = upload(shared(request(ALICE, content()), limited));

        assertThat(uploadedAgain(image, limited.viewsLeft(OptionalLong.of(1)).visibility(Visibility.PUBLIC)))
                .isEqualTo(limited);
        assertThat(uploadedAgain(image, sharing(end.minusSeconds(60)).viewsLeft(OptionalLong.of(5))))
                .isEqualTo(limited.viewsLeft(OptionalLong.of(5)));
        assertThat(uploadedAgain(image, sharing(end.plusSeconds(60)).viewsLeft(OptionalLong.of(1))))
                .isEqualTo(limited.viewsLeft(OptionalLong.of(5)).expiresAt(Optional.of(end.plusSeconds(60))));
        assertThat(uploadedAgain(image, Sharing.UNLIMITED)).isEqualTo(Sharing.UNLIMITED.visibility(Visibility.PRIVATE));
        assertThat(uploadedAgain(image, limited)).isEqualTo(Sharing.UNLIMITED.visibility(Visibility.PRIVATE));
    }

    /** How the image is shared that an upload of the same content is answered with, and that there is afterwards. */
    private Sharing uploadedAgain(Image image, Sharing wanted) {
        Claim<UploadRequest, Image> claim = repository.claim(shared(request(ALICE, image.content()), wanted));
        assertThat(claim).isInstanceOf(Claim.Existing.class);
        Image existing = claim.found().orElseThrow();
        assertThat(existing.id()).isEqualTo(image.id());
        assertThat(repository.findById(ALICE, image.id())).contains(existing);
        return existing.sharing();
    }

    @Test
    void ofWhatEndsTheBytesHaveToBeUploaded() {
        Image unlimited = upload(ALICE, content(), "a.png");
        Image privately = upload(shared(request(ALICE, content()), Sharing.UNLIMITED.visibility(Visibility.PRIVATE)));
        Image ending = upload(shared(request(ALICE, content()), untilThen()));
        Image seldom = upload(shared(request(ALICE, content()), Sharing.UNLIMITED.viewsLeft(OptionalLong.of(1))));

        assertThat(repository.findExisting(
                        ALICE,
                        Stream.of(unlimited, privately, ending, seldom)
                                .map(image -> image.content().digest())
                                .toList()))
                .containsOnlyKeys(
                        unlimited.content().digest(), privately.content().digest());
    }

    @Test
    void whatIsMissingAndEndsIsExtendedToo() {
        Image image = upload(shared(request(ALICE, content()), untilThen()));
        markMissing(image);

        Reservation<UploadRequest> reservation = reserved(repository.claim(request(ALICE, image.content())));

        assertThat(repository.complete(reservation).map(Image::sharing)).contains(Sharing.UNLIMITED);
        assertThat(repository.findById(ALICE, image.id()).map(Image::sharing)).contains(Sharing.UNLIMITED);
    }

    @Test
    void anImageIsChangedByItsOwnerAlone() throws Exception {
        Image image = upload(ALICE, content(), "before.png");
        letTimePass(Duration.ofMinutes(1));
        Instant end = inAnHour();
        List<ImageChange> changes = List.of(
                new ImageChange.Rename("Nachher 图.png"),
                new ImageChange.Show(Visibility.PRIVATE),
                new ImageChange.ExpireAt(Optional.of(end)),
                new ImageChange.LimitViews(OptionalLong.of(7)),
                new ImageChange.RevokeLinks());
        assertThat(repository.change(BOB, image.id(), changes)).isEmpty();
        assertThat(repository.change(ALICE, image.id() + 1, changes)).isEmpty();
        assertThat(repository.findById(ALICE, image.id()).map(Image::sharing)).contains(Sharing.UNLIMITED);

        Image changed = repository.change(ALICE, image.id(), changes).orElseThrow();

        assertThat(changed.originalName()).isEqualTo("Nachher 图.png");
        assertThat(changed.sharing())
                .isEqualTo(new Sharing(Visibility.PRIVATE, Optional.of(end), OptionalLong.of(7), 2));
        assertThat(changed.filename()).isEqualTo(image.filename());
        assertThat(changed.content()).isEqualTo(image.content());
        assertThat(changed.updatedAt()).isAfter(changed.uploadedAt());
        assertThat(repository.findById(ALICE, image.id())).contains(changed);
        assertThat(repository.change(ALICE, image.id(), List.of(new ImageChange.RevokeLinks())))
                .map(again -> again.sharing().linkEpoch())
                .contains(3L);
        assertThat(repository.change(ALICE, image.id(), List.of(new ImageChange.Show(Visibility.PRIVATE))))
                .map(again -> again.sharing().linkEpoch())
                .contains(3L);
        assertThat(repository.change(
                        ALICE,
                        image.id(),
                        List.of(
                                new ImageChange.ExpireAt(Optional.empty()),
                                new ImageChange.LimitViews(OptionalLong.empty()),
                                new ImageChange.Show(Visibility.PUBLIC))))
                .map(again -> again.sharing().isLike(Sharing.UNLIMITED))
                .contains(true);
    }

    @Test
    void aRenamedImageIsFoundByItsNewNameAlone() {
        List<Image> images = IntStream.range(0, 70)
                .mapToObj(i -> upload(ALICE, content(), "img_" + i + ".png"))
                .toList();
        Image image = images.get(3);
        tidyUp();
        assertThat(search("img_3.png")).containsExactly(image);

        Image renamed = repository
                .change(ALICE, image.id(), List.of(new ImageChange.Rename("Zebra.png")))
                .orElseThrow();

        assertThat(search("zebra")).containsExactly(renamed);
        assertThat(search("img_3.png")).isEmpty();
        tidyUp();
        assertThat(search("ZEB")).containsExactly(renamed);
        assertThat(search("img_3.png")).isEmpty();
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(70);
    }

    @Test
    void severalImagesAreChangedAlike() throws Exception {
        List<Image> images = uploadSeveral(4);
        Image bobs = upload(BOB, content(), "b.png");
        Image ended = upload(ALICE, content(), "e.png");
        repository.change(ALICE, ended.id(), List.of(new ImageChange.ExpireAt(Optional.of(Instant.EPOCH))));
        long gone = images.get(3).id();
        repository.remove(ALICE, List.of(gone));
        Instant end = inAnHour();
        List<Long> ids = List.of(
                images.get(2).id(),
                bobs.id(),
                images.get(0).id(),
                ended.id(),
                gone,
                Long.MAX_VALUE,
                images.get(2).id());
        List<ImageChange> changes = List.of(
                new ImageChange.Show(Visibility.PRIVATE),
                new ImageChange.ExpireAt(Optional.of(end)),
                new ImageChange.LimitViews(OptionalLong.of(7)));

        List<Image> changed = repository.changeAll(ALICE, ids, changes);

        assertThat(changed)
                .extracting(Image::id)
                .containsExactly(images.get(0).id(), images.get(2).id());
        assertThat(changed).allSatisfy(image -> {
            assertThat(image.sharing())
                    .isEqualTo(new Sharing(Visibility.PRIVATE, Optional.of(end), OptionalLong.of(7), 1));
            assertThat(repository.findById(ALICE, image.id())).contains(image);
        });
        assertThat(changed.get(1).originalName()).isEqualTo(images.get(2).originalName());
        assertThat(repository.findById(ALICE, images.get(1).id())).contains(images.get(1));
        assertThat(repository.findById(BOB, bobs.id())).contains(bobs);
        assertThat(repository.findById(ALICE, ended.id())).isEmpty();
        // once more, which takes no links back
        assertThat(repository.changeAll(ALICE, ids, changes))
                .extracting(again -> again.sharing().linkEpoch())
                .containsExactly(1L, 1L);
        assertThat(repository.changeAll(ALICE, List.of(), changes)).isEmpty();
        assertThat(repository.changeAll(ALICE, List.of(bobs.id()), changes)).isEmpty();
    }

    @Test
    void severalImagesMayGetOneName() {
        List<Image> images = IntStream.range(0, 70)
                .mapToObj(i -> upload(ALICE, content(), "img_" + i + ".png"))
                .toList();
        tidyUp();

        List<Long> ids = images.subList(10, 22).stream().map(Image::id).toList();
        repository.changeAll(ALICE, ids, List.of(new ImageChange.Rename("Zebra.png")));

        assertThat(search("zebra")).extracting(Image::id).containsExactlyInAnyOrderElementsOf(ids);
        tidyUp();
        assertThat(search("ZEB")).extracting(Image::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(search("img_1")).hasSize(1);
    }

    @Test
    void changesOfOverlappingSetsDoNotBlockEachOther() throws Exception {
        List<Long> ids =
                new ArrayList<>(uploadSeveral(40).stream().map(Image::id).toList());

        List<List<Image>> changed = Concurrently.run(6, () -> {
            List<Long> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled);
            return repository.changeAll(ALICE, shuffled, List.of(new ImageChange.Rename("Zebra.png")));
        });

        assertThat(changed)
                .allSatisfy(all -> assertThat(all).extracting(Image::id).containsExactlyElementsOf(ids));
        assertThat(repository.list(ImageQuery.of(ALICE).search("zebra")).totalItems())
                .isEqualTo(40);
    }

    @Test
    void viewsAreCountedExactly() throws Exception {
        Image unlimited = upload(ALICE, content(), "a.png");
        Image limited = upload(shared(request(ALICE, content()), Sharing.UNLIMITED.viewsLeft(OptionalLong.of(5))));
        assertThat(repository.countView(BOB, limited.id())).isFalse();
        assertThat(repository.countView(ALICE, unlimited.id())).isTrue();

        List<Boolean> views = Concurrently.run(16, () -> repository.countView(ALICE, limited.id()));

        assertThat(views).filteredOn(seen -> seen).hasSize(5);
        assertThat(repository.findById(ALICE, limited.id())).isEmpty();
        assertThat(repository.removeEnded(10).removed()).containsExactly(limited.id());
        assertThat(repository.findById(ALICE, unlimited.id())).contains(unlimited);
    }

    @Test
    void anObjectIsAdoptedAsItWasShared() {
        ImageDescriptor content = content();
        Sharing sharing = new Sharing(Visibility.PRIVATE, Optional.of(inAnHour()), OptionalLong.of(2), 4);
        AdoptionRequest request = shared(adoption(ALICE, content, Optional.empty()), sharing);

        assertThat(adopted(repository.adopt(request)).sharing()).isEqualTo(sharing);
        assertRefused(adoption(ALICE, content, Optional.empty()), Obstacle.SHARED_OTHERWISE);
        assertThat(repository.adopt(shared(adoption(ALICE, content, Optional.empty()), sharing)))
                .isInstanceOf(Adoption.Folded.class);
    }

    @Test
    void whatIsUploadedAgainWhileItEndsIsThereAfterwards() throws Exception {
        for (int round = 0; round < 10; round++) {
            Image image = upload(shared(request(ALICE, content()), untilThen()));
            letTimePass(Duration.ofMinutes(61));

            Concurrently.run(List.of(() -> repository.removeEnded(10), () -> upload(request(ALICE, image.content()))));

            assertThat(listedByDigest(ALICE, image.content().digest()).map(Image::sharing))
                    .contains(Sharing.UNLIMITED);
        }
    }

    private Sharing untilThen() {
        return sharing(inAnHour());
    }

    private static Sharing sharing(Instant end) {
        return Sharing.UNLIMITED.expiresAt(Optional.of(end));
    }

    private Instant inAnHour() {
        return now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.HOURS);
    }

    /** The same request for an image that is shared otherwise. */
    public static UploadRequest shared(UploadRequest request, Sharing sharing) {
        return new UploadRequest(
                request.owner(),
                request.content(),
                request.originalName(),
                request.filename(),
                request.lease(),
                request.uploadedAt(),
                sharing);
    }

    private static AdoptionRequest shared(AdoptionRequest request, Sharing sharing) {
        return new AdoptionRequest(
                request.owner(),
                request.id(),
                request.content(),
                request.objectKey(),
                request.filename(),
                request.originalName(),
                request.uploadedAt(),
                request.updatedAt(),
                sharing);
    }

    // ---- adoption

    @Test
    void anObjectIsAdoptedWithItsNameItsDatesAndItsId() {
        AdoptionRequest request = adoption(ALICE, content(), Optional.of(4711L));

        Image image = adopted(repository.adopt(request));

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
        assertThat(repository.findById(ALICE, 4711)).contains(image);
        assertThat(repository.findByFilename(request.filename())).contains(image);
        assertThat(entry(request.objectKey()).state()).isEqualTo(State.STORED);
        assertThat(repository.claim(request(ALICE, request.content()))).isEqualTo(new Claim.Existing<>(image));
        assertThat(upload(ALICE, content(), "next.png").id()).isGreaterThan(4711);
        assertThat(repository.remove(ALICE, List.of(4711L)).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactly(request.objectKey());
    }

    @Test
    void anAdoptionMayBeRepeated() {
        AdoptionRequest request = adoption(ALICE, content(), Optional.empty());
        Image image = adopted(repository.adopt(request));

        assertThat(repository.adopt(request)).isEqualTo(new Adoption.Known(image));

        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isOne();
        assertThat(repository.blobs(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void theOwnersSecondImageOfTheSameBytesIsFoldedIntoTheFirst() {
        ImageDescriptor content = content();
        Image first = adopted(repository.adopt(adoption(ALICE, content, Optional.of(10L))));
        AdoptionRequest second = adoption(ALICE, content, Optional.of(20L));

        assertThat(repository.adopt(second)).isEqualTo(new Adoption.Folded(first));
        assertThat(repository.adopt(second)).isEqualTo(new Adoption.Known(first));

        assertThat(repository.findByFilename(second.filename())).contains(first);
        assertThat(repository.findById(ALICE, 20)).contains(first);
        assertThat(repository.findById(BOB, 20)).isEmpty();
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isOne();
        assertThat(entry(second.objectKey()).derived()).isTrue();
        assertThat(repository.adopt(adoption(ALICE, content(), Optional.of(20L))))
                .isEqualTo(new Adoption.Refused(Obstacle.ID_USED));
        assertThat(repository.claim(request(ALICE, content))).isEqualTo(new Claim.Existing<>(first));

        assertThat(repository.remove(ALICE, List.of(first.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(first.objectKey(), second.objectKey());
        assertThat(repository.findByFilename(second.filename())).isEmpty();
        assertThat(repository.findById(ALICE, 20)).isEmpty();
        assertThat(repository.adopt(second)).isEqualTo(new Adoption.Refused(Obstacle.FILENAME_USED));
    }

    @Test
    void anIdThatWasFoldedIsNeverThatOfANewImage() {
        ImageDescriptor content = content();
        Image first = adopted(repository.adopt(adoption(ALICE, content, Optional.of(10L))));
        repository.adopt(adoption(ALICE, content, Optional.of(12L)));

        for (int i = 0; i < 3; i++) {
            assertThat(upload(ALICE, content(), "next.png").id()).isGreaterThan(12);
        }
        assertThat(repository.findById(ALICE, 12)).contains(first);
    }

    @Test
    void twoImagesMayBeAdoptedFromOneObject() {
        AdoptionRequest first = adoption(ALICE, content(), Optional.empty());
        Image image = adopted(repository.adopt(first));

        assertThat(repository.adopt(at(first.objectKey(), adoption(ALICE, first.content(), Optional.empty()))))
                .isEqualTo(new Adoption.Folded(image));
        Image bobs = adopted(repository.adopt(at(first.objectKey(), adoption(BOB, first.content(), Optional.empty()))));

        assertThat(bobs.objectKey()).isEqualTo(first.objectKey());
        assertThat(repository.blobs(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void anotherOwnersBytesAreStoredOnceMoreOnlyInTheirOwnPlace() {
        ImageDescriptor content = content();
        Image alices = upload(ALICE, content, "a.png");
        AdoptionRequest request = adoption(BOB, content, Optional.empty());

        Image bobs = adopted(repository.adopt(request));

        assertThat(bobs.objectKey()).isEqualTo(alices.objectKey());
        assertThat(repository.remove(ALICE, List.of(alices.id())).condemned()).isEmpty();
        assertThat(repository.remove(BOB, List.of(bobs.id())).condemned())
                .extracting(CondemnedBlob::objectKey)
                .containsExactlyInAnyOrder(alices.objectKey(), request.objectKey());
    }

    @Test
    void whatContradictsIsNotAdopted() {
        AdoptionRequest known = adoption(ALICE, content(), Optional.of(5L));
        adopted(repository.adopt(known));
        AdoptionRequest other = adoption(ALICE, content(), Optional.empty());
        UploadRequest busy = request(ALICE, content());
        reserved(repository.claim(busy));
        Image deleted = upload(ALICE, content(), "a.png");
        repository.remove(ALICE, List.of(deleted.id()));

        assertRefused(named(known.filename(), other), Obstacle.FILENAME_USED);
        assertRefused(named(deleted.filename(), other), Obstacle.FILENAME_USED);
        assertRefused(adoption(ALICE, content(), Optional.of(5L)), Obstacle.ID_USED);
        assertRefused(at(known.objectKey(), other), Obstacle.OBJECT_USED);
        assertRefused(
                at(deleted.objectKey(), adoption(ALICE, deleted.content(), Optional.empty())), Obstacle.OBJECT_USED);
        assertRefused(adoption(ALICE, busy.content(), Optional.empty()), Obstacle.BUSY);
        assertRefused(at(busy.objectKey(), adoption(ALICE, busy.content(), Optional.empty())), Obstacle.BUSY);
        assertThatThrownBy(() -> repository.adopt(adoption(ALICE, resized(known.content()), Optional.empty())))
                .isInstanceOf(RepositoryException.class);
    }

    private void assertRefused(AdoptionRequest request, Obstacle obstacle) {
        int blobs = repository.blobs(Optional.empty(), 100).size();
        long images = repository.list(ImageQuery.of(ALICE)).totalItems();

        assertThat(repository.adopt(request)).isEqualTo(new Adoption.Refused(obstacle));

        assertThat(repository.blobs(Optional.empty(), 100)).hasSize(blobs);
        assertThat(repository.list(ImageQuery.of(ALICE)).totalItems()).isEqualTo(images);
    }

    private static ImageDescriptor resized(ImageDescriptor content) {
        return new ImageDescriptor(
                content.digest(), content.size() + 1, content.type(), content.width(), content.height());
    }

    @Test
    void ofManyAdoptionsOfTheSameBytesOneIsAnImage() throws Exception {
        ImageDescriptor content = content();

        List<Adoption> adoptions =
                Concurrently.run(8, () -> repository.adopt(adoption(ALICE, content, Optional.empty())));

        assertThat(adoptions).filteredOn(Adoption.Adopted.class::isInstance).hasSize(1);
        assertThat(adoptions).filteredOn(Adoption.Folded.class::isInstance).hasSize(7);
        assertThat(repository.blobs(Optional.empty(), 10)).hasSize(8);
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
                attached(repository.claim(request(BOB, shared))),
                upload(BOB, content(), "c.png"));
        Image deleted = upload(ALICE, content(), "d.png");
        repository.remove(ALICE, List.of(deleted.id()));

        assertThat(repository.imagesAfter(0, ImageArchive.MAX_LIMIT)).isEqualTo(images);
        assertThat(repository.imagesAfter(0, 3)).isEqualTo(images.subList(0, 3));
        assertThat(repository.imagesAfter(images.get(2).id(), 3)).isEqualTo(images.subList(3, 4));
        assertThat(repository.imagesAfter(images.get(3).id(), 3)).isEmpty();
        assertThatThrownBy(() -> repository.imagesAfter(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.imagesAfter(0, ImageArchive.MAX_LIMIT + 1))
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
        Image image = adopted(repository.adopt(first));
        repository.adopt(copy);
        repository.adopt(sameObject);
        Image other = upload(ALICE, content(), "a.png");
        AdoptionRequest others = at(other.objectKey(), adoption(ALICE, other.content(), Optional.of(30L)));
        repository.adopt(others);

        assertThat(repository.furtherNames(List.of(other.id(), image.id(), 4711L)))
                .containsExactly(
                        name(image, sameObject, content),
                        name(image, copy, otherwiseStored),
                        name(other, others, other.content()));
        assertThat(repository.furtherNames(List.of(other.id()))).hasSize(1);
        assertThat(repository.furtherNames(List.of())).isEmpty();
        repository.remove(BOB, List.of(image.id()));
        assertThat(repository.furtherNames(List.of(image.id()))).isEmpty();
        assertThatThrownBy(() -> repository.furtherNames(LongStream.rangeClosed(1, ImageArchive.MAX_LIMIT + 1)
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

    // ---- life

    @Test
    void answersItsCheckUntilItIsClosed() {
        repository.check();

        repository.close();
        repository.close();

        assertThatThrownBy(repository::check).isInstanceOf(RepositoryException.class);
        assertThatThrownBy(() -> repository.findById(ALICE, 1)).isInstanceOf(RepositoryException.class);
    }

    @Test
    void timesAreCloseToThePresentAndTheSameOnEveryRead() {
        Image image = upload(ALICE, content(), "a.png");

        assertThat(repository.findById(ALICE, image.id()).orElseThrow().uploadedAt())
                .isEqualTo(image.uploadedAt());
        assertThat(image.uploadedAt()).isCloseTo(now(), within());
    }

    /** The present by a clock that the repository's ought to agree with. */
    protected Instant now() {
        return Instant.now();
    }

    private static TemporalUnitOffset within() {
        return new TemporalUnitWithinOffset(5, ChronoUnit.MINUTES);
    }

    // ---- helpers

    private Image upload(OwnerId owner, ImageDescriptor content, String name) {
        return upload(request(owner, content, name));
    }

    private Image upload(UploadRequest request) {
        return repository.complete(reserved(repository.claim(request))).orElseThrow();
    }

    // ---- the right to repair

    @Test
    void oneHolderAtATimeMayRepair() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThat(repository.takeRepair(first, TURN)).isTrue();
        assertThat(repository.takeRepair(second, TURN)).isFalse();
        assertThat(repository.takeRepair(second, TURN)).isFalse();
        assertThat(repository.keepRepair(second, TURN)).isFalse();
        repository.endRepair(second);
        assertThat(repository.keepRepair(first, TURN)).isTrue();
        assertThat(repository.takeRepair(first, TURN)).as("once more").isTrue();

        repository.endRepair(first);
        repository.endRepair(first);
        assertThat(repository.keepRepair(first, TURN)).isFalse();
        assertThat(repository.takeRepair(second, TURN)).isTrue();
    }

    @Test
    void ofManyWhoWantToRepairAtOnceOneMay() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<UUID> holders = Stream.generate(UUID::randomUUID).limit(4).toList();
            List<Callable<Boolean>> attempts = holders.stream()
                    .map(holder -> (Callable<Boolean>) () -> repository.takeRepair(holder, TURN))
                    .toList();

            assertThat(Concurrently.run(attempts)).containsOnlyOnce(true);
            letTimePass(TURN.plusSeconds(1));
        }
    }

    @Test
    void whoeverIsAliveMayGoOnRepairing() throws Exception {
        UUID alive = UUID.randomUUID();
        repository.takeRepair(alive, TURN);

        for (int i = 0; i < 3; i++) {
            letTimePass(TURN.minusSeconds(10));
            assertThat(repository.takeRepair(UUID.randomUUID(), TURN)).isFalse();
            assertThat(repository.keepRepair(alive, TURN)).isTrue();
        }
    }

    @Test
    void whoeverDiedIsTakenOverFromInTheEnd() throws Exception {
        UUID dead = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        repository.takeRepair(dead, TURN);
        letTimePass(TURN.plusSeconds(1));

        assertThat(repository.keepRepair(dead, TURN))
                .as("nobody has taken it yet")
                .isTrue();
        letTimePass(TURN.plusSeconds(1));
        assertThat(repository.takeRepair(next, TURN)).isTrue();
        assertThat(repository.keepRepair(dead, TURN)).isFalse();
        repository.endRepair(dead);
        assertThat(repository.keepRepair(next, TURN)).isTrue();

        repository.endRepair(next);
        assertThat(repository.keepRepair(dead, TURN))
                .as("somebody else has repaired meanwhile")
                .isFalse();
    }

    /**
     * Images with names, sizes and types that repeat, so that every order has equal keys; in the order of their ids.
     */
    private List<Image> uploadSeveral(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    ImageType type = i % 3 == 0 ? ImageType.PNG : ImageType.JPEG;
                    ImageDescriptor content = new ImageDescriptor(digest(), 100 + i % 3, type, 10, 20);
                    return upload(ALICE, content, (i % 2 == 0 ? "Name" : "name") + i % 4 + ".png");
                })
                .toList();
    }

    private List<Image> search(String text) {
        return repository.list(ImageQuery.of(ALICE).search(text)).images();
    }

    private static Comparator<Image> order(SortField field, SortDirection direction) {
        Comparator<String> byKey =
                field.isNumber() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
        Comparator<Image> ascending = Comparator.comparing(field::keyOf, byKey).thenComparingLong(Image::id);
        return direction == SortDirection.ASCENDING ? ascending : ascending.reversed();
    }

    private static <R extends ClaimRequest, T> Reservation<R> reserved(Claim<R, T> claim) {
        assertThat(claim).isInstanceOf(Claim.Reserved.class);
        return ((Claim.Reserved<R, T>) claim).reservation();
    }

    private static Image attached(Claim<UploadRequest, Image> claim) {
        assertThat(claim).isInstanceOf(Claim.Attached.class);
        return ((Claim.Attached<UploadRequest, Image>) claim).item();
    }

    private static UploadRequest request(OwnerId owner, ImageDescriptor content) {
        return request(owner, content, "image.png");
    }

    private static UploadRequest request(OwnerId owner, ImageDescriptor content, String name) {
        return request(
                owner,
                content,
                name,
                "f" + digest().hex().substring(0, 25) + "." + content.type().extension());
    }

    private static UploadRequest request(OwnerId owner, ImageDescriptor content, String name, String filename) {
        return new UploadRequest(owner, content, name, filename, LEASE);
    }

    private static ImageDescriptor content() {
        return new ImageDescriptor(digest(), 1234, ImageType.PNG, 640, 480, digest(), 1200);
    }

    private static Digest digest() {
        return TestContent.digestOf(
                (System.nanoTime() + "-" + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }
}
