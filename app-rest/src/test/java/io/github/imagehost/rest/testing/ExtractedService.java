package io.github.imagehost.rest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged service as docs/operations.md makes it start fast: extracted, with a cache of its classes. Made when it
 * is first needed, for all tests of this JVM; gone with the JVM.
 */
public final class ExtractedService {

    private static final int FIRST_WITH_AOT_CACHE = 25;
    private static final boolean HAS_AOT = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;

    private final Path directory;
    private final Path jar;
    private final Path cache;

    private ExtractedService() {
        try {
            directory = Files.createTempDirectory("imagehost-extracted-");
            Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "deletes the extracted service"));
            jar = extract(directory.resolve("extracted"));
            cache = directory.resolve("cache");
            writeCache();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The one of this JVM. */
    public static ExtractedService shared() {
        return Shared.SERVICE;
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

    private static Path extract(Path target) throws IOException, InterruptedException {
        Path packaged = ServiceProcess.packaged();
        Process tool = new ProcessBuilder(
                        ServiceProcess.thisJava().resolve("bin/java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        packaged.toString(),
                        "extract",
                        "--destination",
                        target.toString())
                .inheritIO()
                .start();
        try {
            assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(tool.exitValue()).isZero();
        } finally {
            tool.destroyForcibly();
        }
        return target.resolve(packaged.getFileName());
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

    private void delete() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't clean up " + directory, e);
        }
    }

    private static final class Shared {
        private static final ExtractedService SERVICE = new ExtractedService();
    }
}
