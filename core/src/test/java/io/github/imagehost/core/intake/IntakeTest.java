package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.EmptyUploadException;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestIntake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private static final int MEMORY = 100_000;

    private static final int MAX_SIZE = 100_000;
    /** Of a PNG, with the checksums before it; it is shorter in other formats. */
    private static final int LENGTH_OF_AN_END = 20;

    private static final UploadPolicy POLICY = new UploadPolicy(MAX_SIZE, Set.of(ImageType.values()));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void describesAPictureOfAnyType(ImageType type) throws IOException {
        byte[] bytes = Pictures.unique(type);

        try (ReceivedImage received = receive("holiday/cat.bin", bytes)) {
            assertThat(received.originalName()).isEqualTo("cat.bin");
            assertThat(received.descriptor())
                    .isEqualTo(new ImageDescriptor(
                            TestContent.digestOf(bytes), bytes.length, type, Pictures.WIDTH, Pictures.HEIGHT));
            assertThat(received.mimeType()).isEqualTo(type.mimeType());
            assertThat(received.size()).isEqualTo(bytes.length);
            assertThat(received.digest()).isEqualTo(TestContent.digestOf(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 50_000, MAX_SIZE})
    void givesBackTheBytesAsOftenAsWanted(int size) throws IOException {
        byte[] bytes = Pictures.jpegOfSize(size);

        try (ReceivedImage received = receive("cat.jpg", bytes)) {
            for (int i = 0; i < 2; i++) {
                try (InputStream in = received.open()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    static Stream<byte[]> noPictures() {
        return Stream.of(
                Pictures.html(), Pictures.pngSignature(), Pictures.randomBytes(1), Pictures.randomBytes(90_000));
    }

    @ParameterizedTest
    @MethodSource("noPictures")
    void refusesWhatIsNoPictureWhateverItIsCalled(byte[] bytes) {
        assertThatThrownBy(() -> receive("cat.png", bytes))
                .isInstanceOfSatisfying(
                        UnsupportedImageException.class,
                        e -> assertThat(e.allowedMimeTypes()).isEqualTo("image/gif, image/jpeg, image/png, image/webp"))
                .hasMessage("The file is no image of an allowed type (image/gif, image/jpeg, image/png, image/webp)");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesPicturesOfTypesThatAreNotAllowed() {
        Intake intake =
                new Intake(new Spool(directory, 1000, MEMORY), new UploadPolicy(MAX_SIZE, Set.of(ImageType.PNG)));

        assertThatThrownBy(() -> TestIntake.receive(intake, "cat.png", Pictures.uniqueJpeg()))
                .isInstanceOf(UnsupportedImageException.class)
                .hasMessage("The file is image/jpeg, and not of an allowed type (image/png)");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesPicturesOfTypesThatItDoesNotKnow() {
        byte[] avif = "\0\0\0\034ftypavif\0\0\0\0avifmif1miaf".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> receive("cat.avif", avif))
                .isInstanceOfSatisfying(
                        UnsupportedImageException.class,
                        e -> assertThat(e.mediaType()).contains("image/avif"));
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void givesWhatIsToBeStoredAndKnowsWhatWasUploaded(ImageType type) throws IOException {
        byte[] bytes = TaggedPictures.of(type);

        try (ReceivedImage received = receive("cat", bytes);
                InputStream in = received.open()) {
            byte[] stored = in.readAllBytes();

            ImageDescriptor descriptor = received.descriptor();
            assertThat(stored).isNotEqualTo(bytes);
            assertThat(descriptor.digest()).isEqualTo(TestContent.digestOf(bytes));
            assertThat(descriptor.size()).isEqualTo(bytes.length);
            assertThat(descriptor.storedDigest())
                    .isEqualTo(TestContent.digestOf(stored))
                    .isEqualTo(received.digest());
            assertThat(descriptor.storedSize()).isEqualTo(stored.length).isEqualTo(received.size());
            boolean isTurned = type == ImageType.JPEG || type == ImageType.PNG;
            assertThat(descriptor.width()).isEqualTo(isTurned ? Pictures.HEIGHT : Pictures.WIDTH);
            assertThat(descriptor.height()).isEqualTo(isTurned ? Pictures.WIDTH : Pictures.HEIGHT);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void whatIsToBeStoredIsTheSameAtAnyPosition(ImageType type) throws IOException {
        byte[] bytes = TaggedPictures.of(type);
        for (int memoryThreshold : new int[] {0, 700, MAX_SIZE}) {
            Intake intake = new Intake(new Spool(directory, memoryThreshold, MEMORY), POLICY);
            try (ReceivedImage received = TestIntake.receive(intake, "cat", bytes);
                    InputStream in = received.open()) {
                byte[] stored = in.readAllBytes();

                assertThat(stored).isNotEqualTo(bytes);
                for (int position = stored.length - 1; position >= 0; position--) {
                    byte[] some = new byte[100];
                    int count = received.read(position, some, 7, 90);
                    assertThat(count).isPositive();
                    assertThat(Arrays.copyOfRange(some, 7, 7 + count))
                            .isEqualTo(Arrays.copyOfRange(stored, position, position + count));
                }
                assertThat(received.read(stored.length, new byte[1], 0, 1)).isNegative();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void refusesThePartOfAPicture(ImageType type) {
        byte[] bytes = Pictures.unique(type);

        assertThatThrownBy(() -> receive("cat", Arrays.copyOf(bytes, bytes.length - LENGTH_OF_AN_END - 1)))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.TRUNCATED));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesTooManyPixels() {
        assertThatThrownBy(() -> receive("cat", Pictures.gifHeader(30_000, 30_000)))
                .isInstanceOfSatisfying(ImageTooComplexException.class, e -> {
                    assertThat(e.excess()).isEqualTo(Excess.PIXELS);
                    assertThat(e.limit()).isEqualTo(50_000_000);
                })
                .hasMessage("The picture has more than 50000000 pixels");
    }

    @Test
    void refusesWhatFollowsAPictureIfThatIsWanted() {
        Intake strict = new Intake(new Spool(directory, 1000, MEMORY), POLICY.withTrailingData(TrailingData.REFUSE));
        byte[] polyglot = Pictures.concat(Pictures.uniqueGif(), Pictures.html());

        assertThatThrownBy(() -> TestIntake.receive(strict, "cat.gif", polyglot))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.TRAILING_DATA));
    }

    @Test
    void refusesTheEmpty() {
        assertThatThrownBy(() -> receive("cat.png", new byte[0])).isInstanceOf(EmptyUploadException.class);
    }

    @Test
    void refusesMoreBytesThanThePolicyAllows() {
        assertThatThrownBy(() -> receive("cat.jpg", Pictures.jpegOfSize(MAX_SIZE + 1)))
                .isInstanceOf(UploadTooLargeException.class)
                .hasMessage("The file is larger than 100000 bytes");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void passesOnThatTheSourceBrokeOff() {
        InputStream source = new BrokenInputStream(Pictures.jpegOfSize(50_000), 30_000);

        assertThatThrownBy(() -> intake().spool(source, Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessage("the source broke off");
        assertThat(directory).isEmptyDirectory();
    }

    private ReceivedImage receive(String name, byte[] bytes) throws IOException {
        return TestIntake.receive(intake(), name, bytes);
    }

    private Intake intake() {
        return new Intake(new Spool(directory, 1000, MEMORY), POLICY);
    }
}
