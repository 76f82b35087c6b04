package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestIntake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were made to do harm, or that something happened to on their way. */
class HostileFilesTest {

    private static final String START_OF_ARCHIVE = "PK\3\4";
    private static final int MUTANTS = Depth.of(100, 400);
    private static final String REFUSALS =
            "image_(truncated|malformed|unusual|undecodable)|unsupported_image|too_(many|much)_\\w+|side_too_long";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noPartOfAPictureIsAPicture(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);
        // blocks that follow its pixels are no pixels
        int end = type == ImageType.GIF
                ? Pictures.unique(type).length - 2
                : (int) Walks.walk(picture).end();
        for (int percent = 0; percent < 100; percent += Depth.of(3, 1)) {
            byte[] part = Arrays.copyOf(picture, Math.max(12, end * percent / 100));

            assertThatThrownBy(() -> receive(part))
                    .as("%d %%", percent)
                    .isInstanceOfSatisfying(
                            DamagedImageException.class,
                            e -> assertThat(e.damage()).isEqualTo(Damage.TRUNCATED));
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** It comes in or is refused, and nothing else happens. */
    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noMutantOfAPictureDoesHarm(ImageType type) throws IOException {
        byte[] picture = TaggedPictures.of(type);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(picture, ThreadLocalRandom.current());
            try {
                receive(mutant).close();
            } catch (UploadRefusedException e) {
                assertThat(e.code()).matches(REFUSALS);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(Base64.getEncoder().encodeToString(mutant), e);
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** Changes, removes, doubles or exchanges bytes. */
    private static byte[] mutate(byte[] picture, Random random) {
        byte[] mutant = picture.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int from = random.nextInt(mutant.length);
            int to = Math.min(mutant.length, from + 1 + random.nextInt(20));
            byte[] part = Arrays.copyOfRange(mutant, from, to);
            switch (random.nextInt(4)) {
                case 0 -> mutant[from] = (byte) random.nextInt();
                case 1 -> mutant[from] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant = Pictures.insert(mutant, random.nextInt(mutant.length), part);
                default ->
                    mutant =
                            Pictures.concat(Arrays.copyOf(mutant, from), Arrays.copyOfRange(mutant, to, mutant.length));
            }
            mutant = mutant.length == 0 ? picture.clone() : mutant;
        }
        return mutant;
    }

    static Stream<Named<byte[]>> polyglots() {
        byte[] html = Pictures.html();
        return Stream.of(
                Named.of("PNG and page", Pictures.concat(Pictures.uniquePng(), html)),
                Named.of("JPEG and archive", Pictures.concat(Pictures.uniqueJpeg(), zip(html))),
                Named.of("GIF and page", Pictures.concat(Pictures.uniqueGif(), html)),
                Named.of("WebP and page", Pictures.concat(Pictures.uniqueWebp(), html)),
                Named.of("page between JPEG segments", Pictures.withSegments(Pictures.uniqueJpeg(), html)));
    }

    @ParameterizedTest
    @MethodSource("polyglots")
    void nothingStaysOfWhatDoesNotBelongToAPicture(byte[] polyglot) throws IOException {
        try (ReceivedImage received = receive(polyglot);
                InputStream stored = received.open()) {
            byte[] bytes = stored.readAllBytes();
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("<script>", START_OF_ARCHIVE);
            assertThat(received.descriptor().size()).isEqualTo(polyglot.length);
        }
    }

    private ReceivedImage receive(byte[] file) throws IOException {
        return TestIntake.receive(new Intake(new Spool(directory, 1000, 1000), UploadPolicy.DEFAULT), "picture", file);
    }

    private static byte[] zip(byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
