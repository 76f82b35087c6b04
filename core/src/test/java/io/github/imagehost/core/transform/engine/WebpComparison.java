package io.github.imagehost.core.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.TestPictures;
import io.github.imagehost.core.transform.Transformation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets {@code cwebp} write WebPs from the photographs in other projects' corpora, and compares what ImageIO's reader
 * makes of them with what {@code dwebp} does. Runs with the profile {@code corpora} only: needs Debian's {@code webp},
 * and the folder that the environment variable {@value #FOLDER} names. Prints a table.
 */
class WebpComparison {

    private static final String FOLDER = "IMAGEHOST_TEST_CORPORA";
    private static final int PHOTOGRAPHS = 80;
    private static final int SHORTEST_SIDE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** dwebp smooths colours where the reader repeats them, which costs some; a wrong prediction costs much more. */
    private static final double LEAST_DECIBELS = 30;

    @TempDir
    private Path directory;

    @Test
    void decodesAsLibwebpDoes() throws Exception {
        Path corpora = Path.of(Objects.requireNonNull(System.getenv(FOLDER), FOLDER + " names no folder"));
        List<Double> decibels = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<ByteBuffer> seen = new HashSet<>();
        try (ImageEngine engine = ImageEngines.choose(EngineChoice.JAVA, PATIENCE, "")) {
            for (Path file : files(corpora)) {
                byte[] content = Files.readAllBytes(file);
                boolean isWanted = decibels.size() < PHOTOGRAPHS && isLargeJpeg(content);
                // which does not take JPEGs of four colours
                if (isWanted && seen.add(ByteBuffer.wrap(content)) && run("cwebp", "-q", "50", file, "-o", webp())) {
                    double alike = decibelsToDwebp(engine);
                    decibels.add(alike);
                    if (alike < LEAST_DECIBELS) {
                        problems.add(String.format(Locale.ROOT, "%s: %.1f dB", corpora.relativize(file), alike));
                    }
                }
            }
        }
        report(decibels, problems.size());
        assertThat(decibels).hasSize(PHOTOGRAPHS);
        assertThat(problems).isEmpty();
    }

    private static void report(List<Double> decibels, int problems) {
        List<Double> sorted = decibels.stream().sorted().toList();
        System.out.println("WebP: | photographs | below 30 dB | worst | median |");
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %.1f dB | %.1f dB |%n",
                sorted.size(),
                problems,
                sorted.get(0),
                sorted.get(sorted.size() / 2));
    }

    private static List<Path> files(Path corpora) throws IOException {
        try (Stream<Path> all = Files.walk(corpora)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isLargeJpeg(byte[] content) {
        if (content.length < 2 || (content[0] & 0xff) != 0xff || (content[1] & 0xff) != 0xd8) {
            return false;
        }
        try {
            WalkedImage walked = Walks.walk(content);
            return Math.min(walked.width(), walked.height()) >= SHORTEST_SIDE;
        } catch (MalformedImageException | ImageLimitException e) {
            return false;
        }
    }

    private double decibelsToDwebp(ImageEngine engine) throws Exception {
        Path png = directory.resolve("expected.png");
        assertThat(run("dwebp", webp(), "-o", png)).isTrue();
        BufferedImage expected = TestPictures.decode(ImageType.PNG, Files.readAllBytes(png));
        byte[] webp = Files.readAllBytes(webp());
        SourceImage image = new SourceImage(ImageType.WEBP, expected.getWidth(), expected.getHeight(), webp.length);
        Transformation whole =
                new Transformation(OptionalInt.empty(), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);
        byte[] rendered = engine.render(() -> new ByteArrayInputStream(webp), image, whole);
        return TestPictures.decibels(TestPictures.decode(ImageType.PNG, rendered), expected);
    }

    private Path webp() {
        return directory.resolve("photograph.webp");
    }

    /** Whether it did what it was told. */
    private boolean run(Object... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }
}
