package io.github.imagehost.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.archive.ImageRestore.Existing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumQuery.Audience;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Albums and tags in exports. */
class AlbumArchiveTest {

    private static final Instant FOR_LONG = Instant.parse("2999-12-31T12:00:00.123Z");

    private static final AlbumSettings SHOWN = new AlbumSettings(
            new AlbumName("Ferien ☀"),
            AlbumOrder.MANUAL,
            Visibility.PUBLIC,
            Optional.empty(),
            true,
            Optional.of(FOR_LONG));

    @TempDir
    Path directory;

    private final TestHost old = new TestHost();
    private final AlbumRepository oldAlbums = old.rows().albums();
    private final MutableClock clock = new MutableClock();
    private final InMemoryMetadataRepository rows = new InMemoryMetadataRepository(clock);
    private final AlbumRepository albums = rows.albums();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("backup.jsonl");
    }

    private ExportReport export() throws IOException {
        return new ImageExport(old.rows(), Optional.empty(), Optional.of(oldAlbums), ObjectKey::value)
                .write(file, Progress.UNOBSERVED);
    }

    private ImageRestore restoration(Optional<AlbumRepository> into) {
        return new ImageRestore(old.store().port(), rows, Optional.empty(), into, 2);
    }

    private RestoreReport restore() throws IOException {
        return restoration(Optional.of(albums)).restore(file, Existing.ANY, Progress.UNOBSERVED);
    }

    private List<Image> upload(OwnerId owner, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            old.upload(owner, Pictures.uniquePng());
        }
        return old.images(owner);
    }

    private static Album add(AlbumRepository to, OwnerId owner, char key, AlbumSettings settings, List<Image> images) {
        Album album = to.addAlbum(owner, key(key), settings);
        to.addImages(owner, album.id(), images.stream().map(Image::id).toList(), AlbumPlace.END);
        return album;
    }

    private static AlbumKey key(char character) {
        return new AlbumKey(String.valueOf(character).repeat(26));
    }

    private static AlbumSettings named(String name) {
        return AlbumSettings.of(new AlbumName(name));
    }

    private List<String> contents(AlbumKey key) {
        long id = albums.findAlbum(key).orElseThrow().id();
        return albums
                .images(id, new AlbumQuery(Audience.OWNER, Optional.of(AlbumOrder.MANUAL), 100, Optional.empty()))
                .images()
                .stream()
                .map(Image::filename)
                .toList();
    }

    private static List<String> filenames(List<Image> images) {
        return images.stream().map(Image::filename).toList();
    }

    private static void tag(AlbumRepository in, Image image, String tags) {
        in.changeTags(image.owner(), List.of(image.id()), TagChange.set(Tag.listIn(tags)));
    }

    @Test
    void albumsAndTagsComeBackAsTheyWere() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 5);
        List<Image> order = new ArrayList<>(images.subList(1, 5));
        Collections.shuffle(order);
        Album album = add(oldAlbums, TestHost.ALICE, 'a', SHOWN, order);
        oldAlbums.changeAlbum(
                TestHost.ALICE,
                album.id(),
                List.of(new AlbumChange.Cover(OptionalLong.of(order.get(2).id()))));
        add(oldAlbums, TestHost.ALICE, 'b', named("empty"), List.of());
        List<Image> others = upload(TestHost.BOB, 1);
        add(oldAlbums, TestHost.BOB, 'c', named("Ferien ☀"), others);
        tag(oldAlbums, images.get(0), "cat, garden");
        tag(oldAlbums, others.get(0), "cat");

        ExportReport exported = export();
        RestoreReport report = restore();

        assertThat(exported.albums()).isEqualTo(3);
        assertThat(report.complete()).isTrue();
        assertThat(report.albums()).isEqualTo(3);
        assertThat(contents(key('a'))).containsExactlyElementsOf(filenames(order));
        assertThat(contents(key('b'))).isEmpty();
        assertThat(contents(key('c'))).containsExactlyElementsOf(filenames(others));
        Album restored = albums.findAlbum(key('a')).orElseThrow();
        assertThat(restored.settings()).isEqualTo(SHOWN);
        assertThat(restored.cover()).hasValue(order.get(2).id());
        assertThat(restored.images()).isEqualTo(4);
        assertThat(tags(images.get(0))).containsExactly("cat", "garden");
        assertThat(tags(others.get(0))).containsExactly("cat");
        assertThat(tags(images.get(1))).isEmpty();
    }

    private List<String> tags(Image image) {
        return albums
                .filings(image.owner(), List.of(image.id()))
                .getOrDefault(image.id(), ImageFiling.NONE)
                .tags()
                .stream()
                .map(Tag::value)
                .toList();
    }

    @Test
    void aLargeAlbumIsExportedInItsOrder() throws IOException {
        List<Image> images = new ArrayList<>(upload(TestHost.ALICE, AlbumQuery.MAX_LIMIT + 3));
        Collections.shuffle(images);
        add(oldAlbums, TestHost.ALICE, 'a', named("all"), images);
        export();

        restore();

        long id = albums.findAlbum(key('a')).orElseThrow().id();
        assertThat(contents(key('a'))).isEqualTo(filenames(images).subList(0, AlbumQuery.MAX_LIMIT));
        assertThat(albums.findAlbum(TestHost.ALICE, id).orElseThrow().images()).isEqualTo(images.size());
    }

    @Test
    void aRestoreMayBeRepeated() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 3);
        add(oldAlbums, TestHost.ALICE, 'a', SHOWN, images);
        tag(oldAlbums, images.get(0), "cat");
        export();
        restore();

        RestoreReport report = restore();

        assertThat(report.complete()).isTrue();
        assertThat(report.albums()).isOne();
        assertThat(albums.albums(TestHost.ALICE)).hasSize(1);
        assertThat(contents(key('a'))).containsExactlyElementsOf(filenames(images));
    }

    @Test
    void aDryRunAndAHostWithoutAlbumsRestoreNone() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 1);
        add(oldAlbums, TestHost.ALICE, 'a', SHOWN, images);
        tag(oldAlbums, images.get(0), "cat");
        export();

        RestoreReport proved = restoration(Optional.of(albums)).prove(file, Existing.ANY, Progress.UNOBSERVED);
        RestoreReport without = restoration(Optional.empty()).restore(file, Existing.ANY, Progress.UNOBSERVED);

        assertThat(proved.complete()).isTrue();
        assertThat(without.complete()).isTrue();
        assertThat(without.restored()).isOne();
        assertThat(albums.albums(TestHost.ALICE)).isEmpty();
        assertThat(tags(images.get(0))).isEmpty();
    }

    @Test
    void anAlbumThatContradictsAnotherIsNamedAndNothingIsPutIntoTheOther() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 1);
        add(oldAlbums, TestHost.ALICE, 'a', SHOWN, images);
        add(oldAlbums, TestHost.ALICE, 'b', named("b"), images);
        export();
        add(albums, TestHost.ALICE, 'c', named("ferien ☀"), List.of());
        add(albums, TestHost.BOB, 'b', named("somebody else's"), List.of());

        RestoreReport report = restore();

        assertThat(report.problemCount()).isZero();
        assertThat(report.complete()).isFalse();
        assertThat(report.refusedAlbums()).containsExactlyInAnyOrder("Ferien ☀", "b");
        assertThat(contents(key('b'))).isEmpty();
        assertThat(contents(key('c'))).isEmpty();
    }

    @Test
    void tagsAreAddedToThoseThatAreThereIfThereIsRoom() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 2);
        tag(oldAlbums, images.get(0), "cat");
        tag(oldAlbums, images.get(1), "cat");
        export();
        restore();
        String many = String.join(
                ",",
                IntStream.range(0, Tag.MOST_OF_AN_IMAGE)
                        .mapToObj(Integer::toString)
                        .toList());
        tag(albums, images.get(0), many);
        tag(albums, images.get(1), "dog");

        RestoreReport report = restore();

        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("too many"))
                .extracting(RestoreProblem::filename)
                .isEqualTo(images.get(0).filename());
        assertThat(tags(images.get(0))).doesNotContain("cat");
        assertThat(tags(images.get(1))).containsExactly("cat", "dog");
    }

    @Test
    void anAlbumThatHasEndedSinceIsLeftOut() throws IOException {
        AlbumSettings ended = new AlbumSettings(
                SHOWN.name(),
                SHOWN.order(),
                SHOWN.visibility(),
                SHOWN.publicUntil(),
                true,
                Optional.of(old.clock().instant().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS)));
        add(oldAlbums, TestHost.ALICE, 'a', ended, upload(TestHost.ALICE, 1));
        export();

        RestoreReport report = restore();

        assertThat(report.complete()).isTrue();
        assertThat(report.albums()).isZero();
        assertThat(albums.albums(TestHost.ALICE)).isEmpty();
    }

    @Test
    void theEndOfBeingPublicComesBackToo() throws IOException {
        add(oldAlbums, TestHost.ALICE, 'a', publicUntil(FOR_LONG), upload(TestHost.ALICE, 1));
        export();

        restore();

        Album restored = albums.findAlbum(key('a')).orElseThrow();
        assertThat(restored.isPublic()).isTrue();
        assertThat(restored.settings().publicUntil()).contains(FOR_LONG);
        assertThat(restored.settings().expiresAt()).isEmpty();
    }

    @Test
    void anAlbumThatHasBecomePrivateSinceComesBackAsAPrivateOne() throws IOException {
        Instant end = clock.instant().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        List<Image> images = upload(TestHost.ALICE, 1);
        add(oldAlbums, TestHost.ALICE, 'a', publicUntil(end), images);
        export();
        clock.advance(Duration.ofSeconds(61));

        RestoreReport report = restore();

        assertThat(report.albums()).isOne();
        Album restored = albums.findAlbum(key('a')).orElseThrow();
        assertThat(restored.isPublic()).isFalse();
        assertThat(restored.settings().publicUntil()).isEmpty();
        assertThat(contents(key('a'))).containsExactlyElementsOf(filenames(images));
    }

    private static AlbumSettings publicUntil(Instant end) {
        return named("a")
                .changedBy(
                        List.of(new AlbumChange.Show(Visibility.PUBLIC), new AlbumChange.ShowUntil(Optional.of(end))));
    }

    @Test
    void albumsGoWithThePicturesOfTheirOwners() throws IOException {
        InMemoryAccessRepository oldOwners = new InMemoryAccessRepository(old.clock(), old.rows());
        InMemoryAccessRepository owners = new InMemoryAccessRepository(old.clock(), rows);
        OwnerId alice = oldOwners.addOwner(new OwnerName("alice"), Role.USER).id();
        List<Image> images = upload(alice, 2);
        add(oldAlbums, alice, 'a', named("a"), images);
        new ImageExport(old.rows(), Optional.of(oldOwners), Optional.of(oldAlbums), ObjectKey::value)
                .write(file, Progress.UNOBSERVED);
        OwnerId bob = owners.addOwner(new OwnerName("bob"), Role.USER).id();
        OwnerMap map = OwnerMap.parse(List.of("default=default", "alice=bob"));

        new ImageRestore(
                        old.store().port(),
                        rows,
                        Optional.of(new OwnerRestore(owners, map, owner -> {})),
                        Optional.of(albums),
                        1)
                .restore(file, Existing.ANY, Progress.UNOBSERVED);

        assertThat(albums.albums(bob)).extracting(Album::key).containsExactly(key('a'));
        assertThat(contents(key('a'))).containsExactlyElementsOf(filenames(images));
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("\"order\":\"manual\"", "\"order\":\"upwards\"", "its order is not known"),
                Arguments.of("\"kind\":\"contents\"", "\"kind\":\"content\"", "its kind is not known"),
                Arguments.of("\"filenames\":\"", "\"filenames\":\" ", "one of its filenames is none"),
                Arguments.of("\"tags\":\"cat\"", "\"tags\":\"" + "c".repeat(101) + "\"", "is no tag"),
                Arguments.of(
                        "\"visibility\":\"public\"",
                        "\"visibility\":\"private\",\"publicUntil\":\"2030-01-01T00:00:00Z\"",
                        "Only an album that is public"),
                Arguments.of("\"random\":\"yes\"", "\"randomly\":\"yes\"", "'randomly' is not known"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aLineThatIsNotLegalIsNamed(String from, String to, String detail) throws IOException {
        List<Image> images = upload(TestHost.ALICE, 1);
        tag(oldAlbums, images.get(0), "cat");
        add(oldAlbums, TestHost.ALICE, 'a', SHOWN, images);
        export();
        changeFile(Files.readString(file).replace(from, to));

        assertThatThrownBy(this::restore)
                .isInstanceOfSatisfying(
                        ArchiveDamagedException.class,
                        e -> assertThat(e.details()).first().asString().contains(detail));
        assertThat(rows.images()).isEmpty();
    }

    @Test
    void albumsFollowImagesAndContentsFollowAlbums() throws IOException {
        List<Image> images = upload(TestHost.ALICE, 1);
        add(oldAlbums, TestHost.ALICE, 'a', SHOWN, images);
        export();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(5);

        List<String> early = new ArrayList<>(lines);
        Collections.swap(early, 1, 2);
        assertNamed(early, "it follows albums");
        List<String> without = new ArrayList<>(lines);
        without.remove(2);
        assertNamed(without, "it follows no album");
    }

    private void assertNamed(List<String> lines, String detail) throws IOException {
        changeFile(String.join("\n", lines) + "\n");
        assertThatThrownBy(this::restore)
                .isInstanceOfSatisfying(
                        ArchiveDamagedException.class,
                        e -> assertThat(e.details()).first().asString().contains(detail));
    }

    /** With the digest that it says it has. */
    private void changeFile(String text) throws IOException {
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        String before = text.substring(0, last);
        Digest digest = Digest.of(Digest.sha256().digest(before.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(file, before + text.substring(last).replaceAll("[0-9a-f]{64}", digest.hex()));
    }
}
