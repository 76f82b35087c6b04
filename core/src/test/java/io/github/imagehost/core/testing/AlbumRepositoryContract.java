package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumCursor;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumQuery.Audience;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.DrawQuery;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.Orientation;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.port.album.AlbumLedger;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.album.TagLedger;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.UploadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link AlbumRepository} promises. A subclass supplies two repositories over the same images, empty at
 * first.
 */
public abstract class AlbumRepositoryContract {

    private static final OwnerId ALICE = new OwnerId(1);
    private static final OwnerId BOB = new OwnerId(2);
    private static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final AtomicLong COUNTER = new AtomicLong();

    private MetadataRepository images;
    private AlbumRepository albums;

    /** The images, none at first. */
    protected abstract MetadataRepository createImages() throws Exception;

    /** The albums and tags of the images that were created last. */
    protected abstract AlbumRepository createAlbums() throws Exception;

    /** Makes the repositories believe that this much time has passed for all that they know. */
    protected abstract void letTimePass(Duration duration) throws Exception;

    /** The present by a clock that the repositories' ought to agree with. */
    protected Instant now() {
        return Instant.now();
    }

    @BeforeEach
    final void openRepositories() throws Exception {
        images = createImages();
        albums = createAlbums();
        assertThat(albums.albums(ALICE)).isEmpty();
        assertThat(albums.tags(ALICE, Optional.empty(), 1)).isEmpty();
    }

    @AfterEach
    final void closeRepositories() {
        images.close();
    }

    /** The repository under test. */
    protected final AlbumRepository albums() {
        return albums;
    }

    // ---- albums

    @Test
    void anAlbumIsFoundInEveryWay() {
        AlbumSettings settings = new AlbumSettings(
                AlbumName.of("Süden 2026 😀"),
                AlbumOrder.MANUAL,
                Visibility.PUBLIC,
                Optional.of(Instant.parse("2098-12-31T23:59:59.321Z")),
                true,
                Optional.of(Instant.parse("2099-12-31T23:59:59.123Z")));
        AlbumKey key = key();

        Album album = albums.addAlbum(ALICE, key, settings);

        assertThat(album.settings()).isEqualTo(settings);
        assertThat(album.owner()).isEqualTo(ALICE);
        assertThat(album.key()).isEqualTo(key);
        assertThat(album.images()).isZero();
        assertThat(album.cover()).isEmpty();
        assertThat(album.createdAt()).isEqualTo(album.updatedAt());
        assertThat(albums.findAlbum(ALICE, album.id())).contains(album);
        assertThat(albums.findAlbum(ALICE, AlbumName.of("SÜDEN 2026 😀"))).contains(album);
        assertThat(albums.findAlbum(key)).contains(album);
        assertThat(albums.albums(ALICE)).containsExactly(album);
    }

    @Test
    void anAlbumOfAnotherOwnerIsNotThere() {
        Album album = addAlbum(ALICE, "a");
        Image image = upload(BOB);

        assertThat(albums.findAlbum(BOB, album.id())).isEmpty();
        assertThat(albums.findAlbum(BOB, AlbumName.of("a"))).isEmpty();
        assertThat(albums.albums(BOB)).isEmpty();
        assertThat(albums.changeAlbum(BOB, album.id(), List.of(new AlbumChange.Rename(AlbumName.of("b")))))
                .isEmpty();
        assertThat(albums.addImages(BOB, album.id(), List.of(image.id()), AlbumPlace.END))
                .isEmpty();
        assertThat(albums.removeImages(BOB, album.id(), List.of(image.id()))).isEmpty();
        assertThat(albums.removeAlbum(BOB, album.id())).isFalse();
        assertThat(list(BOB, ImageFilter.ALL.album(album.id()))).isEmpty();
        assertThat(albums.findAlbum(ALICE, album.id())).contains(album);
    }

    @Test
    void albumsAreInTheOrderOfTheirFoldedNames() {
        Stream.of("b", "图", "A", "😀", "a1", "\uFF01").forEach(name -> addAlbum(ALICE, name));

        assertThat(albums.albums(ALICE))
                .extracting(album -> album.settings().name().value())
                .containsExactly("A", "a1", "b", "图", "\uFF01", "😀");
    }

    @Test
    void twoAlbumsOfAnOwnerHaveNeverTheSameName() {
        Album first = addAlbum(ALICE, "Ferien");
        Album second = addAlbum(ALICE, "Arbeit");
        addAlbum(BOB, "FERIEN");

        assertThatExceptionOfType(AlbumNameTakenException.class).isThrownBy(() -> addAlbum(ALICE, "fERIEN"));
        assertThatExceptionOfType(AlbumNameTakenException.class)
                .isThrownBy(() -> albums.changeAlbum(
                        ALICE, second.id(), List.of(new AlbumChange.Rename(AlbumName.of("FERIEN")))));
        assertThat(albums.changeAlbum(ALICE, first.id(), List.of(new AlbumChange.Rename(AlbumName.of("FERIEN")))))
                .get()
                .extracting(album -> album.settings().name().value())
                .isEqualTo("FERIEN");
    }

    @Test
    void theLongestNamesFit() {
        String longest = "😀".repeat(AlbumName.LONGEST);
        Album album = addAlbum(ALICE, longest);
        Image image = upload(ALICE);
        Tag tag = Tag.of("图".repeat(Tag.LONGEST));
        albums.changeTags(ALICE, List.of(image.id()), TagChange.add(List.of(tag)));

        assertThat(albums.findAlbum(ALICE, AlbumName.of(longest))).contains(album);
        assertThat(albums.tags(ALICE, Optional.empty(), 2)).containsExactly(new TagCount(tag, 1));
    }

    @Test
    void anOwnerHasNoMoreAlbumsThanItMay() {
        IntStream.range(0, AlbumLedger.MOST_ALBUMS).forEach(i -> addAlbum(ALICE, "album " + i));

        assertThatExceptionOfType(TooManyAlbumsException.class).isThrownBy(() -> addAlbum(ALICE, "one more"));
        assertThat(albums.albums(ALICE)).hasSize(AlbumLedger.MOST_ALBUMS);
        addAlbum(BOB, "the first");
    }

