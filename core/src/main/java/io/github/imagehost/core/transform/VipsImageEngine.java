package io.github.imagehost.core.transform;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.ImageWalker;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Renders with libvips' command-line tool {@code vipsthumbnail}, each picture in a process of its own: whatever a picture does to
 * the decoder, the operating system limits its memory, and it is killed when its time is over.
 */
public final class VipsImageEngine implements ImageEngine {

    private static final long MEMORY = 1L << 30;

    /** Where width and height of the screen stand. */
    private static final int GIF_SCREEN = 6;

    /** An exit code from here on means that a signal ended the process. */
    private static final int SIGNALS = 128;

    private static final int KILLED = SIGNALS + 9;
    private static final int LAST_SIGNAL = SIGNALS + 64;

    private final ChildProcesses processes = new ChildProcesses();
    private final List<String> tool;
    private final Duration timeLimit;
    private final Semaphore slots;

    /** An engine that runs two processes for each processor at once, each with one GiB of memory. */
    VipsImageEngine(Path vipsthumbnail, Duration timeLimit, @Nullable String searchPath) {
        this(
                vipsthumbnail,
                Programs.find("prlimit", searchPath),
                timeLimit,
                2 * Runtime.getRuntime().availableProcessors(),
                MEMORY);
    }

    /**
     * An engine with limits.
     *
     * @param vipsthumbnail the tool, of version 8.13 or newer
     * @param prlimit a program that limits the memory of others; without it, memory is not limited
     * @param timeLimit for each picture, including its time in the queue
     * @param processes that may run at once
     * @param memory the address space of each process, in bytes
     */
    public VipsImageEngine(Path vipsthumbnail, Optional<Path> prlimit, Duration timeLimit, int processes, long memory) {
        List<String> command = new ArrayList<>();
        prlimit.ifPresent(limiter -> command.addAll(List.of(limiter.toString(), "--as=" + memory, "--core=0")));
        command.add(vipsthumbnail.toString());
        tool = List.copyOf(command);
        this.timeLimit = timeLimit;
        slots = new Semaphore(processes, true);
    }

    @Override
    public Set<ImageType> writableTypes() {
        return Set.of(ImageType.JPEG, ImageType.PNG, ImageType.WEBP);
    }

    /** The process has its own memory, and what libvips writes it mostly does row by row. */
    @Override
    public long mostPixels(ImageType format) {
        return Long.MAX_VALUE;
    }

    @Override
    public byte[] render(ImageSource source, SourceImage announced, Transformation transformation) throws IOException {
        Framing.of(announced, transformation)
                .requireWritable(transformation.format(), mostPixels(transformation.format()));
        TimeLimit limit = TimeLimit.of(timeLimit);
        limit.acquire(slots, 1);
        try {
            byte[] file = announced.read(source);
            SourceImage image = source.describe(file, announced);
            byte[] bytes = withoutWhatOthersIgnore(image, file);
            List<String> command = new ArrayList<>(tool);
            command.addAll(arguments(image, transformation));
            Container container = Container.read(image.type(), bytes);
            if (image.type() == ImageType.JPEG && !container.hasProfile()) {
                // libvips does not go on with one for other colours
                Container.hideJpegProfile(bytes);
            }
            if (container.hasProfile()) {
                // without a profile, it would change the colours a little
                command.addAll(List.of("-e", "srgb"));
            }
            byte[] rendered = output(processes.run(command, bytes, limit));
            return transformation.format() == ImageType.WEBP ? WebpMetadata.remove(rendered) : rendered;
        } finally {
            slots.release();
        }
    }

    /**
     * The picture with one block of Exif, or none. libvips believes other blocks than browsers where there are several, and ignores
     * that a GIF's first frame enlarges its screen.
     */
    private static byte[] withoutWhatOthersIgnore(SourceImage image, byte[] bytes) throws IOException {
        try {
            Optional<WalkedImage> walked = ImageWalker.walk(
                    new ByteArrayInputStream(bytes), bytes.length, ImageLimits.UNLIMITED, MetadataPolicy.STRIP);
            byte[] copy = walked.isEmpty()
                    ? bytes
                    : walked.get().rewrite().of(new ByteArrayInputStream(bytes)).readAllBytes();
            if (image.type() == ImageType.GIF) {
                ByteBuffer.wrap(copy)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(GIF_SCREEN, (short) image.width())
                        .putShort(GIF_SCREEN + 2, (short) image.height());
            }
            return copy;
        } catch (MalformedImageException | ImageLimitException e) {
            throw new UndecodableImageException("The picture can't be decoded: " + e.getMessage(), e);
        }
    }

    private static List<String> arguments(SourceImage image, Transformation transformation) {
        Framing framing = Framing.of(image, transformation);
        int width = image.isOnItsSide() ? framing.height() : framing.width();
        int height = image.isOnItsSide() ? framing.width() : framing.height();
        String options = switch (transformation.format()) {
            case JPEG -> ".jpg[strip,background=255,Q=" + transformation.quality() + "]";
            case WEBP -> ".webp[strip,profile=none,Q=" + transformation.quality() + "]";
            case PNG -> ".png[strip]";
            case GIF -> throw new IllegalArgumentException("GIF can't be written");
        };
        List<String> arguments = new ArrayList<>(List.of("stdin[fail_on=error]", "-o", options));
        if (image.orientation() == 1) {
            arguments.add("--no-rotate");
        }
        if (framing.isWhole(image)) {
            arguments.addAll(List.of("-s", width + "x" + height + "!"));
        } else {
            arguments.addAll(List.of("-s", width + "x" + height, "-m", "centre"));
        }
        return arguments;
    }

    private static byte[] output(ChildProcesses.Result result) {
        int code = result.exitCode();
        if (code == 0) {
            return result.output();
        }
        if (code == KILLED) {
            throw new EngineOverloadedException("The process that rendered the picture was killed");
        }
        if (code > SIGNALS && code <= LAST_SIGNAL) {
            throw new UndecodableImageException("The decoder crashed with signal " + (code - SIGNALS));
        }
        throw new UndecodableImageException("The picture can't be decoded: " + result.message());
    }

    @Override
    public void close() {
        processes.close();
    }
}
