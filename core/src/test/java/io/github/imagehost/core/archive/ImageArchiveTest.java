package io.github.imagehost.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.archive.ImageRestore.Existing;
import io.github.imagehost.core.archive.RestoreProblem.Kind;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.administration.ImageArchive;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ImageExport} and {@link ImageRestore}. */
class ImageArchiveTest {

    private static final Instant OLD = Instant.parse("2019-03-04T05:06:07.089Z");

    @TempDir
    Path directory;

    private final TestHost host = new TestHost();
    private final ImageStore store = host.store().port();
    private final MutableClock clock = new MutableClock();
    private final InMemoryMetadataRepository empty = new InMemoryMetadataRepository(clock);
    private final Faults<AdministrableRepository> fresh = Faults.before(AdministrableRepository.class, empty);

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("backup.jsonl");
    }

    private ExportReport export(AdministrableRepository repository, Path to) throws IOException {
        return new ImageExport(repository, Optional.empty(), Optional.empty(), ObjectKey::value, clock)
                .write(to, Progress.UNOBSERVED);
    }

    private RestoreReport restore() throws IOException {
        return new ImageRestore(store, fresh.port(), Optional.empty(), Optional.empty(), 2)
                .restore(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED);
    }

    // ---- there and back

    @Test
    void whatIsRestoredIsExportedAgainAsItWas() throws IOException {
        fillInAllWays();
        Path again = directory.resolve("again.jsonl");

        ExportReport exported = export(host.rows(), file);
        RestoreReport restored = restore();
        export(empty, again);

        assertThat(exported).isEqualTo(new ExportReport(false, 5, 2, 5, 0, 0));
        assertThat(restored.complete()).isTrue();
        assertThat(restored.total()).isEqualTo(7);
        assertThat(restored.restored()).isEqualTo(7);
        assertThat(again).hasSameTextualContentAs(file);
        assertThat(list(again)).hasSameTextualContentAs(list(file));
        assertThat(empty.images()).isEqualTo(images());
        assertThat(names(empty)).isEqualTo(names(host.rows())).hasSize(2);
    }

    @Test
    void whoMaySeeImagesIsExportedAndRestored() throws IOException {
        Image open = adopt(TestHost.ALICE, new ObjectKey("a.png"), "a.png", Optional.empty(), unique(1));
        Image closed = adopt(TestHost.ALICE, new ObjectKey("b.png"), "b.png", Optional.empty(), unique(2));
        Instant end = clock.instant().plus(Duration.ofDays(1));
        host.rows()
                .change(
                        TestHost.ALICE,
                        closed.id(),
                        List.of(
                                new ImageChange.Show(Visibility.PRIVATE),
                                new ImageChange.ExpireAt(Optional.of(end)),
                                new ImageChange.LimitViews(OptionalLong.of(3))));

        export(host.rows(), file);

        // versions that know nothing of it read exports without it, and refuse those with it
        assertThat(Files.readAllLines(file).get(1)).doesNotContain("visibility", "expiresAt", "viewsLeft", "linkEpoch");
        assertThat(Files.readAllLines(file).get(2)).contains("\"visibility\":\"private\"");
        assertThat(restore().complete()).isTrue();
        assertThat(empty.findByFilename("a.png").map(Image::sharing)).contains(open.sharing());
        assertThat(empty.findByFilename("b.png").map(Image::sharing))
                .contains(new Sharing(Visibility.PRIVATE, Optional.of(end), OptionalLong.of(3), 1));
    }

    @Test
    void whatHasEndedIsNotExported() throws IOException {
        Image image = adopt(TestHost.ALICE, new ObjectKey("a.png"), "a.png", Optional.empty(), unique(1));
        host.rows().change(TestHost.ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(Instant.EPOCH))));

        assertThat(export(host.rows(), file).images()).isZero();
    }

    /** More than one page, and more than one batch. */
    @Test
    void manyImagesAreRestored() throws IOException {
        for (int i = 0; i < 1100; i++) {
            adopt(TestHost.ALICE, new ObjectKey("old/" + i + ".png"), "old" + i + ".png", Optional.empty(), unique(i));
        }

        assertThat(export(host.rows(), file).images()).isEqualTo(1100);
        assertThat(restore().restored()).isEqualTo(1100);

        assertThat(empty.images()).isEqualTo(images());
    }

    @Test
    void anEmptyRepositoryHasAnExportToo() throws IOException {
        export(host.rows(), file);

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(list(file)).isEmptyFile();
        assertThat(restore().complete()).isTrue();
    }

    // ---- the file

    @Test
    void aLineTellsEverythingThatIsKnownOfAnImage() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        ImageDescriptor content = image.content();

        export(host.rows(), file);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"format\":\"imagehost-export\",\"version\":1,\"exportedAt\":\"" + clock.instant() + "\"}");
        assertThat(lines.get(1))
                .isEqualTo("{\"kind\":\"image\",\"id\":" + image.id() + ",\"owner\":1,\"filename\":\""
                        + image.filename()
                        + "\",\"originalName\":\"cat.png\",\"uploadedAt\":\"" + image.uploadedAt()
                        + "\",\"updatedAt\":\"" + image.updatedAt() + "\",\"objectKey\":\"" + image.objectKey()
                        + "\",\"digest\":\"" + content.digest().hex() + "\",\"size\":" + content.size()
                        + ",\"storedDigest\":\"" + content.storedDigest().hex() + "\",\"storedSize\":"
                        + content.storedSize() + ",\"type\":\"image/png\",\"width\":" + Pictures.WIDTH
                        + ",\"height\":" + Pictures.HEIGHT + "}");
        String before = lines.get(0) + "\n" + lines.get(1) + "\n";
        assertThat(lines.get(2))
                .isEqualTo("{\"kind\":\"end\",\"images\":1,\"names\":0,\"sha256\":\""
                        + Hashing.sha256().hashBytes(before.getBytes(StandardCharsets.UTF_8)) + "\"}");
    }

    @Test
    void theListNamesEveryObjectOnceButNoVariant() throws IOException {
        fillInAllWays();
        Transformation small =
                new Transformation(OptionalInt.of(12), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);
        try (JavaImageEngine engine = new JavaImageEngine(Duration.ofMinutes(1));
                ImageHost rendering = host.rendering(engine, Duration.ofSeconds(60))) {
            rendering.variant(host.upload(Pictures.uniquePng()).image(), small);

            export(host.rows(), file);

            assertThat(Files.readAllLines(list(file)))
                    .doesNotHaveDuplicates()
                    .hasSize(6)
                    .allSatisfy(line -> {
                        ObjectKey key = new ObjectKey(line.substring(66));
                        assertThat(line)
                                .isEqualTo(TestContent.digestOf(bytes(key)).hex() + "  " + key);
                    });
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        export(host.rows(), file);

        for (Path written : List.of(file, list(file))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anExportThatFailsLeavesTheOneBefore() throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        String before = Files.readString(file);
        host.upload(Pictures.uniquePng());
        host.repository()
                .next("imagesAfter", Faults.pass(), Faults.failBefore(new RepositoryUnavailableException("away")));

        assertThatThrownBy(() -> export(host.repository().port(), file))
                .isInstanceOf(RepositoryUnavailableException.class);

        assertThat(file).hasContent(before);
        assertThat(files()).containsExactlyInAnyOrder(file, list(file));
    }

    @Test
    void anExportThatIsStoppedWritesNothing() throws IOException {
        host.upload(Pictures.uniquePng());

        ExportReport report = new ImageExport(host.rows(), Optional.empty(), Optional.empty(), ObjectKey::value)
                .write(file, stoppingAfter(1));

        assertThat(report.stopped()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAKilledExportLeftIsDeleted() throws IOException {
        Path leftover = Files.createFile(directory.resolve(".imagehost-export-1.tmp"));

        export(host.rows(), file);

        assertThat(leftover).doesNotExist();
    }

    // ---- what is not restored

    @Test
    void onlyWhatIsProvedIsRestored() throws IOException {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            images.add(host.upload(Pictures.uniquePng()).image());
        }
        Image copied =
                adopt(TestHost.ALICE, new ObjectKey("copy.png"), "copy.png", Optional.of(77L), bytes(images.get(4)));
        export(host.rows(), file);
        store.delete(List.of(images.get(0).objectKey()));
        replace(images.get(1).objectKey(), Arrays.copyOf(bytes(images.get(1)), 20));
        byte[] flipped = bytes(images.get(2));
        flipped[30] ^= 1;
        replace(images.get(2).objectKey(), flipped);
        replace(new ObjectKey("copy.png"), new byte[] {1});

        RestoreReport report = restore();

        assertThat(copied).isEqualTo(images.get(4));
        assertThat(report.complete()).isFalse();
        assertThat(report.problemCount()).isEqualTo(4);
        assertThat(report.problems())
                .extracting(RestoreProblem::kind, RestoreProblem::filename)
                .containsExactly(
                        tuple(Kind.MISSING, images.get(0).filename()),
                        tuple(Kind.DAMAGED, images.get(1).filename()),
                        tuple(Kind.DAMAGED, images.get(2).filename()),
                        tuple(Kind.DAMAGED, "copy.png"));
        assertThat(empty.images()).containsExactly(images.get(3), images.get(4));
        assertThat(names(empty)).isEmpty();
    }

    /** Otherwise it would become an image of its own. */
    @Test
    void aFurtherNameIsNotRestoredWithoutItsImage() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        adopt(TestHost.ALICE, new ObjectKey("copy.png"), "copy.png", Optional.of(77L), bytes(image));
        export(host.rows(), file);
        store.delete(List.of(image.objectKey()));

        RestoreReport report = restore();

        assertThat(report.problems()).extracting(RestoreProblem::kind).containsExactly(Kind.MISSING, Kind.REFUSED);
        assertThat(empty.images()).isEmpty();
    }

    @Test
    void aProofWritesNothing() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        store.delete(List.of(image.objectKey()));

        RestoreReport report = new ImageRestore(store, empty, Optional.empty(), Optional.empty(), 1)
                .prove(file, Existing.ANY, Progress.UNOBSERVED);

        assertThat(report.restored()).isOne();
        assertThat(report.problems()).hasSize(1);
        assertThat(empty.images()).isEmpty();
        assertThat(empty.blobs()).isEmpty();
    }

    @Test
    void aProofReadsAlsoWhatIsThere() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        export(host.rows(), file);

        RestoreReport report = new ImageRestore(store, host.rows(), Optional.empty(), Optional.empty(), 1)
                .prove(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED);

        assertThat(report.known()).isOne();
        assertThat(report.provedBytes()).isEqualTo(image.content().storedSize());
    }

    @Test
    void aStoreThatIsAwayIsNoDamage() throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        host.store().next("size", Faults.failBefore(new StoreUnavailableException("away")));

        assertThatThrownBy(this::restore).isInstanceOf(StoreUnavailableException.class);

        assertThat(restore().restored()).isOne();
    }

    // ---- going on

    @Test
    void aKilledRestoreIsContinuedWithoutReadingAgain() throws IOException {
        fillInAllWays();
        export(host.rows(), file);
        fresh.next(
                "restore", Faults.pass(), Faults.pass(), Faults.failBefore(new RepositoryUnavailableException("away")));
        assertThatThrownBy(() -> new ImageRestore(store, fresh.port(), Optional.empty(), Optional.empty(), 1)
                        .restore(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED))
                .isInstanceOf(RepositoryUnavailableException.class);
        int before = empty.images().size();

        RestoreReport report = restore();

        assertThat(before).isPositive();
        assertThat(report.known()).isGreaterThanOrEqualTo(before);
        assertThat(report.complete()).isTrue();
        assertThat(report.known() + report.restored()).isEqualTo(7);
        assertThat(empty.images()).isEqualTo(images());
        assertThat(restore().provedBytes()).isZero();
    }

    @Test
    void aStopLeavesTheRestToTheNextRun() throws IOException {
        for (int i = 0; i < 4; i++) {
            host.upload(Pictures.uniquePng());
        }
        export(host.rows(), file);

        RestoreReport stopped = new ImageRestore(store, empty, Optional.empty(), Optional.empty(), 1)
                .restore(file, Existing.ONLY_FROM_FILE, stoppingAfter(2));

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.restored()).isEqualTo(2);
        assertThat(restore().restored()).isEqualTo(2);
    }

    @Test
    void aRepositoryWithOtherImagesIsLeftAloneUnlessItIsWanted() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        export(host.rows(), file);
        Image other = host.upload(Pictures.uniquePng()).image();
        host.host().delete(image.id());
        ImageRestore restore = new ImageRestore(store, host.rows(), Optional.empty(), Optional.empty(), 1);

        assertThatThrownBy(() -> restore.restore(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED))
                .isInstanceOf(RepositoryNotEmptyException.class)
                .hasMessageContaining("the first of them " + other.id());

        RestoreReport report = restore.restore(file, Existing.ANY, Progress.UNOBSERVED);
        assertThat(report.problems()).extracting(RestoreProblem::kind).containsExactly(Kind.MISSING);
        assertThat(images()).containsExactly(other);
    }

    @Test
    void anImageThatHasChangedSinceIsNoneOfTheFile() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        export(host.rows(), file);
        adopt(
                TestHost.ALICE,
                new ObjectKey("other.png"),
                "other.png",
                Optional.of(image.id()),
                Pictures.uniquePng(),
                empty);

        assertThatThrownBy(this::restore).isInstanceOf(RepositoryNotEmptyException.class);
    }

    @Test
    void whatContradictsIsRefused() throws IOException {
        Image image = host.upload(Pictures.uniquePng()).image();
        export(host.rows(), file);
        adopt(TestHost.ALICE, new ObjectKey("o.png"), "o.png", Optional.of(image.id()), Pictures.uniquePng(), empty);

        RestoreReport report = new ImageRestore(store, empty, Optional.empty(), Optional.empty(), 1)
                .restore(file, Existing.ANY, Progress.UNOBSERVED);

        assertThat(report.problems())
                .containsExactly(new RestoreProblem(
                        Kind.REFUSED, image.filename(), image.objectKey().value(), "another image has its id"));
    }

    // ---- damaged files

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 200, 700})
    void aFileThatIsCutOffIsRefused(int kept) throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), kept));

        assertRefused();
    }

    @Test
    void aFileWithoutItsLastLineIsRefused() throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 2));

        assertThat(assertRefused()).containsExactly("line 2: it is the last one, but more were written");
    }

    @Test
    void aFileWithALineLessIsRefused() throws IOException {
        host.upload(Pictures.uniquePng());
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(1);
        Files.write(file, lines);

        assertThat(assertRefused()).containsExactly("line 3: what stands before it is not what was written");
    }

    /** Two files one after the other would look like a longer one. */
    @Test
    void aFileThatGoesOnIsRefused() throws IOException {
        export(host.rows(), file);
        byte[] once = Files.readAllBytes(file);
        Files.write(file, Pictures.concat(once, once));

        assertThat(assertRefused()).hasSize(2).first().asString().startsWith("line 3: it follows the last line");
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            Files.write(file, changed);

            assertRefused();
        }
    }

    @Test
    void badLinesAreNamedByTheirNumbers() throws IOException {
        host.upload(Pictures.uniquePng());
        host.upload(Pictures.uniquePng());
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, lines.get(1).replace("image/png", "image/bmp"));
        lines.set(3, lines.get(3).replace("\"owner\":1", "\"owner\":0"));
        Files.write(file, lines);

        assertThat(assertRefused())
                .containsExactly(
                        "line 2: its type is not known", "line 4: An owner id is a whole number from 1, not 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"image\"|\"kind\":\"picture\"",
                "\"kind\":\"image\",|",
                "\"id\":|\"id\":-",
                "\"owner\":1|\"owner\":\"1\"",
                "\"filename\":\"|\"filename\":\"a ",
                "\"originalName\":\"cat.png\"|\"originalName\":5",
                "\"uploadedAt\":\"20|\"uploadedAt\":\"x20",
                "Z\",\"objectKey\":\"|.0001Z\",\"objectKey\":\"",
                "\"objectKey\":\"|\"objectKey\":\"../",
                "\"digest\":\"|\"digest\":\"0",
                "\"width\":24|\"width\":0",
                "\"width\":24|\"width\":99999999999",
                "\"height\":16|\"height\":16,\"depth\":1",
            })
    void everythingInALineIsChecked(String change) throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        String[] fromTo = change.split("\\|", -1);
        String text = Files.readString(file);
        String changed = text.replace(fromTo[0], fromTo[1]);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);

        assertThat(assertRefused()).first().asString().startsWith("line 2: ");
    }

    @Test
    void imagesOutOfOrderAreRefused() throws IOException {
        host.upload(Pictures.uniquePng());
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(1, lines.remove(2));
        Files.write(file, lines);

        assertThat(assertRefused()).first().isEqualTo("line 3: its id does not follow that of the image before");
    }

    /** Written before there was a library for it, with each surrogate and each control character as an escape. */
    @Test
    void anExportOfAnEarlierReleaseIsRestored() throws IOException {
        TestContent content = TestContent.of(unique(1));
        store.put(new ObjectKey("old/1.png"), content);
        String digest = content.digest().hex();
        String lines = "{\"format\":\"imagehost-export\",\"version\":1,\"exportedAt\":\"2024-05-06T07:08:09.010Z\"}\n"
                + "{\"kind\":\"image\",\"id\":7,\"owner\":1,\"filename\":\"old.png\",\"originalName\":"
                + "\"图片\\u000a\\ud83d\\ude00（\\ud83d\\\\\\\"/\",\"uploadedAt\":\"2019-03-04T05:06:07.089Z\",\"updatedAt\":"
                + "\"2019-03-04T05:06:07.090Z\",\"objectKey\":\"old/1.png\",\"digest\":\"" + digest + "\",\"size\":"
                + content.size() + ",\"storedDigest\":\"" + digest + "\",\"storedSize\":" + content.size()
                + ",\"type\":\"image/png\",\"width\":24,\"height\":16}\n"
                + "{\"kind\":\"name\",\"owner\":1,\"imageId\":7,\"filename\":\"copy.png\",\"formerId\":40,\"objectKey\":"
                + "\"old/1.png\",\"storedDigest\":\"" + digest + "\",\"storedSize\":" + content.size() + "}\n";
        String end = "{\"kind\":\"end\",\"images\":1,\"names\":1,\"sha256\":\""
                + Hashing.sha256().hashString(lines, StandardCharsets.UTF_8) + "\"}\n";
        Files.writeString(file, lines + end);

        assertThat(restore().restored()).isEqualTo(2);

        assertThat(empty.images()).singleElement().satisfies(image -> {
            assertThat(image.originalName()).isEqualTo("图片\n😀（\ud83d\\\"/");
            assertThat(image.uploadedAt()).isEqualTo(OLD);
        });
        assertThat(names(empty)).extracting(FurtherName::filename).containsExactly("copy.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":|\"id\":1,\"id\":", "\"kind\":\"image\"|\"kind\":\"image\",\"depth\":1"})
    void namesThatAreTwiceOrUnknownAreRefused(String change) throws IOException {
        host.upload(Pictures.uniquePng());
        export(host.rows(), file);
        String[] fromTo = change.split("\\|", -1);
        Files.writeString(file, Files.readString(file).replace(fromTo[0], fromTo[1]));

        assertThat(assertRefused()).first().isIn("line 2: it has 'id' twice", "line 2: 'depth' is not known");
    }

    @Test
    void aFileOfAnotherVersionIsRefused() throws IOException {
        export(host.rows(), file);
        Files.writeString(file, Files.readString(file).replace("\"version\":1", "\"version\":2"));

        assertThat(assertRefused()).first().isEqualTo("line 1: it does not begin an export of version 1");
    }

    @Test
    void aPictureIsNoExport() throws IOException {
        Files.write(file, Pictures.uniquePng());

        assertRefused();
    }

    private List<String> assertRefused() {
        List<String> details = new ArrayList<>();
        assertThatThrownBy(this::restore).isInstanceOfSatisfying(ArchiveDamagedException.class, e -> {
            assertThat(e.details()).isNotEmpty();
            details.addAll(e.details());
        });
        assertThat(empty.images()).isEmpty();
        return details;
    }

    // ---- helpers

    /** Five images with two further names and five objects: shared by owners, with a copy, without, adopted. */
    private void fillInAllWays() throws IOException {
        byte[] shared = Pictures.uniquePng();
        Image first = host.upload(shared).image();
        host.upload(TestHost.BOB, shared);
        host.upload(Pictures.uniqueJpeg());
        adopt(TestHost.ALICE, new ObjectKey("old/x.png"), "old.png", Optional.of(4711L), unique(1));
        adopt(TestHost.ALICE, new ObjectKey("old/copy.png"), "copy.png", Optional.of(40L), shared);
        adopt(TestHost.BOB, first.objectKey(), "name.png", Optional.empty(), shared);
        host.upload(Pictures.uniqueGif());
    }

    private Image adopt(OwnerId owner, ObjectKey key, String filename, Optional<Long> id, byte[] bytes) {
        return adopt(owner, key, filename, id, bytes, host.rows());
    }

    private Image adopt(
            OwnerId owner,
            ObjectKey key,
            String filename,
            Optional<Long> id,
            byte[] bytes,
            AdministrableRepository repository) {
        TestContent content = TestContent.of(bytes);
        store.put(key, content);
        ImageDescriptor descriptor =
                new ImageDescriptor(content.digest(), content.size(), ImageType.PNG, Pictures.WIDTH, Pictures.HEIGHT);
        repository.adopt(new AdoptionRequest(
                owner, id, descriptor, key, filename, "图片 \"😀\".png", OLD, OLD.plusMillis(1), Sharing.UNLIMITED));
        return repository.findByFilename(filename).orElseThrow();
    }

    private static byte[] unique(int number) {
        return ("content " + number).getBytes(StandardCharsets.UTF_8);
    }

    private List<Image> images() {
        return Stream.iterate(
                        host.rows().imagesAfter(0, ImageArchive.MAX_LIMIT),
                        page -> !page.isEmpty(),
                        page -> host.rows()
                                .imagesAfter(page.get(page.size() - 1).id(), ImageArchive.MAX_LIMIT))
                .flatMap(List::stream)
                .toList();
    }

    private static List<FurtherName> names(AdministrableRepository repository) {
        return repository.furtherNames(repository.imagesAfter(0, ImageArchive.MAX_LIMIT).stream()
                .map(Image::id)
                .toList());
    }

    private static Path list(Path export) {
        return Path.of(export + ".sha256");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private byte[] bytes(Image image) throws IOException {
        return bytes(image.objectKey());
    }

    private byte[] bytes(ObjectKey key) throws IOException {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        }
    }

    private void replace(ObjectKey key, byte[] bytes) {
        store.delete(Set.of(key));
        store.put(key, TestContent.of(bytes));
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
}
