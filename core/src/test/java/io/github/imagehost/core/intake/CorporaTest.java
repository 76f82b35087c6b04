package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.intake.Corpora.Picture;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestIntake;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.IIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of each picture of the {@link Corpora} stands in {@code corpora.tsv}, and for each that is refused, why.
 */
class CorporaTest {

    private static final long MOST_MEMORY = 50_000_000;
    /** Decoding more of them in all ways takes many seconds. */
    private static final int MOST_PIXELS_TO_COMPARE = Depth.of(4_000_000, Integer.MAX_VALUE);

    private static final String ACCEPTED = "accepted";

    private static final Map<String, Integer> LENGTHS_OF_ENDS = Map.of(".jpg", 2, ".jpeg", 2, ".png", 12, ".gif", 1);
    private static final String WITHOUT_ALL_SCANS = "go/testdata/video-001.progressive.truncated.jpeg";

    private static final Map<String, Expectation> EXPECTATIONS = readExpectations();

    private static PixelCheck check;

    @TempDir
    private Path directory;

    /** On a busy machine, the usual time may be too short for the largest pictures. */
    @BeforeAll
    static void takeTime() {
        DecodingLimits limits = DecodingLimits.ofThisMachine();
        Duration longer = Duration.ofMinutes(4);
        check = new PixelCheck(
                new DecodingLimits(limits.cheapPlaces(), limits.dearPlaces(), limits.memory(), longer, longer),
                PixelCheck.readers());
    }

    @AfterAll
    static void closeCheck() {
        check.close();
    }

    /** A line of the table. Of several outcomes, which one it is depends on the decoders of the platform. */
    private record Expectation(String picture, List<String> outcomes) {}

    @Test
    void theTableKnowsEachPicture() throws IOException {
        assertThat(Corpora.pictures())
                .extracting(Picture::name)
                .containsExactlyInAnyOrderElementsOf(EXPECTATIONS.keySet().stream()
                        .filter(Corpora::hasCorpusOf)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.github.imagehost.core.intake.Corpora#pictures")
    void comesInWithTheSamePixelsOrIsRefusedAsTheTableSays(Picture picture) throws Exception {
        byte[] bytes = picture.bytes();

        String outcome = outcomeOf(bytes);
        Optional<Exception> refusal = Walks.requireSound(bytes);

        assertThat(Walks.memoryFor(bytes)).isLessThan(MOST_MEMORY);
        assertThat(Objects.requireNonNull(EXPECTATIONS.get(picture.name())).outcomes())
                .contains(outcome);
        assertThat(directory).isEmptyDirectory();
        if (outcome.equals(ACCEPTED)) {
            assertThat(refusal).isEmpty();
            requireSamePixels(bytes);
        }
    }

    static List<Picture> picturesWithAnEnd() throws Exception {
        List<Picture> pictures = new ArrayList<>();
        for (Picture picture : Corpora.pictures()) {
            if (LENGTHS_OF_ENDS.containsKey(extensionOf(picture))
                    && Objects.requireNonNull(EXPECTATIONS.get(picture.name()))
                            .outcomes()
                            .equals(List.of(ACCEPTED))
                    && Walks.isWhole(picture.bytes())) {
                pictures.add(picture);
            }
        }
        return pictures;
    }

    @ParameterizedTest
    @MethodSource("picturesWithAnEnd")
    void isTheSameWithoutItsEnd(Picture picture) throws Exception {
        byte[] bytes = picture.bytes();
        int end = (int) Walks.walk(bytes).end();
        byte[] endless = Arrays.copyOf(bytes, end - Objects.requireNonNull(LENGTHS_OF_ENDS.get(extensionOf(picture))));

        if (picture.name().equals(WITHOUT_ALL_SCANS)) {
            assertThatThrownBy(() -> Walks.copy(endless, MetadataPolicy.KEEP))
                    .isInstanceOf(MalformedImageException.class);
        } else {
            assertThat(Walks.copy(endless, MetadataPolicy.KEEP)).isEqualTo(Walks.copy(bytes, MetadataPolicy.KEEP));
        }
    }

    private static String extensionOf(Picture picture) {
        return picture.name().substring(picture.name().lastIndexOf('.'));
    }

    private String outcomeOf(byte[] bytes) throws IOException {
        Intake intake = new Intake(new Spool(directory, 1000, 1000), UploadPolicy.DEFAULT, check);
        try {
            TestIntake.receive(intake, "picture", bytes).close();
            return ACCEPTED;
        } catch (UploadRefusedException e) {
            return e.code();
        }
    }

    /** Of large pictures only in deep builds. */
    private static void requireSamePixels(byte[] bytes) throws Exception {
        if (Walks.pixels(bytes) > MOST_PIXELS_TO_COMPARE) {
            return;
        }
        Map<Digest, byte[]> copies = new HashMap<>();
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            byte[] copy = Walks.copy(bytes, policy);
            copies.put(TestContent.digestOf(copy), copy);
        }
        copies.remove(TestContent.digestOf(bytes));
        if (copies.isEmpty()) {
            return;
        }
        int count = Walks.frames(bytes);
        List<Frame> frames = framesOfOriginal(bytes, count);
        for (byte[] copy : copies.values()) {
            assertThat(Frame.of(copy, count)).isEqualTo(frames);
        }
    }

    private static List<Frame> framesOfOriginal(byte[] bytes, int count) throws Exception {
        try {
            return Frame.of(bytes, count);
        } catch (IIOException e) {
            // such a profile goes because this reader does not go on without it
            assertThat(e).hasMessageStartingWith("Invalid icc profile");
            return Frame.of(Walks.copy(bytes, MetadataPolicy.KEEP), count);
        }
    }

    private static Map<String, Expectation> readExpectations() {
        try (InputStream in = Objects.requireNonNull(CorporaTest.class.getResourceAsStream("corpora.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(columns -> new Expectation(columns[0], List.of(columns[1].split(" or "))))
                    .collect(Collectors.toMap(Expectation::picture, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
