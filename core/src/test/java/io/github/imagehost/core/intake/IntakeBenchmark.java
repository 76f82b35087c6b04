package io.github.imagehost.core.intake;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.ImageWalker;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Photographs;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestIntake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each step costs that an upload goes through before anything is stored; docs/benchmarks.md says how to run it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the method that sets all else
@SuppressWarnings("NullAway.Init")
public class IntakeBenchmark {

    private static final int KIBIBYTE = 1024;
    private static final int EXIF = 0xe1;
    private static final int PNG_HEADER_LENGTH = 33;
    private static final int GIF_TRAILER_LENGTH = 1;
    private static final UploadPolicy POLICY = UploadPolicy.DEFAULT;

    /** Of photographs. */
    @Param({"JPEG", "PNG", "GIF"})
    public ImageType type;

    /** About how large they are. */
    @Param({"50", "500", "5120"})
    public int kibibytes;

    private final PixelCheck pixelCheck = new PixelCheck();
    private byte[] picture;
    private byte[] tagged;
    private Path directory;
    private Spool spool;
    private Intake intake;
    private ReceivedImage received;
    private WalkedImage walked;
    private WalkedImage walkedTagged;

    @Setup
    public void makePictures() throws IOException {
        int size = kibibytes * KIBIBYTE;
        picture = switch (type) {
            case JPEG -> Photographs.jpeg(size);
            case PNG -> Photographs.png(size);
            case GIF -> Photographs.gif(size);
            case WEBP -> throw new IllegalArgumentException("No WebP can be written here");
        };
        tagged = tag(picture);
        directory = Files.createTempDirectory("intake-benchmark-");
        spool = Spool.in(directory);
        intake = new Intake(spool, POLICY);
        received = TestIntake.receive(intake, "", picture);
        walked = walk(picture);
        walkedTagged = walk(tagged);
    }

    @TearDown
    public void deleteThem() throws IOException {
        received.close();
        Files.delete(directory);
    }

    /** The least that has to be done with the bytes. */
    @Benchmark
    public byte[] hash() {
        return Digest.sha256().digest(picture);
    }

    /** Keeping and hashing what a client sends. */
    @Benchmark
    public Digest spool() throws IOException {
        try (SpooledContent content = spool.receive(stream(picture), POLICY.maxFileSize())) {
            return content.digest();
        }
    }

    /** Looking at the structure of the file. */
    @Benchmark
    public WalkedImage walk() throws IOException {
        return walk(picture);
    }

    /** Decoding all pixels. */
    @Benchmark
    public void checkPixels() {
        pixelCheck.check(walked, received, Requester.PATIENT);
    }

    /** Copying all but the metadata that tell where it was taken. */
    @Benchmark
    public long cutMetadata() throws IOException {
        return walkedTagged
                .rewrite()
                .of(PositionalSource.of(tagged))
                .open()
                .transferTo(OutputStream.nullOutputStream());
    }

    /** All of it together. */
    @Benchmark
    public Digest receive() throws IOException {
        try (ReceivedImage image = TestIntake.receive(intake, "IMG_1234", picture)) {
            return image.digest();
        }
    }

    private static WalkedImage walk(byte[] bytes) throws IOException {
        try {
            return ImageWalker.walk(PositionalSource.of(bytes), ImageLimits.DEFAULT, MetadataPolicy.STRIP_LOCATION)
                    .orElseThrow();
        } catch (MalformedImageException | ImageLimitException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] tag(byte[] bytes) {
        byte[] exif = TaggedPictures.exif(ByteOrder.BIG_ENDIAN);
        if (type == ImageType.PNG) {
            return Pictures.insert(bytes, PNG_HEADER_LENGTH, TaggedPictures.pngChunk("eXIf", exif));
        }
        if (type == ImageType.GIF) {
            byte[] xmp = TaggedPictures.gifXmpOfPlace();
            return Pictures.insert(bytes, bytes.length - GIF_TRAILER_LENGTH, xmp);
        }
        byte[] header = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        return Pictures.withSegments(bytes, Pictures.segment(EXIF, Pictures.concat(header, exif)));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