    @Test
    void everythingAboutAnAlbumButItsKeyMayChange() {
        Album album = addAlbum(ALICE, "before");
        Image image = upload(ALICE);
        add(album, AlbumPlace.END, image);
        Instant end = NOON.plus(Duration.ofDays(30_000));
        Instant publicUntil = end.minusMillis(1);

        Album changed = albums.changeAlbum(
                        ALICE,
                        album.id(),
                        List.of(
                                new AlbumChange.Rename(AlbumName.of("after")),
                                new AlbumChange.Arrange(AlbumOrder.OLDEST),
                                new AlbumChange.Show(Visibility.PUBLIC),
                                new AlbumChange.ShowUntil(Optional.of(publicUntil)),
                                new AlbumChange.Draw(true),
                                new AlbumChange.ExpireAt(Optional.of(end)),
                                new AlbumChange.Cover(OptionalLong.of(image.id()))))
                .orElseThrow();

        assertThat(changed.settings())
                .isEqualTo(new AlbumSettings(
                        AlbumName.of("after"),
                        AlbumOrder.OLDEST,
                        Visibility.PUBLIC,
                        Optional.of(publicUntil),
                        true,
                        Optional.of(end)));
        assertThat(changed.cover()).hasValue(image.id());
        assertThat(changed.key()).isEqualTo(album.key());
        assertThat(changed.images()).isOne();
        assertThat(albums.findAlbum(ALICE, album.id())).contains(changed);
        Album back = albums.changeAlbum(
                        ALICE,
                        album.id(),
                        List.of(
                                new AlbumChange.ExpireAt(Optional.empty()),
                                new AlbumChange.Cover(OptionalLong.empty())))
                .orElseThrow();
        assertThat(back.settings().expiresAt()).isEmpty();
        assertThat(back.cover()).isEmpty();
    }

    @Test
    void onlyAnImageThatIsInAnAlbumIsItsCover() {
        Album album = addAlbum(ALICE, "a");
        Image inside = upload(ALICE);
        Image outside = upload(ALICE);
        add(album, AlbumPlace.END, inside);
        cover(album, inside);

        cover(album, outside);
        assertThat(album(album).cover()).hasValue(inside.id());

        albums.removeImages(ALICE, album.id(), List.of(inside.id()));
        assertThat(album(album).cover()).isEmpty();
        add(album, AlbumPlace.END, inside);
        cover(album, inside);
        images.remove(ALICE, List.of(inside.id()));
        assertThat(album(album).cover()).isEmpty();
    }

    private void cover(Album album, Image image) {
        albums.changeAlbum(ALICE, album.id(), List.of(new AlbumChange.Cover(OptionalLong.of(image.id()))));
    }

    @Test
    void anAlbumThatIsRemovedLeavesItsImages() {
        Album album = addAlbum(ALICE, "a");
        Image image = upload(ALICE);
        add(album, AlbumPlace.END, image);

        assertThat(albums.removeAlbum(ALICE, album.id())).isTrue();

        assertThat(albums.removeAlbum(ALICE, album.id())).isFalse();
        assertThat(images.findById(ALICE, image.id())).contains(image);
        assertThat(albums.findAlbum(ALICE, album.id())).isEmpty();
        assertThat(list(ALICE, ImageFilter.ALL.album(album.id()))).isEmpty();
        assertThat(shown(album, Audience.OWNER)).isEmpty();
        assertThat(albums.filings(ALICE, List.of(image.id()))).isEmpty();
        assertThat(addAlbum(ALICE, "a").id()).isNotEqualTo(album.id());
    }

    @Test
    void anAlbumWhoseEndHasComeIsNotThere() throws Exception {
        Album album = albums.addAlbum(ALICE, key(), ending("a"));
        Album other = addAlbum(ALICE, "b");
        Image image = upload(ALICE);
        add(album, AlbumPlace.END, image);
        letTimePass(Duration.ofHours(2));

        assertThat(albums.findAlbum(ALICE, album.id())).isEmpty();
        assertThat(albums.findAlbum(ALICE, AlbumName.of("a"))).isEmpty();
        assertThat(albums.findAlbum(album.key())).isEmpty();
        assertThat(albums.albums(ALICE)).extracting(Album::id).containsExactly(other.id());
        assertThat(albums.changeAlbum(ALICE, album.id(), List.of(new AlbumChange.ExpireAt(Optional.empty()))))
                .isEmpty();
        assertThat(albums.addImages(ALICE, album.id(), List.of(image.id()), AlbumPlace.END))
                .isEmpty();
        assertThat(shown(album, Audience.OWNER)).isEmpty();
        assertThat(list(ALICE, ImageFilter.ALL.album(album.id()))).isEmpty();
        assertThat(albums.filings(ALICE, List.of(image.id()))).isEmpty();
        assertThat(images.findById(ALICE, image.id())).isPresent();

        assertThat(addAlbum(ALICE, "A").id()).as("its name is free").isNotEqualTo(album.id());
        albums.removeEndedAlbums(10);
        assertThat(albums.removeEndedAlbums(10)).isZero();
    }

    @Test
    void albumsThatHaveEndedAreRemovedInParts() throws Exception {
        Stream.of("a", "b", "c").forEach(name -> albums.addAlbum(ALICE, key(), ending(name)));
        assertThat(albums.removeEndedAlbums(10)).isZero();
        letTimePass(Duration.ofHours(2));

        assertThat(albums.removeEndedAlbums(2)).isEqualTo(2);
        assertThat(albums.removeEndedAlbums(2)).isOne();
        assertThat(albums.removeEndedAlbums(2)).isZero();
    }

    private AlbumSettings ending(String name) {
        return new AlbumSettings(
                AlbumName.of(name),
                AlbumOrder.NEWEST,
                Visibility.PRIVATE,
                Optional.empty(),
                false,
                Optional.of(inAnHour()));
    }

    private Instant inAnHour() {
        return now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    }

    // ---- albums that are public for a while

