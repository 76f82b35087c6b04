package io.github.imagehost.core.transform.vips;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.webp.WebpMetadata;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.LoadedImage;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.TimeLimit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Renders with libvips' command-line tool {@code vipsthumbnail}, each picture in a process of its own: whatever a
 * picture does to the decoder, the operating system limits its memory, and it is killed when its time is over.
 */
public final class VipsImageEngine implements ImageEngine {

    private static final long MEMORY = 1L << 30;

    /** An exit code from here on means that a signal ended the process. */
    private static final int SIGNALS = 128;

    private static final int KILLED = SIGNALS + 9;
    private static final int LAST_SIGNAL = SIGNALS + 64;

    private final ChildProcesses processes = new ChildProcesses();
    private final List<String> tool;
    private final Duration timeLimit;
    private final Semaphore slots;

    /** An engine that runs two processes for each processor at once, each with one GiB of memory. */
    public VipsImageEngine(Path vipsthumbnail, Duration timeLimit, @Nullable String searchPath) {
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
            LoadedImage image = LoadedImage.read(source, announced);
            boolean convertsColours = image.profile().isPresent();
            List<String> command = new ArrayList<>(tool);
            command.addAll(arguments(image.walked(), transformation));
            if (convertsColours) {
                // without a profile, it would change the colours a little, and with one for others not go on
                command.addAll(List.of("-e", "srgb"));
            }
            byte[] bytes = image.copyFor(convertsColours).open().readAllBytes();
            return withoutMetadata(output(processes.run(command, bytes, limit)), transformation.format());
        } finally {
            slots.release();
        }
    }

    private static byte[] withoutMetadata(byte[] rendered, ImageType format) {
        try {
            return format == ImageType.WEBP ? WebpMetadata.removedFrom(rendered) : rendered;
        } catch (MalformedImageException e) {
            throw new IllegalStateException("libvips has written a WebP that is none", e);
        }
    }

    private static List<String> arguments(WalkedImage image, Transformation transformation) {
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
