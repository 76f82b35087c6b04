package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Walks;
import io.github.imagehost.core.intake.Corpora.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each picture of the {@link Corpora} stands in {@code corpora.tsv}, and for each that is refused, why. */
class CorporaTest {

    private static final long MOST_MEMORY = 50_000_000;
    private static final String ACCEPTED = "accepted";

    private static final Map<String, Expectation> EXPECTATIONS = readExpectations();

    @TempDir
    private Path directory;

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

    private String outcomeOf(byte[] bytes) throws IOException {
        Intake intake = new Intake(new Spool(directory, 1000, 1000), UploadPolicy.DEFAULT);
        try {
            intake.receive("picture", new ByteArrayInputStream(bytes)).close();
            return ACCEPTED;
        } catch (UploadRefusedException e) {
            return e.code();
        }
    }

    private static void requireSamePixels(byte[] bytes) throws Exception {
        int count = Walks.walk(bytes).frames();
        List<Frame> frames = framesOfOriginal(bytes, count);
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            byte[] copy = Walks.copy(bytes, policy);
            if (!Arrays.equals(copy, bytes)) {
                assertThat(Frame.of(copy, count)).isEqualTo(frames);
            }
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