    @Test
    void anAlbumIsPrivateFromTheEndOfBeingPublicOnAndNothingElseIsLost() throws Exception {
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", inAnHour()));
        Image image = upload(ALICE);
        add(album, AlbumPlace.END, image);
        cover(album, image);
        Album before = album(album);
        assertThat(before.isPublic()).isTrue();
        assertThat(albums.drawnAlbums()).containsExactly(before);

        letTimePass(Duration.ofHours(2));

        Album after = album(album);
        assertThat(after.isPublic()).isFalse();
        assertThat(after.settings()).isEqualTo(toDraw("a", Visibility.PRIVATE, Optional.empty()));
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.cover()).hasValue(image.id());
        assertThat(albums.findAlbum(ALICE, AlbumName.of("a"))).contains(after);
        assertThat(albums.findAlbum(album.key())).contains(after);
        assertThat(albums.albums(ALICE)).containsExactly(after);
        assertThat(albums.drawnAlbums()).isEmpty();
        assertThat(shown(album, Audience.OWNER)).extracting(Image::id).containsExactly(image.id());
        assertThat(albums.removeEndedAlbums(10)).isZero();
        assertThatExceptionOfType(AlbumNameTakenException.class).isThrownBy(() -> addAlbum(ALICE, "A"));
    }

    @Test
    void theEndOfBeingPublicStaysWhateverElseIsChanged() {
        Instant end = inAnHour();
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", end));

        change(album, new AlbumChange.Rename(AlbumName.of("b")), new AlbumChange.Arrange(AlbumOrder.OLDEST));
        change(album, new AlbumChange.Draw(false), new AlbumChange.ExpireAt(Optional.of(end)));
        change(album, new AlbumChange.Show(Visibility.PUBLIC));

        assertThat(album(album).settings().publicUntil()).contains(end);
        assertThat(album(album).isPublic()).isTrue();
    }

    @Test
    void whatIsMadePrivateHasNoEndOfBeingPublic() {
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", inAnHour()));

        Album hidden = change(album, new AlbumChange.Show(Visibility.PRIVATE));
        Album shown = change(album, new AlbumChange.Show(Visibility.PUBLIC));

        assertThat(hidden.isPublic()).isFalse();
        assertThat(hidden.settings().publicUntil()).isEmpty();
        assertThat(shown.isPublic()).isTrue();
        assertThat(shown.settings().publicUntil()).isEmpty();
    }

    @Test
    void anEndOfBeingPublicThatIsTakenAwayDoesNotCome() throws Exception {
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", inAnHour()));

        change(album, new AlbumChange.ShowUntil(Optional.empty()));
        letTimePass(Duration.ofHours(2));

        assertThat(album(album).isPublic()).isTrue();
        assertThat(album(album).settings().publicUntil()).isEmpty();
    }

    @Test
    void whatWasPublicForAWhileMayBeSoAgain() throws Exception {
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", inAnHour()));
        letTimePass(Duration.ofHours(2));

        Album shown = change(album, new AlbumChange.Show(Visibility.PUBLIC));

        assertThat(shown.isPublic()).isTrue();
        assertThat(shown.settings().publicUntil()).isEmpty();
    }

    @Test
    void anEndOfBeingPublicMakesNoAlbumPublic() {
        Instant end = inAnHour();
        Album album = addAlbum(ALICE, "a");

        Album alone = change(album, new AlbumChange.ShowUntil(Optional.of(end)));
        Album hidden =
                change(album, new AlbumChange.ShowUntil(Optional.of(end)), new AlbumChange.Show(Visibility.PRIVATE));
        Album shown =
                change(album, new AlbumChange.ShowUntil(Optional.of(end)), new AlbumChange.Show(Visibility.PUBLIC));

        for (Album one : List.of(alone, hidden)) {
            assertThat(one.isPublic()).isFalse();
            assertThat(one.settings().publicUntil()).isEmpty();
        }
        assertThat(shown.isPublic()).isTrue();
        assertThat(shown.settings().publicUntil()).contains(end);
    }

    /** As when it is restored. */
    @Test
    void anAlbumWhoseEndOfBeingPublicIsOverIsAddedAsAPrivateOne() {
        Album album = albums.addAlbum(ALICE, key(), publicUntil("a", inAnHour().minus(Duration.ofHours(2))));

        assertThat(album.settings()).isEqualTo(toDraw("a", Visibility.PRIVATE, Optional.empty()));
        assertThat(album(album)).isEqualTo(album);
    }

    private Album change(Album album, AlbumChange... changes) {
        return albums.changeAlbum(album.owner(), album.id(), List.of(changes)).orElseThrow();
    }

    private static AlbumSettings publicUntil(String name, Instant end) {
        return new AlbumSettings(
                AlbumName.of(name), AlbumOrder.NEWEST, Visibility.PUBLIC, Optional.of(end), true, Optional.empty());
    }

    // ---- images in albums

    @Test
    void imagesOfTheOwnerAreAddedOnce() {
        Album album = addAlbum(ALICE, "a");
        Image first = upload(ALICE);
        Image second = upload(ALICE);
        Image bobs = upload(BOB);
        List<Long> ids = List.of(second.id(), bobs.id(), first.id(), 4711L, second.id());

        for (AlbumPlace place : AlbumPlace.values()) {
            assertThat(albums.addImages(ALICE, album.id(), ids, place)).contains(Set.of(first.id(), second.id()));
            assertThat(album(album).images()).isEqualTo(2);
        }
        assertThat(albums.addImages(ALICE, album.id(), List.of(), AlbumPlace.END))
                .contains(Set.of());
        assertThat(list(ALICE, ImageFilter.ALL.album(album.id()))).containsExactlyInAnyOrder(first, second);
        assertThat(albums.filings(ALICE, ids))
                .containsOnlyKeys(first.id(), second.id())
                .containsEntry(first.id(), new ImageFiling(new TreeSet<>(Set.of(album.id())), new TreeSet<>()));
    }

    @Test
    void anImageMayBeInSeveralAlbums() {
        Album one = addAlbum(ALICE, "one");
        Album other = addAlbum(ALICE, "other");
        Image image = upload(ALICE);
        add(one, AlbumPlace.END, image);
        add(other, AlbumPlace.END, image);

        assertThat(albums.filings(ALICE, List.of(image.id())))
                .containsEntry(
                        image.id(), new ImageFiling(new TreeSet<>(Set.of(one.id(), other.id())), new TreeSet<>()));
        assertThat(albums.removeImages(ALICE, one.id(), List.of(image.id(), 4711L)))
                .contains(Set.of(image.id()));
        assertThat(albums.removeImages(ALICE, one.id(), List.of(image.id()))).contains(Set.of());
        assertThat(album(one).images()).isZero();
        assertThat(album(other).images()).isOne();
        assertThat(shown(other, Audience.OWNER)).containsExactly(image);
    }

    @Test
    void anImageThatIsRemovedIsOutOfAllAlbumsAndHasNoTags() {
        Album album = addAlbum(ALICE, "a");
        List<Image> three = uploadSeveral(3);
        add(album, AlbumPlace.END, three);
        tag(three, "cat");

        images.remove(ALICE, List.of(three.get(0).id(), three.get(1).id()));

        assertThat(album(album).images()).isOne();
        assertThat(shown(album, Audience.OWNER)).containsExactly(three.get(2));
        assertThat(albums.tags(ALICE, Optional.empty(), 10)).containsExactly(new TagCount(Tag.of("cat"), 1));
        assertThat(albums.filings(ALICE, ids(three)))
                .containsOnlyKeys(three.get(2).id());
        images.remove(ALICE, ids(three));
        assertThat(albums.tags(ALICE, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void anImageThatHasEndedIsOutOfAllAlbums() throws Exception {
        Album album = addAlbum(ALICE, "a");
        Image staying = upload(ALICE);
        Image ending = upload(request(
                ALICE,
                NOON,
                Sharing.UNLIMITED.expiresAt(
                        Optional.of(now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS)))));
        add(album, AlbumPlace.END, staying, ending);
        tag(List.of(staying, ending), "cat");
        letTimePass(Duration.ofHours(2));

        assertThat(shown(album, Audience.OWNER)).extracting(Image::id).containsExactly(staying.id());
        assertThat(albums.addImages(ALICE, album.id(), List.of(ending.id()), AlbumPlace.END))
                .contains(Set.of());
        assertThat(albums.changeTags(ALICE, List.of(ending.id()), TagChange.add(List.of(Tag.of("x")))))
                .isEmpty();
        images.removeEnded(10);

        assertThat(album(album).images()).isOne();
        assertThat(albums.tags(ALICE, Optional.empty(), 10)).containsExactly(new TagCount(Tag.of("cat"), 1));
    }

    @ParameterizedTest
    @EnumSource(AlbumOrder.class)
    void anAlbumIsShownInItsOrderPageByPage(AlbumOrder order) {
        Album album = addAlbum(ALICE, "a");
        arrange(album, order);
        List<Image> all = uploadSeveral(7);
        List<Image> shuffled = new ArrayList<>(all);
        Collections.swap(shuffled, 0, 5);
        Collections.swap(shuffled, 2, 3);
        add(album, AlbumPlace.END, shuffled);
        List<Image> expected = switch (order) {
            case MANUAL -> shuffled;
            case OLDEST -> all;
            case NEWEST -> reversed(all);
        };

        List<Image> seen = new ArrayList<>();
        Optional<AlbumCursor> next = Optional.empty();
        do {
            AlbumPage page = albums.images(album.id(), new AlbumQuery(Audience.OWNER, 3, next));
            assertThat(page.images()).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page.images());
            next = page.next().map(cursor -> AlbumCursor.decode(cursor.encode()));
        } while (next.isPresent());

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void anAlbumMayBeShownInAnotherOrder() {
        Album album = addAlbum(ALICE, "a");
        arrange(album, AlbumOrder.MANUAL);
        List<Image> all = uploadSeveral(3);
        add(album, AlbumPlace.END, all);

        assertThat(albums.images(
                                album.id(),
                                new AlbumQuery(Audience.OWNER, Optional.of(AlbumOrder.NEWEST), 10, Optional.empty()))
                        .images())
                .isEqualTo(reversed(all));
    }

    @Test
    void imagesOfTheSameTimeAreInTheOrderOfTheirIds() {
        Album album = addAlbum(ALICE, "a");
        List<Image> all = IntStream.range(0, 5)
                .mapToObj(i -> upload(request(ALICE, NOON, Sharing.UNLIMITED)))
                .toList();
        add(album, AlbumPlace.END, all);

        AlbumPage first = albums.images(album.id(), new AlbumQuery(Audience.OWNER, 2, Optional.empty()));
        AlbumPage second = albums.images(album.id(), new AlbumQuery(Audience.OWNER, 2, first.next()));

        assertThat(first.images()).containsExactly(all.get(4), all.get(3));
        assertThat(second.images()).containsExactly(all.get(2), all.get(1));
    }

    @Test
    void aCursorContinuesBehindAnImageThatIsGoneAndBeginsInAnotherOrder() {
        Album album = addAlbum(ALICE, "a");
        arrange(album, AlbumOrder.OLDEST);
        List<Image> all = uploadSeveral(5);
        add(album, AlbumPlace.END, all);
        Optional<AlbumCursor> cursor = albums.images(album.id(), new AlbumQuery(Audience.OWNER, 2, Optional.empty()))
                .next();
        images.remove(ALICE, List.of(all.get(1).id()));

        assertThat(albums.images(album.id(), new AlbumQuery(Audience.OWNER, 9, cursor))
                        .images())
                .isEqualTo(all.subList(2, 5));
        arrange(album, AlbumOrder.NEWEST);
        assertThat(albums.images(album.id(), new AlbumQuery(Audience.OWNER, 1, cursor))
                        .images())
                .containsExactly(all.get(4));
    }

    @Test
    void imagesAreMovedToTheStartAndToTheEnd() {
        Album album = addAlbum(ALICE, "a");
        arrange(album, AlbumOrder.MANUAL);
        List<Image> all = uploadSeveral(5);
        add(album, AlbumPlace.KEEP, all.get(0), all.get(1), all.get(2));
        assertThat(shown(album, Audience.OWNER)).isEqualTo(all.subList(0, 3));

        add(album, AlbumPlace.START, all.get(3), all.get(1));
        assertThat(shown(album, Audience.OWNER)).containsExactly(all.get(3), all.get(1), all.get(0), all.get(2));

        add(album, AlbumPlace.END, all.get(0), all.get(3));
        assertThat(shown(album, Audience.OWNER)).containsExactly(all.get(1), all.get(2), all.get(0), all.get(3));

        add(album, AlbumPlace.KEEP, all.get(4), all.get(1));
        assertThat(shown(album, Audience.OWNER))
                .containsExactly(all.get(1), all.get(2), all.get(0), all.get(3), all.get(4));
        assertThat(album(album).images()).isEqualTo(5);
    }

    @Test
    void everybodySeesOfAnAlbumWhatEverybodyMaySee() {
        Album album = addAlbum(ALICE, "a");
        Image open = upload(ALICE);
        Image hidden = upload(request(ALICE, NOON, Sharing.UNLIMITED.visibility(Visibility.PRIVATE)));
        Image counted = upload(request(ALICE, NOON, Sharing.UNLIMITED.viewsLeft(OptionalLong.of(3))));
        add(album, AlbumPlace.END, open, hidden, counted);

        assertThat(shown(album, Audience.OWNER)).hasSize(3);
        assertThat(shown(album, Audience.EVERYBODY)).containsExactly(open);

        images.change(ALICE, open.id(), List.of(new ImageChange.Show(Visibility.PRIVATE)));
        images.change(ALICE, hidden.id(), List.of(new ImageChange.Show(Visibility.PUBLIC)));
        images.change(ALICE, counted.id(), List.of(new ImageChange.LimitViews(OptionalLong.empty())));
        assertThat(shown(album, Audience.EVERYBODY))
                .extracting(Image::id)
                .containsExactlyInAnyOrder(hidden.id(), counted.id());

        images.change(ALICE, hidden.id(), List.of(new ImageChange.LimitViews(OptionalLong.of(1))));
        assertThat(shown(album, Audience.EVERYBODY)).extracting(Image::id).containsExactly(counted.id());
    }

    @Test
    void anUploadThatLiftsALimitShowsTheImage() {
        Album album = addAlbum(ALICE, "a");
        UploadRequest limited = request(ALICE, NOON, Sharing.UNLIMITED.viewsLeft(OptionalLong.of(3)));
        Image image = upload(limited);
        add(album, AlbumPlace.END, image);
        assertThat(shown(album, Audience.EVERYBODY)).isEmpty();

        images.claim(new UploadRequest(ALICE, limited.content(), "again.png", "g" + limited.filename(), LEASE));

        assertThat(shown(album, Audience.EVERYBODY)).extracting(Image::id).containsExactly(image.id());
    }

    @Test
    void pagesForEverybodyPassOverWhatIsHidden() {
        Album album = addAlbum(ALICE, "a");
        List<Image> all = IntStream.range(0, 12)
                .mapToObj(i -> upload(request(
                        ALICE,
                        NOON.plusSeconds(i),
                        Sharing.UNLIMITED.visibility(i % 3 == 0 ? Visibility.PUBLIC : Visibility.PRIVATE))))
                .toList();
        add(album, AlbumPlace.END, all);

        AlbumPage first = albums.images(album.id(), new AlbumQuery(Audience.EVERYBODY, 3, Optional.empty()));
        AlbumPage second = albums.images(album.id(), new AlbumQuery(Audience.EVERYBODY, 3, first.next()));

        assertThat(first.images()).containsExactly(all.get(9), all.get(6), all.get(3));
        assertThat(second.images()).containsExactly(all.get(0));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void whatIsAddedInManyThreadsIsCountedOnce() throws Exception {
        Album album = addAlbum(ALICE, "a");
        List<Image> all = uploadSeveral(6);

        Concurrently.run(4, () -> {
            for (Image image : all) {
                add(album, AlbumPlace.END, image);
                tag(List.of(image), "cat", "dog");
            }
            return true;
        });

        assertThat(album(album).images()).isEqualTo(6);
        assertThat(shown(album, Audience.OWNER)).hasSize(6);
        assertThat(albums.tags(ALICE, Optional.empty(), 10))
                .extracting(TagCount::images)
                .containsExactly(6L, 6L);
    }

    @Test
    void whatIsAddedAndRemovedAtOnceIsCountedRight() throws Exception {
        Album album = addAlbum(ALICE, "a");
        List<Image> all = uploadSeveral(Depth.of(24, 120));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Image image : all) {
            tasks.add(() -> {
                add(album, AlbumPlace.END, image);
                tag(List.of(image), "cat");
                return true;
            });
            if (image.id() % 2 == 0) {
                tasks.add(() -> {
                    images.remove(ALICE, List.of(image.id()));
                    return true;
                });
            }
        }

        Concurrently.run(tasks.subList(0, Math.min(tasks.size(), 36)));

        List<Image> inside = shown(album, Audience.OWNER);
        assertThat(album(album).images()).isEqualTo(inside.size());
        long tagged = albums.filings(ALICE, ids(all)).values().stream()
                .filter(filing -> !filing.tags().isEmpty())
                .count();
        assertThat(albums.tags(ALICE, Optional.empty(), 10).stream()
                        .mapToLong(TagCount::images)
                        .sum())
                .isEqualTo(tagged);
        assertThat(inside).allMatch(image -> images.findById(ALICE, image.id()).isPresent());
    }

    @Test
    void anAlbumThatIsRemovedWhileImagesAreAddedIsGone() throws Exception {
        Album album = addAlbum(ALICE, "a");
        List<Image> all = uploadSeveral(6);
        List<Callable<Boolean>> tasks = all.stream()
                .<Callable<Boolean>>map(
                        image -> () -> albums.addImages(ALICE, album.id(), List.of(image.id()), AlbumPlace.END)
                                .isPresent())
                .collect(Collectors.toCollection(ArrayList::new));
        tasks.add(() -> albums.removeAlbum(ALICE, album.id()));

        Concurrently.run(tasks);

        assertThat(albums.findAlbum(ALICE, album.id())).isEmpty();
        assertThat(albums.filings(ALICE, ids(all))).isEmpty();
        assertThat(images.remove(ALICE, ids(all)).removed()).hasSize(6);
    }

    // ---- drawing

    @Test
    void anImageIsDrawnFromThoseThatEverybodySees() {
        Album album = addAlbum(ALICE, "a");
        List<Image> open = uploadSeveral(3);
        Image hidden = upload(request(ALICE, NOON, Sharing.UNLIMITED.visibility(Visibility.PRIVATE)));
        Image counted = upload(request(ALICE, NOON, Sharing.UNLIMITED.viewsLeft(OptionalLong.of(3))));
        add(album, AlbumPlace.END, open);
        add(album, AlbumPlace.START, hidden, counted);
        upload(ALICE);

        Set<Image> drawn = IntStream.range(0, 200)
                .mapToObj(i -> albums.draw(album.id(), DrawQuery.ANY).orElseThrow())
                .collect(Collectors.toSet());

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(open);
        images.change(ALICE, open.get(0).id(), List.of(new ImageChange.Show(Visibility.PRIVATE)));
        images.remove(ALICE, List.of(open.get(1).id()));
        assertThat(albums.draw(album.id(), DrawQuery.ANY)).contains(open.get(2));
        albums.removeImages(ALICE, album.id(), List.of(open.get(2).id()));
        assertThat(albums.draw(album.id(), DrawQuery.ANY)).isEmpty();
        assertThat(albums.draw(4711, DrawQuery.ANY)).isEmpty();
    }

    @Test
    void anImageIsDrawnOfItsKind() {
        Album album = addAlbum(ALICE, "a");
        Image wide = sized(20, 10);
        Image high = sized(10, 20);
        Image square = sized(10, 10);
        add(album, AlbumPlace.END, wide, high, square);
        tag(List.of(high, square), "cat");
        Optional<Tag> cat = Optional.of(Tag.of("cat"));

        assertThat(draw(album, Optional.of(Orientation.LANDSCAPE), Optional.empty()))
                .contains(wide);
        assertThat(draw(album, Optional.of(Orientation.PORTRAIT), Optional.empty()))
                .contains(high);
        assertThat(draw(album, Optional.of(Orientation.SQUARE), cat)).contains(square);
        assertThat(draw(album, Optional.of(Orientation.LANDSCAPE), cat)).isEmpty();
        assertThat(draw(album, Optional.empty(), Optional.of(Tag.of("dog")))).isEmpty();
    }

    private Optional<Image> draw(Album album, Optional<Orientation> orientation, Optional<Tag> tag) {
        return albums.draw(album.id(), new DrawQuery(orientation, tag));
    }

    private Image sized(int width, int height) {
        UploadRequest request = request(ALICE, NOON, Sharing.UNLIMITED);
        ImageDescriptor content = new ImageDescriptor(request.content().digest(), 1234, ImageType.PNG, width, height);
        return upload(new UploadRequest(ALICE, content, "a.png", request.filename(), LEASE));
    }

    @Test
    void imagesAreDrawnFromPublicAlbumsThatSaySo() throws Exception {
        Album drawn = albums.addAlbum(ALICE, key(), toDraw("drawn", Visibility.PUBLIC, Optional.empty()));
        Album others = albums.addAlbum(BOB, key(), toDraw("drawn", Visibility.PUBLIC, Optional.empty()));
        Album hidden = albums.addAlbum(ALICE, key(), toDraw("hidden", Visibility.PRIVATE, Optional.empty()));
        Album ending = albums.addAlbum(
                ALICE,
                key(),
                toDraw("ending", Visibility.PUBLIC, ending("ending").expiresAt()));
        albums.addAlbum(ALICE, key(), toDraw("empty", Visibility.PUBLIC, Optional.empty()));
        Album other = addAlbum(ALICE, "other");
        Image image = upload(ALICE);
        for (Album album : List.of(drawn, hidden, ending, other)) {
            add(album, AlbumPlace.END, image);
        }
        albums.addImages(BOB, others.id(), List.of(upload(BOB).id()), AlbumPlace.END);

        assertThat(albums.drawnAlbums())
                .extracting(Album::id)
                .containsExactlyInAnyOrder(drawn.id(), others.id(), ending.id());
        letTimePass(Duration.ofHours(2));
        assertThat(albums.drawnAlbums()).extracting(Album::id).containsExactlyInAnyOrder(drawn.id(), others.id());
        albums.changeAlbum(ALICE, drawn.id(), List.of(new AlbumChange.Draw(false)));
        albums.changeAlbum(BOB, others.id(), List.of(new AlbumChange.Show(Visibility.PRIVATE)));
        assertThat(albums.drawnAlbums()).isEmpty();
    }

    private static AlbumSettings toDraw(String name, Visibility visibility, Optional<Instant> end) {
        return new AlbumSettings(AlbumName.of(name), AlbumOrder.NEWEST, visibility, Optional.empty(), true, end);
    }

    // ---- tags

    @Test
    void tagsAreSetAddedAndRemoved() {
        List<Image> two = uploadSeveral(2);
        Image bobs = upload(BOB);

        assertThat(albums.changeTags(
                        ALICE, List.of(two.get(0).id(), bobs.id(), 4711L), TagChange.add(tags("Cat", "dog", "CAT"))))
                .containsExactly(two.get(0).id());
        tag(two, "cat");
        assertThat(counts()).containsExactly("cat 2", "dog 1");
        assertThat(tagsOf(two.get(0))).isEqualTo(tags("cat", "dog"));

        albums.changeTags(ALICE, ids(two), TagChange.remove(tags("cat", "bird")));
        assertThat(counts()).containsExactly("dog 1");

        albums.changeTags(ALICE, ids(two), TagChange.set(tags("a", "b")));
        assertThat(counts()).containsExactly("a 2", "b 2");
        albums.changeTags(ALICE, ids(two), TagChange.set(tags("b")));
        assertThat(counts()).containsExactly("b 2");
        albums.changeTags(ALICE, ids(two), TagChange.of(tags("c", "d"), tags("b", "e")));
        assertThat(counts()).containsExactly("c 2", "d 2");

        albums.changeTags(ALICE, ids(two), TagChange.set(tags()));
        assertThat(counts()).isEmpty();
        assertThat(albums.filings(ALICE, ids(two))).isEmpty();
        assertThat(albums.tags(BOB, Optional.empty(), 10)).isEmpty();
        assertThat(albums.changeTags(ALICE, List.of(), TagChange.add(tags("x"))))
                .isEmpty();
    }

    @Test
    void anImageHasNoMoreTagsThanItMay() {
        List<Image> two = uploadSeveral(2);
        Set<Tag> most = IntStream.range(0, Tag.MOST_OF_AN_IMAGE)
                .mapToObj(i -> Tag.of("tag " + i))
                .collect(Collectors.toSet());
        albums.changeTags(ALICE, List.of(two.get(1).id()), TagChange.add(most));

        assertThatExceptionOfType(TooManyTagsException.class).isThrownBy(() -> tag(two, "one more"));
        assertThat(tagsOf(two.get(0))).as("all or none").isEmpty();
        tag(two, "tag 0");
        assertThat(tagsOf(two.get(1))).hasSize(Tag.MOST_OF_AN_IMAGE);
    }

    @Test
    void tagsAreListedInTheirOrderPartByPart() {
        tag(uploadSeveral(1), "b", "a", "图", "a b", "😀");

        assertThat(albums.tags(ALICE, Optional.empty(), 3))
                .extracting(count -> count.tag().value())
                .containsExactly("a", "a b", "b");
        assertThat(albums.tags(ALICE, Optional.of(Tag.of("B")), 3))
                .extracting(count -> count.tag().value())
                .containsExactly("图", "😀");
        assertThatIllegalArgumentException().isThrownBy(() -> albums.tags(ALICE, Optional.empty(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> albums.tags(ALICE, Optional.empty(), TagLedger.MOST_TAGS + 1));
    }

    @Test
    void manyThreadsMayGiveTheSameNewTag() throws Exception {
        List<Image> all = uploadSeveral(6);

        Concurrently.run(all.stream()
                .map(image -> (Callable<Boolean>) () -> {
                    tag(List.of(image), "new", "NEW", "also new");
                    return true;
                })
                .toList());

        assertThat(counts()).containsExactly("also new 6", "new 6");
    }

    @Test
    void manyThreadsMayGiveAndTakeTheSameTag() throws Exception {
        List<Image> all = uploadSeveral(6);

        Concurrently.run(all.stream()
                .map(image -> (Callable<Boolean>) () -> {
                    for (int i = 0; i < Depth.of(4, 20); i++) {
                        albums.changeTags(ALICE, List.of(image.id()), TagChange.set(tags("a", "b")));
                        albums.changeTags(ALICE, List.of(image.id()), TagChange.set(tags()));
                    }
                    tag(List.of(image), "b");
                    return true;
                })
                .toList());

        assertThat(counts()).containsExactly("b 6");
    }

    // ---- lists

    /** In every build one of each kind: a number that lists of members have, one that they have not, a text. */
    static Stream<SortField> fieldsOfLists() {
        return Depth.of(
                Set.of(SortField.UPLOAD_TIME, SortField.FILE_SIZE, SortField.ORIGINAL_NAME),
                EnumSet.allOf(SortField.class));
    }

    @ParameterizedTest
    @MethodSource("fieldsOfLists")
    void aListOfAnAlbumOrATagIsLikeAnyOther(SortField field) {
        List<Image> all = uploadSeveral(23);
        List<Image> chosen = all.stream().filter(image -> image.id() % 2 == 0).toList();
        Album album = addAlbum(ALICE, "a");
        Album empty = addAlbum(ALICE, "empty");
        add(album, AlbumPlace.END, chosen);
        tag(chosen, "cat");
        List<Image> hidden = List.of(chosen.get(1), chosen.get(2), chosen.get(5));
        hidden.forEach(image -> images.change(ALICE, image.id(), List.of(new ImageChange.Show(Visibility.PRIVATE))));
        UnaryOperator<ImageFilter> both = filter -> filter.album(album.id()).tag(Tag.of("CAT"));
        List<Image> now = list(ALICE, ImageFilter.ALL, 100);

        for (UnaryOperator<ImageFilter> filed : List.<UnaryOperator<ImageFilter>>of(
                filter -> filter.album(album.id()), filter -> filter.tag(Tag.of("cat")), both)) {
            assertLists(field, now, id -> id % 2 == 0, filed.apply(ImageFilter.ALL));
            assertLists(
                    field,
                    now,
                    id -> ids(hidden).contains(id),
                    filed.apply(ImageFilter.ALL.visibility(Visibility.PRIVATE)));
            assertLists(
                    field,
                    now,
                    id -> id % 2 == 0 && !ids(hidden).contains(id),
                    filed.apply(ImageFilter.ALL.visibility(Visibility.PUBLIC)));
            assertLists(
                    field,
                    now,
                    id -> id % 2 == 0 && image(now, id).content().type() == ImageType.JPEG,
                    filed.apply(ImageFilter.ALL.type(ImageType.JPEG)));
            assertLists(
                    field,
                    now,
                    id -> id % 2 == 0 && image(now, id).originalName().endsWith("1.png"),
                    filed.apply(ImageFilter.ALL.text("1.PNG")));
            assertLists(
                    field,
                    now,
                    id -> id == chosen.get(3).id(),
                    filed.apply(ImageFilter.ALL.filename(chosen.get(3).filename())));
            assertLists(
                    field,
                    now,
                    id -> id % 2 == 0 && image(now, id).uploadedAt().isAfter(NOON.plusSeconds(8)),
                    filed.apply(
                            ImageFilter.ALL.uploadedFrom(NOON.plusSeconds(9)).minSize(1)));
        }
        assertLists(field, now, id -> ids(hidden).contains(id), ImageFilter.ALL.visibility(Visibility.PRIVATE));
        assertLists(field, now, id -> !ids(hidden).contains(id), ImageFilter.ALL.visibility(Visibility.PUBLIC));
        assertLists(field, now, id -> false, ImageFilter.ALL.album(empty.id()));
        assertLists(field, now, id -> false, ImageFilter.ALL.album(empty.id()).tag(Tag.of("cat")));
        assertLists(field, now, id -> false, ImageFilter.ALL.tag(Tag.of("nothing")));
        assertLists(field, now, id -> false, ImageFilter.ALL.album(4711));
    }

    private void assertLists(SortField field, List<Image> all, LongPredicate wanted, ImageFilter filter) {
        for (SortDirection direction : SortDirection.values()) {
            Comparator<String> keys =
                    field.isNumber() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
            Comparator<Image> ascending =
                    Comparator.comparing(field::keyOf, keys).thenComparingLong(Image::id);
            List<Image> expected = all.stream()
                    .filter(image -> wanted.test(image.id()))
                    .sorted(direction == SortDirection.ASCENDING ? ascending : ascending.reversed())
                    .toList();
            ImageQuery query = ImageQuery.of(ALICE)
                    .filter(filter)
                    .sortedBy(field, direction)
                    .limit(4);

            List<Image> byCursor = new ArrayList<>();
            List<Image> byPage = new ArrayList<>();
            Optional<ImageQuery> next = Optional.of(query);
            for (long page = 1; next.isPresent(); page++) {
                ImagePage answer = images.list(next.get());
                byCursor.addAll(answer.images());
                byPage.addAll(images.list(query.page(page)).images());
                assertThat(answer.totalItems()).as("%s", filter).isEqualTo(expected.size());
                assertThat(answer.totalIsEstimate()).isFalse();
                next = answer.next().map(query::from);
            }
            assertThat(byCursor).as("%s", filter).isEqualTo(expected);
            assertThat(byPage).as("%s", filter).isEqualTo(expected);
            assertThat(images.list(query.page(50)).images()).isEmpty();
            assertThat(images.list(query.page(50)).totalItems()).isEqualTo(expected.size());
        }
    }

    private static Image image(List<Image> all, long id) {
        return all.stream().filter(image -> image.id() == id).findFirst().orElseThrow();
    }

    @Test
    void tagsOfOthersChooseNothing() {
        Image bobs = upload(BOB);
        albums.changeTags(BOB, List.of(bobs.id()), TagChange.add(tags("cat")));
        tag(List.of(upload(ALICE)), "dog");

        assertThat(list(ALICE, ImageFilter.ALL.tag(Tag.of("cat")))).isEmpty();
        assertThat(list(BOB, ImageFilter.ALL.tag(Tag.of("cat")))).containsExactly(bobs);
        assertThat(albums.filings(ALICE, List.of(bobs.id()))).isEmpty();
    }

    // ---- helpers

    private Album addAlbum(OwnerId owner, String name) {
        return albums.addAlbum(owner, key(), AlbumSettings.of(AlbumName.of(name)));
    }

    private Album album(Album album) {
        return albums.findAlbum(album.owner(), album.id()).orElseThrow();
    }

    private void arrange(Album album, AlbumOrder order) {
        albums.changeAlbum(album.owner(), album.id(), List.of(new AlbumChange.Arrange(order)));
    }

    private void add(Album album, AlbumPlace place, Image... added) {
        add(album, place, List.of(added));
    }

    private void add(Album album, AlbumPlace place, List<Image> added) {
        albums.addImages(album.owner(), album.id(), ids(added), place);
    }

    private List<Image> shown(Album album, Audience audience) {
        return albums.images(album.id(), new AlbumQuery(audience, 100, Optional.empty()))
                .images();
    }

    private void tag(List<Image> tagged, String... texts) {
        albums.changeTags(ALICE, ids(tagged), TagChange.add(tags(texts)));
    }

    private static SortedSet<Tag> tags(String... texts) {
        return new TreeSet<>(Tag.of(List.of(texts)));
    }

    private Collection<Tag> tagsOf(Image image) {
        return albums.filings(ALICE, List.of(image.id()))
                .getOrDefault(image.id(), ImageFiling.NONE)
                .tags();
    }

    private List<String> counts() {
        return albums.tags(ALICE, Optional.empty(), 10).stream()
                .map(count -> count.tag() + " " + count.images())
                .toList();
    }

    private List<Image> list(OwnerId owner, ImageFilter filter) {
        return list(owner, filter, 20);
    }

    private List<Image> list(OwnerId owner, ImageFilter filter, int limit) {
        return images.list(ImageQuery.of(owner).filter(filter).limit(limit)).images();
    }

    private static List<Long> ids(List<Image> all) {
        return all.stream().map(Image::id).toList();
    }

    private static List<Image> reversed(List<Image> all) {
        List<Image> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        return reversed;
    }

    private Image upload(OwnerId owner) {
        return upload(request(owner, NOON.plusSeconds(COUNTER.incrementAndGet()), Sharing.UNLIMITED));
    }

    /** One second after the other, with names, sizes and types that repeat. */
    private List<Image> uploadSeveral(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> upload(new UploadRequest(
                        ALICE,
                        new ImageDescriptor(
                                TestContent.digestOf(("album " + COUNTER.incrementAndGet() + System.nanoTime())
                                        .getBytes(StandardCharsets.UTF_8)),
                                100 + i % 3,
                                i % 3 == 0 ? ImageType.PNG : ImageType.JPEG,
                                10,
                                20),
                        (i % 2 == 0 ? "Name" : "name") + i % 5 + ".png",
                        "f" + key() + ".png",
                        LEASE,
                        Optional.of(NOON.plusSeconds(i)),
                        Sharing.UNLIMITED)))
                .toList();
    }

    private Image upload(UploadRequest request) {
        Claim<UploadRequest, Image> claim = images.claim(request);
        return images.complete(((Claim.Reserved<UploadRequest, Image>) claim).reservation())
                .orElseThrow();
    }

    private static UploadRequest request(OwnerId owner, Instant uploadedAt, Sharing sharing) {
        byte[] bytes = (System.nanoTime() + "-" + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        ImageDescriptor content = new ImageDescriptor(TestContent.digestOf(bytes), 1234, ImageType.PNG, 640, 480);
        return new UploadRequest(
                owner, content, "image.png", "f" + key() + ".png", LEASE, Optional.of(uploadedAt), sharing);
    }

    private static AlbumKey key() {
        byte[] bytes = TestContent.digestOf(
                        (System.nanoTime() + "-" + COUNTER.incrementAndGet()).getBytes(StandardCharsets.UTF_8))
                .bytes();
        return AlbumKey.of(Arrays.copyOf(bytes, AlbumKey.RANDOM_BYTES));
    }
}
