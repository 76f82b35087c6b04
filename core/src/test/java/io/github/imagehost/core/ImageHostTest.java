package io.github.imagehost.core;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHostTest {

    private final TestHost test = new TestHost();
    private final ImageHost host = test.host();
    private final byte[] picture = Pictures.uniquePng();

    @TempDir
    private Path directory;

    @Test
    void uploadsAFileUnderItsOwnName() throws IOException {
        Path file = Files.write(directory.resolve("图片测试.png"), picture);

        Upload first = host.upload(file);
        Upload second = host.upload(file);

        assertThat(first.duplicate()).isFalse();
        assertThat(first.image().originalName()).isEqualTo("图片测试.png");
        assertThat(second).isEqualTo(new Upload(first.image(), true));
    }

    @Test
    void aPictureWithoutItsEndIsFoundAgainByItsOwnDigest() throws IOException {
        byte[] whole = Pictures.uniqueJpeg();
        byte[] endless = Arrays.copyOf(whole, whole.length - 2);

        Upload first = test.upload(endless);
        Upload second = test.upload(endless);

        assertThat(second).isEqualTo(new Upload(first.image(), true));
        assertThat(first.image().content().digest()).isEqualTo(TestContent.digestOf(endless));
        try (ImageContent content = host.open(first.image())) {
            assertThat(content.stream().readAllBytes()).isEqualTo(whole);
        }
        assertThat(test.upload(whole).duplicate()).isFalse();
    }

    @Test
    void anImageIsFoundByItsDigestForItsOwnerUntilItEnds() throws IOException {
        Image image = test.upload(picture).image();
        Digest digest = TestContent.digestOf(picture);
        Instant end = test.clock().instant().plusSeconds(1);

        assertThat(host.find(ALICE, digest)).contains(image);
        assertThat(host.find(BOB, digest)).isEmpty();
        assertThat(host.find(ALICE, TestContent.digestOf(new byte[1]))).isEmpty();

        host.change(ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
        assertThat(host.find(ALICE, digest)).map(Image::id).contains(image.id());
        test.letLeasesEnd();
        assertThat(host.list(ImageQuery.of(ALICE)).images()).hasSize(1);
        assertThat(host.find(ALICE, digest)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNoFaultOfTheHost() {
        assertThatThrownBy(() -> host.upload(directory.resolve("absent.png"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aStreamIsReadToItsEndAndStaysOpen() throws IOException {
        boolean[] closed = {false};
        InputStream source = new FilterInputStream(new ByteArrayInputStream(picture)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        host.upload(OwnerId.DEFAULT, "cat.png", source);

        assertThat(source.read()).isNegative();
        assertThat(closed[0]).isFalse();
    }

    @Test
    void nothingIsStoredOrAskedBeforeAnUploadIsFinished() throws IOException {
        try (SpooledContent content = host.spool(new ByteArrayInputStream(picture));
                PreparedUpload upload =
                        host.prepare(ExistingImages.unknown(BOB), "cat.png", content, Requester.PATIENT)) {
            assertThat(upload.received().orElseThrow().originalName()).isEqualTo("cat.png");
            assertThat(upload.descriptor().digest()).isEqualTo(content.digest());
            assertThat(test.repository().calls("findExisting")).isZero();
            assertThat(test.repository().calls("claim")).isZero();

            assertThat(upload.finish().image().owner()).isEqualTo(BOB);
            assertThat(upload.finish().duplicate()).isTrue();
        }
    }

    @Test
    void anUploadAsksOnceWhatIsThere() throws IOException {
        test.upload(picture);
        assertThat(test.repository().calls("findExisting")).isOne();

        test.upload(picture);
        assertThat(test.repository().calls("findExisting")).isEqualTo(2);
    }

    @Test
    void whatIsKnownToBeThereIsAnsweredWithoutALook() throws IOException {
        byte[] other = Pictures.uniqueJpeg();
        Image image = test.upload(picture).image();
        ImageHost refusing = builder()
                .policy(new UploadPolicy(1_000_000, Set.of(ImageType.GIF)))
                .build();
        int claims = test.repository().calls("claim");

        try (SpooledContent there = refusing.spool(new ByteArrayInputStream(picture));
                SpooledContent absent = refusing.spool(new ByteArrayInputStream(other))) {
            ExistingImages existing = refusing.findExisting(ALICE, List.of(there.digest(), absent.digest()));
            try (PreparedUpload upload = refusing.prepare(existing, "again.png", there, Requester.PATIENT)) {
                assertThat(upload.received()).isEmpty();
                assertThat(upload.descriptor()).isEqualTo(image.content());
                assertThat(upload.finish()).isEqualTo(new Upload(image, true));
                assertThat(upload.finish(UploadTerms.dated(Instant.EPOCH))).isEqualTo(new Upload(image, true));
            }
            assertThatThrownBy(() -> refusing.prepare(existing, "cat.jpg", absent, Requester.PATIENT))
                    .isInstanceOf(UnsupportedImageException.class);
        }
        assertThat(test.repository().calls("claim")).isEqualTo(claims);
    }

    @Test
    void anUploadHasTheDateOfItsTerms() throws IOException {
        Instant date = Instant.parse("2001-02-03T04:05:06Z");
        try (SpooledContent content = host.spool(new ByteArrayInputStream(picture));
                PreparedUpload upload =
                        host.prepare(ExistingImages.unknown(ALICE), "cat.png", content, Requester.PATIENT)) {
            assertThat(upload.finish(UploadTerms.dated(date)).image().uploadedAt())
                    .isEqualTo(date);
        }
    }

    @Test
    void tellsTheDigestBeforeAnybodyLooksAtThePicture() throws IOException {
        byte[] html = Pictures.html();
        ImageHost spooling = builder().spoolDirectory(directory).build();

        try (SpooledContent content = spooling.spool(new ByteArrayInputStream(html))) {
            assertThat(content.digest()).isEqualTo(Digest.ofAll(new ByteArrayInputStream(html)));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() ->
                                spooling.prepare(ExistingImages.unknown(ALICE), "cat.png", content, Requester.PATIENT))
                        .isInstanceOf(UnsupportedImageException.class);
            }
        }
        byte[] large = Pictures.jpegOfSize(9_000_000);
        try (PreparedUpload upload = spooling.prepare(
                ExistingImages.unknown(ALICE),
                "cat.jpg",
                spooling.spool(new ByteArrayInputStream(large)),
                Requester.PATIENT)) {
            assertThat(upload.descriptor().size()).isEqualTo(large.length);
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tellsWhatNeedsNoUpload() throws IOException {
        Image image = test.upload(picture).image();
        Digest digest = image.content().digest();
        Digest other = Digest.of(new byte[Digest.LENGTH]);
        int calls = test.repository().calls("findExisting");

        assertThat(host.findExisting(ALICE, List.of(other, digest)))
                .isEqualTo(new ExistingImages(ALICE, Map.of(digest, image)));
        assertThat(host.findExisting(BOB, List.of(other, digest))).isEqualTo(ExistingImages.unknown(BOB));
        assertThat(test.repository().calls("findExisting")).isEqualTo(calls + 2);
    }

    @Test
    void whatTheOwnerHasIsNotLookedAtAgain() throws IOException {
        Image image = test.upload(picture).image();
        int claims = test.repository().calls("claim");

        Upload again = test.upload(picture);

        assertThat(again.duplicate()).isTrue();
        assertThat(again.image()).isEqualTo(image);
        assertThat(test.repository().calls("claim")).isEqualTo(claims);
        assertThat(TestHost.upload(host, BOB, picture).image().owner()).isEqualTo(BOB);
    }

    @Test
    void followsItsPolicy() {
        ImageHost strict =
                builder().policy(new UploadPolicy(2000, Set.of(ImageType.JPEG))).build();

        assertThatThrownBy(() -> TestHost.upload(strict, ALICE, Pictures.jpegOfSize(2001)))
                .isInstanceOf(UploadTooLargeException.class)
                .hasMessage("The file is larger than 2000 bytes");
        assertThatThrownBy(() -> TestHost.upload(strict, ALICE, Pictures.uniqueGif()))
                .isInstanceOf(UnsupportedImageException.class)
                .hasMessage("The file is image/gif, and not of an allowed type (image/jpeg)");
    }

    @Test
    void keepsLargeUploadsInItsSpoolDirectoryWhileTheyAreReceived() throws IOException {
        byte[] large = Pictures.jpegOfSize(9_000_000);
        ImageHost spooling = builder().spoolDirectory(directory).build();

        try (SpooledContent content = spooling.spool(new ByteArrayInputStream(large))) {
            assertThat(content.size()).isEqualTo(large.length);
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).isEmptyDirectory();

        ImageHost broken = builder()
                .spoolDirectory(Files.createFile(directory.resolve("file")))
                .build();
        assertThatThrownBy(() -> TestHost.upload(broken, ALICE, large)).isInstanceOf(SpoolException.class);
    }

    @Test
    void findsImagesByIdAndByFilename() throws IOException {
        Image image = test.upload(picture).image();

        assertThat(host.find(image.id())).contains(image);
        assertThat(host.findByFilename(image.filename())).contains(image);
        assertThat(host.list(ImageQuery.of(ALICE)).images()).containsExactly(image);
    }

    @Test
    void nobodySeesWhatBelongsToSomebodyElse() throws IOException {
        Image alices = test.upload(ALICE, picture).image();

        assertThat(host.find(BOB, alices.id())).isEmpty();
        assertThat(host.list(ImageQuery.of(BOB)).images()).isEmpty();
        assertThat(host.list(ImageQuery.of(BOB)).totalItems()).isZero();
        assertThat(host.find(ALICE, alices.id())).contains(alices);
    }

    @Test
    void everybodyWhoKnowsTheLinkCanOpenAnImage() throws IOException {
        Image bobs = test.upload(BOB, picture).image();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (ImageContent content = host.open(bobs.filename())) {
            assertThat(content.image()).isEqualTo(bobs);
            assertThat(content.stream().readNBytes(8)).isEqualTo(Pictures.pngSignature());
            assertThat(content.transferTo(out)).isEqualTo(picture.length - 8);
        }
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(picture, 8, picture.length));
    }

    @Test
    void opensPartOfAnImage() throws IOException {
        Image image = test.upload(picture).image();

        try (ImageContent content = host.open(image, new ByteRange(3, 20))) {
            assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(picture, 3, 23));
        }
        assertThatThrownBy(() -> host.open(image, new ByteRange(0, picture.length + 1)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(ObjectNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown.png", "../../etc/passwd", "图片.png", "'; DROP TABLE images --"})
    void openingAnUnknownImageSaysSo(String filename) {
        assertThatThrownBy(() -> host.open(filename))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("There is no image " + filename);
    }

    @Test
    void anImageThatIsDeletedBetweenLookUpAndOpenIsNotFound() throws IOException {
        Image image = test.upload(picture).image();
        test.repository().next("findByFilename", Faults.doAfter(() -> host.delete(image.id())));

        assertThatThrownBy(() -> host.open(image.filename()))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("There is no image " + image.filename());
        assertThatThrownBy(() -> host.open(image, new ByteRange(0, 1)))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("There is no image " + image.filename());
    }

    @Test
    void aLostObjectOfALiveImageDoesNotLookLikeADeletion() throws IOException {
        Image image = test.upload(picture).image();
        test.store().port().delete(List.of(image.objectKey()));

        assertThatThrownBy(() -> host.open(image.filename()))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessage("There is no object " + image.objectKey());
        assertThatThrownBy(() -> host.open(image, new ByteRange(0, 1))).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void aStoreThatIsAwayDoesNotLookLikeADeletion() throws IOException {
        Image image = test.upload(picture).image();
        StoreUnavailableException away = new StoreUnavailableException("the store is away");
        test.store().next("open", Faults.failBefore(away));

        assertThatThrownBy(() -> host.open(image)).isSameAs(away);
    }

    @Test
    void closesStoreAndRepository() {
        host.close();
        host.close();

        assertThatThrownBy(() -> test.store().port().check()).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> test.repository().port().check()).isInstanceOf(RepositoryException.class);
    }

    @Test
    void closesTheRepositoryAlsoWhenTheStoreFailsToClose() {
        StoreUnavailableException failure = new StoreUnavailableException("the store is away");
        test.store().next("close", Faults.failBefore(failure));

        assertThatThrownBy(host::close).isSameAs(failure);

        assertThatThrownBy(() -> test.repository().port().check()).isInstanceOf(RepositoryException.class);
    }

    @Test
    void needsAStoreAndARepository() {
        InMemoryImageStore store = new InMemoryImageStore(new MutableClock());
        InMemoryMetadataRepository repository = new InMemoryMetadataRepository(new MutableClock());

        assertThatThrownBy(() -> ImageHost.builder().store(store).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An image host needs a store and a metadata repository");
        assertThatThrownBy(() -> ImageHost.builder().metadata(repository).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An image host needs a store and a metadata repository");
    }

    private ImageHostBuilder builder() {
        return ImageHost.builder()
                .store(test.store().port())
                .metadata(test.repository().port());
    }
}
