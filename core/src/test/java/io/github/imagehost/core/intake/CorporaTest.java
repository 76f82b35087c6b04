package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Walks;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pictures that other people collected, among them odd and broken ones: those of TwelveMonkeys' tests, and those of Go's if the
 * environment variable {@value #PICTURES_OF_GO} names the directory {@code src/image} of its sources. What becomes of each stands
 * in {@code corpora.tsv}, and for each that is refused, why.
 */
class CorporaTest {

    private static final String PICTURES_OF_GO = "IMAGEHOST_TEST_PICTURES";
    private static final String GO = "go";
    private static final long MOST_MEMORY = 50_000_000;
    private static final String ACCEPTED = "accepted";

    /** A picture in each of the jars. */
    private static final Map<String, String> JARS = Map.of(
            "imageio-jpeg", "/jpeg/dnl-marker.jpg",
            "imageio-metadata", "/psd/friends-phut-resource.jpg",
            "imageio-webp", "/webp/5.webp");

    private static final Map<String, Expectation> EXPECTATIONS = readExpectations();
    private static final Pattern PICTURE = Pattern.compile(".*\\.(jpe?g|png|gif|webp)");

    private static final Pattern READERS =
            Pattern.compile("com\\.(sun\\.imageio|twelvemonkeys\\.imageio\\.plugins\\.webp)\\..*");

    @TempDir
    private Path directory;

    /** A line of the table. Of several outcomes, which one it is depends on the decoders of the platform. */
    private record Expectation(String picture, List<String> outcomes) {}

    private record Frame(long pixels, Optional<Long> colours) {}

    private interface Reading {

        Raster of(ImageReader reader) throws IOException;
    }

    record Picture(String name, URL url) {

        byte[] bytes() throws IOException {
            try (InputStream in = url.openStream()) {
                return in.readAllBytes();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Picture> pictures() throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Map.Entry<String, String> jar : JARS.entrySet()) {
            pictures.addAll(picturesOfJar(jar.getKey(), jar.getValue()));
        }
        String goSources = System.getenv(PICTURES_OF_GO);
        if (goSources != null) {
            pictures.addAll(picturesIn(GO, Path.of(goSources)));
        }
        return pictures;
    }

    @Test
    void theTableKnowsEachPicture() throws IOException {
        boolean hasGo = System.getenv(PICTURES_OF_GO) != null;

        assertThat(pictures())
                .extracting(Picture::name)
                .containsExactlyInAnyOrderElementsOf(EXPECTATIONS.keySet().stream()
                        .filter(name -> hasGo || !name.startsWith(GO))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("pictures")
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
        Intake intake = new Intake(new Spool(directory, 1000, 1), UploadPolicy.DEFAULT);
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
                assertThat(framesOf(copy, count)).isEqualTo(frames);
            }
        }
    }

    private static List<Frame> framesOfOriginal(byte[] bytes, int count) throws Exception {
        try {
            return framesOf(bytes, count);
        } catch (IIOException e) {
            // such a profile goes because this reader does not go on without it
            assertThat(e).hasMessageStartingWith("Invalid icc profile");
            return framesOf(Walks.copy(bytes, MetadataPolicy.KEEP), count);
        }
    }

    /** The first ones: what follows them does not belong to the picture. */
    private static List<Frame> framesOf(byte[] bytes, int count) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(new Frame(checksum(rasterOf(bytes, i)), coloursOf(bytes, i)));
        }
        return frames;
    }

    /** The pixels before colours are converted, where a format has such. */
    private static Raster rasterOf(byte[] bytes, int index) throws IOException {
        return read(
                bytes,
                reader -> reader.canReadRaster()
                        ? reader.readRaster(index, null)
                        : reader.read(index).getRaster());
    }

    /** Empty for colours that the JDK can't convert. */
    private static Optional<Long> coloursOf(byte[] bytes, int index) {
        try {
            return Optional.of(checksum(read(bytes, reader -> reader.read(index).getRaster())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Raster read(byte[] bytes, Reading reading) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = readerFor(in);
            reader.setInput(in, false, true);
            try {
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /** There may be several, and which one comes first differs from run to run. */
    private static ImageReader readerFor(ImageInputStream in) {
        Iterable<ImageReader> readers = () -> ImageIO.getImageReaders(in);
        return StreamSupport.stream(readers.spliterator(), false)
                .filter(reader -> READERS.matcher(reader.getClass().getName()).matches())
                .findFirst()
                .orElseThrow();
    }

    private static long checksum(Raster raster) {
        CRC32 checksum = new CRC32();
        int[] row = new int[raster.getWidth() * raster.getNumBands()];
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Integer.BYTES);
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            bytes.asIntBuffer().put(row);
            checksum.update(bytes.array());
        }
        return checksum.getValue();
    }

    private static List<Picture> picturesOfJar(String jar, String picture) throws IOException {
        URL url = Objects.requireNonNull(CorporaTest.class.getResource(picture));
        String root = url.toString().substring(0, url.toString().length() - picture.length() + 1);
        List<Picture> pictures = new ArrayList<>();
        for (String name : ((JarURLConnection) url.openConnection())
                .getJarFile().stream()
                        .map(ZipEntry::getName)
                        .filter(CorporaTest::isPicture)
                        .toList()) {
            pictures.add(new Picture(jar + "/" + name, new URL(root + name)));
        }
        return pictures;
    }

    private static List<Picture> picturesIn(String corpus, Path root) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(file -> isPicture(file.toString())).toList()) {
                pictures.add(new Picture(
                        corpus + "/" + root.relativize(file), file.toUri().toURL()));
            }
        }
        return pictures;
    }

    private static boolean isPicture(String name) {
        return PICTURE.matcher(name).matches();
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
