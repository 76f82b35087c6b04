package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.TestIntake;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.core.transform.engine.EngineChoice;
import io.github.imagehost.core.transform.engine.ImageEngines;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Takes each picture of other projects' corpora that Pillow decodes whole, and compares its thumbnail with Pillow's,
 * with each engine. Runs with the profile {@code corpora} only: needs Debian's {@code python3-pil}, and in the
 * environment variable {@value #FOLDER} a folder with one for each corpus. Prints a table.
 */
class PillowComparison {

    private static final String FOLDER = "IMAGEHOST_TEST_CORPORA";
    private static final Path SCRIPT = Path.of("src", "test", "python", "pillow.py");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BOX = 320;

    /** Smaller pictures are about as many pixels as opinions on how to resample them. */
    private static final int FEWEST_PIXELS = 16;

    /** Levels of 256 by which a thumbnail may differ on average. */
    private static final double TOLERANCE = 16;

    private static final Set<EngineChoice> JAVA = EnumSet.of(EngineChoice.JAVA);
    private static final Set<EngineChoice> VIPS = EnumSet.of(EngineChoice.VIPS);
    private static final Set<EngineChoice> BOTH = EnumSet.of(EngineChoice.JAVA, EngineChoice.VIPS);
    private static final String XMP = "Pillow turns it as its XMP says, which browsers don't read";
    private static final String BACKGROUND =
            "Pillow and libvips paint the background, which browsers leave transparent";

    /**
     * What is known to look different: as Chromium 156 shows it, unless the reason names libvips' own ways. One that
     * looks as with Pillow must not be here.
     */
    private static final List<Exemption> EXEMPTIONS = List.of(
            new Exemption(
                    "bug(143608-comment|725582-testrotate)\\.jpg",
                    BOTH,
                    "its orientation is no SHORT, so browsers ignore it"),
            new Exemption("xmp_tags_orientation(_exiftool)?\\.png", BOTH, XMP),
            new Exemption("hopper_orientation_[2-8]\\.webp", BOTH, "browsers turn no WebP"),
            new Exemption("high-color\\.gif", JAVA, BACKGROUND),
            new Exemption("image-outside-bg\\.gif", JAVA, BACKGROUND),
            new Exemption(
                    "app13\\.jpg",
                    BOTH,
                    "of 4x4 pixels, which a JPEG with half the colours can't show; decoded it is alike"),
            new Exemption(
                    "imagedraw_ellipse_various_sizes\\.png",
                    VIPS,
                    "has lines of one pixel, which libvips' filter keeps sharper than averages are"),
            new Exemption(
                    "pil_sample_cmyk\\.jpg",
                    VIPS,
                    "libvips has a press in mind for CMYK without a profile, browsers have not"),
            new Exemption(
                    "sample-xyb\\.jpg",
                    VIPS,
                    "libvips reads its profile with an intent that it has not, browsers with another"));

    @TempDir
    private Path directory;

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Files whose names match this pattern look different from what Pillow shows, with these engines. */
    private record Exemption(String names, Set<EngineChoice> engines, String why) {

        boolean covers(Verdict verdict, EngineChoice choice) {
            String name = verdict.path().substring(verdict.path().lastIndexOf('/') + 1);
            return engines.contains(choice) && name.matches(names);
        }
    }

    /** A line of what the script writes. */
    private record Verdict(String path, ImageType type, int width, int height, Path thumbnail) {

        String corpus() {
            return path.substring(0, path.indexOf('/'));
        }
    }

    /** Of one corpus. */
    private static final class Tally {

        private int decoded;
        private int taken;
        private int exempt;
        private int alike;
        private int compared;
        private double sum;
        private double worst;

        void compare(double difference) {
            compared++;
            alike += difference <= TOLERANCE ? 1 : 0;
            sum += difference;
            worst = Math.max(worst, difference);
        }

        String row(String corpus) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d of %d | %d | %.2f | %.1f |",
                    corpus,
                    decoded,
                    taken,
                    alike,
                    compared,
                    exempt,
                    sum / Math.max(1, compared),
                    worst);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.class,
            names = {"JAVA", "VIPS"})
    void takesWhatPillowDecodesAndShowsItAlike(EngineChoice choice) throws Exception {
        Path corpora = Path.of(Objects.requireNonNull(System.getenv(FOLDER), FOLDER + " names no folder"));
        try (ImageEngine engine = ImageEngines.choose(choice, PATIENCE, System.getenv("PATH"))) {
            for (Verdict verdict : verdicts(corpora)) {
                byte[] file = Files.readAllBytes(corpora.resolve(verdict.path()));
                if (isTaken(file, verdict)) {
                    compare(choice, engine, Walks.copy(file, MetadataPolicy.STRIP_LOCATION), verdict);
                }
            }
        }
        System.out.println(choice + ": | corpus | Pillow decodes | taken | alike | exempt | mean | worst |");
        tallies.forEach((corpus, tally) -> System.out.println(tally.row(corpus)));
        assertThat(tallies).isNotEmpty();
        assertThat(problems).isEmpty();
    }

    private Tally tally(Verdict verdict) {
        return tallies.computeIfAbsent(verdict.corpus(), corpus -> new Tally());
    }

    private boolean isTaken(byte[] file, Verdict verdict) throws Exception {
        Intake intake = new Intake(new Spool(directory, 1 << 20, 1 << 20), UploadPolicy.DEFAULT);
        try {
            TestIntake.receive(intake, "picture", file).close();
        } catch (UploadTooLargeException | ImageTooComplexException e) {
            // beyond the limits
            return false;
        } catch (UploadRefusedException e) {
            tally(verdict).decoded++;
            problems.add(verdict.path() + " is refused as " + e.code() + ": " + e.getMessage());
            return false;
        }
        tally(verdict).decoded++;
        tally(verdict).taken++;
        return true;
    }

    private void compare(EngineChoice choice, ImageEngine engine, byte[] stored, Verdict verdict) throws Exception {
        Optional<Exemption> exemption = EXEMPTIONS.stream()
                .filter(candidate -> candidate.covers(verdict, choice))
                .findFirst();
        Tally tally = exemption.isPresent() ? new Tally() : tally(verdict);
        Optional<String> problem = compare(engine, stored, verdict, tally);
        if (exemption.isEmpty()) {
            problem.ifPresent(problems::add);
        } else if (problem.isPresent()) {
            tally(verdict).exempt++;
        } else {
            problems.add(verdict.path() + " looks as with Pillow, but is exempt: "
                    + exemption.get().why());
        }
    }

    /** What is wrong. */
    private static Optional<String> compare(ImageEngine engine, byte[] stored, Verdict verdict, Tally tally)
            throws Exception {
        WalkedImage walked = Walks.walk(stored);
        String size = walked.uprightWidth() + "x" + walked.uprightHeight();
        if (!size.equals(verdict.width() + "x" + verdict.height())) {
            return Optional.of(String.format(
                    "%s has %s pixels, Pillow says %dx%d", verdict.path(), size, verdict.width(), verdict.height()));
        }
        if ((long) verdict.width() * verdict.height() < FEWEST_PIXELS) {
            return Optional.empty();
        }
        SourceImage image =
                new SourceImage(walked.type(), walked.uprightWidth(), walked.uprightHeight(), stored.length);
        ImageType format = walked.type() == ImageType.JPEG ? ImageType.JPEG : ImageType.PNG;
        Transformation thumbnail = new Transformation(OptionalInt.of(BOX), OptionalInt.of(BOX), Fit.INSIDE, format, 80);
        try {
            byte[] rendered = engine.render(() -> new ByteArrayInputStream(stored), image, thumbnail);
            double difference = difference(
                    ImageIO.read(new ByteArrayInputStream(rendered)),
                    ImageIO.read(verdict.thumbnail().toFile()));
            tally.compare(difference);
            return difference <= TOLERANCE
                    ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "%s differs by %.1f levels", verdict.path(), difference));
        } catch (UndecodableImageException e) {
            tally.compared++;
            return Optional.of(verdict.path() + " can't be rendered: " + e.getMessage());
        }
    }

    private List<Verdict> verdicts(Path corpora) throws Exception {
        Path log = directory.resolve("log");
        Process script = new ProcessBuilder(
                        "/usr/bin/python3", SCRIPT.toString(), corpora.toString(), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(script.waitFor(15, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).as(Files.readString(log)).isZero();
        return Files.readAllLines(directory.resolve("pictures.tsv")).stream()
                .map(line -> line.split("\t"))
                .map(cells -> new Verdict(
                        cells[0],
                        ImageType.valueOf(cells[1]),
                        Integer.parseInt(cells[2]),
                        Integer.parseInt(cells[3]),
                        directory.resolve(cells[4])))
                .toList();
    }

    /** On average over all colours of all pixels, in levels of 256, both on white. */
    private static double difference(BufferedImage ours, BufferedImage theirs) {
        assertThat(ours.getWidth() + "x" + ours.getHeight()).isEqualTo(theirs.getWidth() + "x" + theirs.getHeight());
        long sum = 0;
        for (int y = 0; y < ours.getHeight(); y++) {
            for (int x = 0; x < ours.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs(onWhite(ours, x, y, shift) - onWhite(theirs, x, y, shift));
                }
            }
        }
        return sum / (3.0 * ours.getWidth() * ours.getHeight());
    }

    private static int onWhite(BufferedImage image, int x, int y, int shift) {
        int pixel = image.getRGB(x, y);
        boolean isGrey = image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
        // Java takes grey values for linear ones; nobody else does
        int level = isGrey ? image.getRaster().getSample(x, y, 0) : pixel >> shift & 0xff;
        int alpha = pixel >>> 24;
        return (level * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
