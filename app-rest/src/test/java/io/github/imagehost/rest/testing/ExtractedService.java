package io.github.imagehost.rest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged service as docs/operations.md makes it start fast: extracted, with a cache of its classes. Made once for
 * each jar that is packaged, by the first JVM that needs it, and kept beside the jar.
 */
public final class ExtractedService {

    private static final int FIRST_WITH_AOT_CACHE = 25;
    private static final boolean HAS_AOT = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;

    private static @Nullable ExtractedService shared;

    private final Path directory;
    private final Path extracted;
    private final Path jar;
    private final Path cache;

    private ExtractedService() {
        Path packaged = ServiceProcess.packaged();
        directory = packaged.resolveSibling("extracted-service");
        extracted = directory.resolve("extracted");
        jar = extracted.resolve(packaged.getFileName());
        cache = directory.resolve("cache");
        try {
            makeUnlessThere(packaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One JVM makes it, and others wait. */
    private void makeUnlessThere(Path packaged) throws IOException, InterruptedException {
        String origin = Runtime.version() + " " + Files.size(packaged) + " " + Files.getLastModifiedTime(packaged);
        Path mark = directory.resolve("origin");
        try (FileChannel channel = FileChannel.open(
                        packaged.resolveSibling("extracted-service.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()
                    && (!Files.exists(mark) || !Files.readString(mark).equals(origin))) {
                FileSystemUtils.deleteRecursively(directory);
                Files.createDirectory(directory);
                extract();
                writeCache();
                Files.writeString(mark, origin);
            }
        }
    }

    /** The one of the jar that is packaged now; made if it is not there. */
    public static synchronized ExtractedService shared() {
        if (shared == null) {
            shared = new ExtractedService();
        }
        return shared;
    }

    Path jar() {
        return jar;
    }

    /** What tells a JVM to use the cache. */
    String cacheOption() {
        return (HAS_AOT ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
    }

    /** What lets no JVM start that can't use the cache. */
    public static String needsCacheOption() {
        return HAS_AOT ? "-XX:AOTMode=on" : "-Xshare:on";
    }

    private void extract() throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        ServiceProcess.thisJava().resolve("bin/java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        ServiceProcess.packaged().toString(),
                        "extract",
                        "--destination",
                        extracted.toString())
                .inheritIO()
                .start();
        try {
            assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(tool.exitValue()).isZero();
        } finally {
            tool.destroyForcibly();
        }
    }

    private void writeCache() throws IOException, InterruptedException {
        String writing = (HAS_AOT ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache;
        Path work = Files.createDirectory(directory.resolve("work"));
        try (ServiceProcess training =
                ServiceProcess.launch(ServiceProcess.thisJava(), jar, work, Map.of(), writing, ServiceProcess.QUICK)) {
            training.awaitStart();
            training.client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
            training.client().get("/api/images").isSuccess("操作成功");
            training.terminate();
            assertThat(training.exitCode()).as(training.output()).isZero();
        }
    }
}
