package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.MoreCollectors;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.ClaimRequest;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link MetadataRepository} promises. A subclass supplies the repository, empty at first. */
public abstract class MetadataRepositoryContract {

    static final OwnerId ALICE = new OwnerId(1);

    static final OwnerId BOB = new OwnerId(2);

    static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));

    private static final AtomicLong COUNTER = new AtomicLong();

    private MetadataRepository repository;

    /** A repository with nothing in it. */
    protected abstract MetadataRepository createRepository() throws Exception;

    /** Makes the repository believe that this much time has passed for all that it knows. */
    protected abstract void letTimePass(Duration duration) throws Exception;

    /** What an implementation does now and then to keep lists and searches fast; nothing, if it does nothing. */
    protected void tidyUp() {}

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
    protected MetadataRepository repository() {
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
    void theNameOfAnImageThatIsGoneIsForgottenAfterADay() throws Exception {
        OwnerId carol = new OwnerId(3);
        ImageDescriptor content = content();
        upload(ALICE, content, "a.png");
        UploadRequest deleted = request(BOB, content);
        UploadRequest ended = request(carol, content);
        attached(repository.claim(shared(ended, untilThen())));
        letTimePass(Duration.ofMinutes(61));
        assertThat(repository.removeEnded(10).removed()).hasSize(1);
        Image image = attached(repository.claim(deleted));
        repository.remove(BOB, List.of(image.id()));

        letTimePass(Duration.ofHours(23));
        repository.condemnExpired();
        assertThat(repository.claim(deleted)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository.claim(ended)).isEqualTo(new Claim.KeyUsed<>());

        letTimePass(Duration.ofMinutes(61));
        repository.condemnExpired();
        assertThat(attached(repository.claim(deleted)).id()).isNotEqualTo(image.id());
        assertThat(attached(repository.claim(ended)).filename()).isEqualTo(ended.filename());
    }

    @Test
    void aNameIsUsedForAsLongAsAnObjectHasItForItsKey() throws Exception {
        ImageDescriptor content = content();
        UploadRequest request = request(ALICE, content);
        Image image = repository.complete(reserved(repository.claim(request))).orElseThrow();
        attached(repository.claim(request(BOB, content)));
        repository.remove(ALICE, List.of(image.id()));

        letTimePass(Duration.ofHours(25));
        repository.condemnExpired();

        assertThat(repository.claim(request)).isEqualTo(new Claim.KeyUsed<>());
        assertThat(repository.findByFilename(image.filename())).isEmpty();
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

    static UploadRequest dated(UploadRequest request, Instant date) {
        return new UploadRequest(
                request.owner(),
                request.content(),
                request.originalName(),
                request.filename(),
                request.lease(),
                Optional.of(date),
                request.sharing());
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
        UploadRequest underWay = request(ALICE, content());
        repository.remove(ALICE, List.of(upload(ALICE, deleted, "a.png").id()));
        Image alices = upload(ALICE, others, "b.png");
        attached(repository.claim(request(BOB, others)));
        repository.remove(ALICE, List.of(alices.id()));
        reserved(repository.claim(underWay));
        List<Digest> all =
                List.of(deleted.digest(), others.digest(), underWay.content().digest());

        assertThat(repository.findExisting(ALICE, all)).isEmpty();
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
    }

    @Test
    void anImageThatHasEndedIsOnlyListed() throws Exception {
        Image image = upload(shared(request(ALICE, content()), untilThen()));
        Image other = upload(ALICE, content(), "other.png");

        letTimePass(Duration.ofMinutes(61));

        assertThat(repository.findById(ALICE, image.id())).isEmpty();
        assertThat(repository.findByFilename(image.filename())).isEmpty();
        assertThat(repository.change(ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.empty()))))
                .isEmpty();
        assertThat(repository.countView(ALICE, image.id())).isFalse();
        assertThat(repository.remove(ALICE, List.of(image.id(), other.id())).removed())
                .containsExactly(other.id());
        assertThat(repository.list(ImageQuery.of(ALICE)).images())
                .extracting(Image::id)
                .containsExactly(image.id());
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
    }

    @Test
    void anUploadOfWhatHasEndedMakesANewImage() throws Exception {
        Image ended = upload(shared(request(ALICE, content()), untilThen()));
        letTimePass(Duration.ofMinutes(61));

        Image image = upload(request(ALICE, ended.content()));

        assertThat(image.id()).isNotEqualTo(ended.id());
        assertThat(image.sharing()).isEqualTo(Sharing.UNLIMITED);
        assertThat(repository.findByFilename(ended.filename())).isEmpty();
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
    void whatIsUploadedAgainWhileItEndsIsThereAfterwards() throws Exception {
        for (int round = 0; round < 10; round++) {
            Image image = upload(shared(request(ALICE, content()), untilThen()));
            letTimePass(Duration.ofMinutes(61));

            Concurrently.run(List.of(() -> repository.removeEnded(10), () -> upload(request(ALICE, image.content()))));

            assertThat(listedByDigest(ALICE, image.content().digest()).map(Image::sharing))
                    .contains(Sharing.UNLIMITED);
        }
    }

    Sharing untilThen() {
        return sharing(inAnHour());
    }

    static Sharing sharing(Instant end) {
        return Sharing.UNLIMITED.expiresAt(Optional.of(end));
    }

    Instant inAnHour() {
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

    static AdoptionRequest shared(AdoptionRequest request, Sharing sharing) {
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

    static TemporalUnitOffset within() {
        return new TemporalUnitWithinOffset(5, ChronoUnit.MINUTES);
    }

    // ---- helpers

    Image upload(OwnerId owner, ImageDescriptor content, String name) {
        return upload(request(owner, content, name));
    }

    Image upload(UploadRequest request) {
        return repository.complete(reserved(repository.claim(request))).orElseThrow();
    }

    // ---- the right to repair

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

    List<Image> search(String text) {
        return repository.list(ImageQuery.of(ALICE).search(text)).images();
    }

    static Comparator<Image> order(SortField field, SortDirection direction) {
        Comparator<String> byKey =
                field.isNumber() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
        Comparator<Image> ascending = Comparator.comparing(field::keyOf, byKey).thenComparingLong(Image::id);
        return direction == SortDirection.ASCENDING ? ascending : ascending.reversed();
    }

    static <R extends ClaimRequest, T> Reservation<R> reserved(Claim<R, T> claim) {
        assertThat(claim).isInstanceOf(Claim.Reserved.class);
        return ((Claim.Reserved<R, T>) claim).reservation();
    }

    static Image attached(Claim<UploadRequest, Image> claim) {
        assertThat(claim).isInstanceOf(Claim.Attached.class);
        return ((Claim.Attached<UploadRequest, Image>) claim).item();
    }

    static UploadRequest request(OwnerId owner, ImageDescriptor content) {
        return request(owner, content, "image.png");
    }

    static UploadRequest request(OwnerId owner, ImageDescriptor content, String name) {
        return request(
                owner,
                content,
                name,
                "f" + digest().hex().substring(0, 25) + "." + content.type().extension());
    }

    static UploadRequest request(OwnerId owner, ImageDescriptor content, String name, String filename) {
        return new UploadRequest(owner, content, name, filename, LEASE);
    }

    static ImageDescriptor content() {
        return new ImageDescriptor(digest(), 1234, ImageType.PNG, 640, 480, digest(), 1200);
    }

    static Digest digest() {
        return TestContent.digestOf(
                (System.nanoTime() + "-" + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }
}
